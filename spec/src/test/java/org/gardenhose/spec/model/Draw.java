package org.gardenhose.spec.model;

import static org.gardenhose.spec.model.Action.BAD;

import java.util.SplittableRandom;
import java.util.function.Predicate;
import org.gardenhose.abi.FileAbi;
import org.gardenhose.spec.model.Action.Call;

/// Draws the next call, mostly one that makes sense for what is open, now and then any.
///
/// **Always true.** The same seed and the same answers of the model give the same calls.
final class Draw {
  /// Whether the kernel under test can poll, and knows names.
  static final boolean POLLS = Boolean.parseBoolean(System.getProperty("spec.polls", "true"));

  static final boolean NAMES = Boolean.parseBoolean(System.getProperty("spec.names", "true"));

  /// Sizes around which pipes behave differently: nothing, little, half a page, pages, a full pipe.
  private static final int[] EDGES = {
    0, 1, 2, 100, 2047, 2048, 2049, 4095, 4096, 4097, 8191, 8192, 8193, 65535, 65536, 65537
  };

  private static final long[] SIZES = {
    0, 1, 4096, 4097, 8192, 16384, 65536, 65537, 131072, 1 << 20, 0x100001000L, 0x80000001L, -1
  };

  private final SplittableRandom random;
  private final ListKernel model;

  /// Each sequence has its own taste, so that full pipes and empty ones both come up.
  private final int writes;

  private final boolean small;
  private int step;

  Draw(long seed, ListKernel model) {
    this.random = new SplittableRandom(seed);
    this.model = model;
    this.writes = random.nextInt(14, 32);
    this.small = random.nextInt(3) == 0;
  }

  private int up(int bound) {
    return random.nextInt(bound);
  }

  private boolean one(int in) {
    return random.nextInt(in) == 0;
  }

  /// Returns one of these, each as likely.
  private long of(long... numbers) {
    return numbers[up(numbers.length)];
  }

  // ---- What calls are about.

  /// Returns a descriptor that may be open on something else, or not at all.
  private int any() {
    return one(20) ? (int) of(-1, 63, 99, Integer.MAX_VALUE) : up(Caller.DESCRIPTORS);
  }

  private int fd(Predicate<ListFile> wanted) {
    if (one(16)) {
      return any();
    }
    int start = up(Caller.DESCRIPTORS);
    for (int i = 0; i < Caller.DESCRIPTORS; i++) {
      int fd = (start + i) % Caller.DESCRIPTORS;
      ListFile file = model.table.get(fd);
      if (file != null && wanted.test(file)) {
        return fd;
      }
    }
    return any();
  }

  private int open() {
    return fd(_ -> true);
  }

  private static boolean pipe(ListFile file) {
    return file.node instanceof ListPipe;
  }

  private int reader() {
    return fd(file -> file.reading() && pipe(file));
  }

  private int writer() {
    return fd(file -> file.writing() && pipe(file));
  }

  private int positioned() {
    return fd(ListFile::positioned);
  }

  private int count() {
    int edge = EDGES[up(small ? 7 : EDGES.length)];
    return switch (up(4)) {
      case 0 -> edge;
      case 1 -> Math.max(0, edge + random.nextInt(-1, 2));
      case 2 -> up(edge + 1);
      default -> edge + up(100);
    };
  }

  private int[] buffer(boolean reading) {
    return one(40)
        ? new int[] {BAD}
        : reading && one(40) ? new int[] {count() | Action.READ_ONLY} : new int[] {count()};
  }

  private int[] buffers(boolean reading) {
    int[] lengths = new int[up(4)];
    for (int i = 0; i < lengths.length; i++) {
      lengths[i] = one(3) ? up(10) : buffer(reading)[0];
    }
    return lengths;
  }

  // ---- Calls.

  Action next() {
    if (step < 3) {
      return first(step++);
    }
    int kind = up(100);
    if (kind < writes) {
      return write();
    }
    if (kind < 45) {
      return read();
    }
    if (kind < 62) {
      return pages();
    }
    if (kind < 72) {
      return descriptor();
    }
    if (kind < 80) {
      return pipe();
    }
    if (kind < 88) {
      return NAMES ? name() : pages();
    }
    if (kind < 93) {
      return POLLS ? ready() : read();
    }
    return rest();
  }

  private Action first(int number) {
    return switch (number) {
      case 0 -> Action.of(Call.PRLIMIT, 8 + up(5));
      case 1 -> Action.of(Call.PIPE2, FLAGS_NONBLOCK);
      default -> Action.of(Call.PIPE2, pipeFlags());
    };
  }

  private static final long FLAGS_NONBLOCK = 0x800;

  private long pipeFlags() {
    return of(0x800, 0x800, 0x800, 0x4800, 0, 0x80800, 0x4000);
  }

  private Action write() {
    int fd = one(12) ? open() : writer();
    if (one(10)) {
      return Action.with(Call.PWRITEV2, buffers(false), fd, -1, of(0, 8, 0x100, 0x108));
    }
    return one(5)
        ? Action.with(Call.WRITEV, buffers(false), fd)
        : Action.with(Call.WRITE, buffer(false), fd);
  }

  private Action read() {
    int fd = one(12) ? open() : reader();
    if (one(10)) {
      return Action.with(Call.PREADV2, buffers(true), fd, -1, of(0, 8, 8, 0x40000000));
    }
    return one(5)
        ? Action.with(Call.READV, buffers(true), fd)
        : Action.with(Call.READ, buffer(true), fd);
  }

  private long spliceFlags() {
    return of(2, 2, 2, 2, 3, 6, 10, 0, 0, one(10) ? 16 : 2);
  }

  private long offset() {
    return one(2)
        ? Action.NO_OFFSET
        : one(15) ? of(-1, Action.BAD_OFFSET) : up(4) * 4096L + of(0, 0, 1, 100, 4095);
  }

  private long offsetOf(int fd) {
    ListFile file = model.table.get(fd);
    return file != null && pipe(file) && !one(25) ? Action.NO_OFFSET : offset();
  }

  private Action pages() {
    switch (up(8)) {
      case 0, 1 -> {
        return Action.of(Call.TEE, reader(), writer(), count(), spliceFlags());
      }
      case 2 -> {
        return vmsplice();
      }
      case 3 -> {
        int in = NAMES && !one(8) ? positioned() : open();
        return Action.of(Call.SENDFILE, one(8) ? open() : writer(), in, offset(), count());
      }
      default -> {
        boolean file = NAMES && one(2);
        int in = file && one(2) ? positioned() : reader();
        int out = file && one(2) ? positioned() : writer();
        return Action.of(Call.SPLICE, in, offsetOf(in), out, offsetOf(out), count(), spliceFlags());
      }
    }
  }

  private Action vmsplice() {
    int fd = one(12) ? open() : fd(Draw::pipe);
    int[] places = new int[2 * up(4)];
    for (int i = 0; i < places.length; i += 2) {
      places[i] = up(16) * 4096 + (one(3) ? 0 : up(4096));
      places[i + 1] = one(30) ? BAD : one(3) ? up(20) : count();
    }
    return Action.with(Call.VMSPLICE, places, fd, spliceFlags());
  }

  private Action descriptor() {
    int fd = open();
    return switch (up(10)) {
      case 0, 1, 2 -> Action.of(Call.CLOSE, fd);
      case 3 -> Action.of(Call.DUP, fd);
      case 4 -> Action.of(Call.DUP2, fd, any());
      case 5 -> Action.of(Call.DUP3, fd, any(), of(0, FileAbi.O_CLOEXEC, 0x800));
      case 6 -> Action.of(Call.FCNTL, fd, of(0, 1030), of(0, 0, 5, 9, 12, 63, -1));
      case 7 -> Action.of(Call.FCNTL, fd, of(1, 3), 0);
      case 8 -> Action.of(Call.FCNTL, fd, 2, up(4));
      default -> Action.of(Call.PRLIMIT, 7 + up(6));
    };
  }

  private Action pipe() {
    int fd = one(12) ? open() : fd(Draw::pipe);
    return switch (up(8)) {
      case 0, 1 -> {
        boolean bad = one(20);
        long flags = one(20) ? of(0x400, 0x80, 0x2000) : pipeFlags();
        yield Action.of(Call.PIPE2, flags, bad ? BAD : 0);
      }
      case 2, 3 -> Action.of(Call.FCNTL, fd, FileAbi.F_SETPIPE_SZ, of(SIZES));
      case 4 -> Action.of(Call.FCNTL, fd, FileAbi.F_GETPIPE_SZ, 0);
      case 5, 6 -> Action.of(Call.FCNTL, fd, FileAbi.F_SETFL, setFlags(fd));
      default -> Action.of(Call.IOCTL, fd, FileAbi.FIONBIO, one(15) ? BAD : up(5) - 1);
    };
  }

  /// Packet mode only where it is known what that means.
  private long setFlags(int fd) {
    ListFile file = model.table.get(fd);
    long flags = of(0x800, 0x800, 0x800, 0, 0xc00);
    return file != null && pipe(file) && one(3) ? flags | 0x4000 : flags;
  }

  private Action name() {
    int name = up(4);
    return switch (up(8)) {
      case 0 -> Action.of(Call.UNLINK, one(10) ? of(BAD, 6, 7) : name);
      case 1 -> Action.of(Call.MKNOD, one(10) ? of(BAD, 7, 4) : up(2));
      case 2, 3 -> Action.of(Call.OPEN, Action.PROC_SELF_FD + up(Caller.DESCRIPTORS), openFlags());
      case 4 -> Action.of(Call.OPEN, one(2) ? up(8) : BAD, openFlags());
      case 5 -> Action.of(Call.OPEN, 2 + up(2), openFlags() | FileAbi.O_CREAT);
      default -> Action.of(Call.OPEN, up(2), openFlags());
    };
  }

  private long openFlags() {
    long flags = of(0, 1, 2, 0, 1, 2, 0, 1, 2, one(10) ? 3 : 0) | (one(8) ? 0 : 0x800);
    return one(5)
        ? flags | of(0x40, 0xc0, 0x200, 0x400, 0x4000, 0x10000, 0x20000, 0x80000, 0x200000)
        : flags;
  }

  private Action ready() {
    switch (up(6)) {
      case 0 -> {
        int[] asked = new int[2 * up(5)];
        for (int i = 0; i < asked.length; i += 2) {
          asked[i] = any();
          asked[i + 1] = (int) of(0, 1, 4, 5, 0x40, 0x145, 2);
        }
        return Action.with(Call.POLL, asked);
      }
      case 1 -> {
        long mask = model.table.bits() | (one(10) ? 1L << up(14) : 0);
        int count = one(10) ? BAD : up(15);
        return Action.of(Call.SELECT, count, up(1 << 14) & mask, up(1 << 14) & mask, up(64) & mask);
      }
      case 2 -> {
        return Action.of(Call.EPOLL_CREATE1, of(0, 0, 0x80000, one(5) ? 1 : 0));
      }
      case 3 -> {
        return Action.of(Call.EPOLL_WAIT, epoll(), of(16, 16, 16, 16, 0, 1));
      }
      default -> {
        long events = one(20) ? BAD : of(0, 1, 4, 5, 5, 0x145, 0x40000001, 0x40000004, 0x40000005);
        return Action.of(
            Call.EPOLL_CTL, epoll(), of(1, 1, 3, 3, 2, one(5) ? 7 : 1), open(), events);
      }
    }
  }

  private int epoll() {
    return fd(file -> file.node instanceof ListEpoll);
  }

  private Action rest() {
    int fd = open();
    return switch (up(8)) {
      case 0, 1 -> Action.of(Call.POKE, up(65536), 1 + up(5000), up(256));
      case 2 -> Action.with(Call.PREAD, buffer(true), position(), offsetValue());
      case 3 -> Action.with(Call.PWRITE, buffer(false), position(), offsetValue());
      case 4 -> Action.of(Call.LSEEK, position(), offsetValue(), of(0, 0, 1, 2, 5, -1));
      case 5 -> Action.of(Call.FTRUNCATE, position(), one(15) ? -1 : up(20_000));
      case 6 ->
          Action.of(Call.IOCTL, fd, of(0x541B, 0x541B, 0x5450, 0x5451, 0x5401), one(9) ? -1 : 0);
      default -> Action.of(Call.FSTAT, fd);
    };
  }

  private int position() {
    return one(4) ? open() : positioned();
  }

  private long offsetValue() {
    return one(15) ? -1 : one(2) ? 0 : up(5) * 4096L + up(200);
  }
}
