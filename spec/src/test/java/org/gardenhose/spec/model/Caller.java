package org.gardenhose.spec.model;

import static org.gardenhose.spec.model.Action.BAD;
import static org.gardenhose.spec.model.Action.BAD_OFFSET;
import static org.gardenhose.spec.model.Action.NO_OFFSET;
import static org.gardenhose.spec.model.Action.READ_ONLY;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.gardenhose.abi.EpollEvent;
import org.gardenhose.abi.FileAbi;
import org.gardenhose.abi.PollAbi;
import org.gardenhose.abi.PollFd;
import org.gardenhose.abi.Stat;
import org.gardenhose.abi.SystemCalls;
import org.jspecify.annotations.Nullable;

/// A process that makes the calls of a sequence, with its memory, and reports what they came to.
abstract class Caller {
  /// Descriptors that are looked at after each call.
  static final int DESCRIPTORS = 14;

  /// Bytes of the memory that can be shared with a pipe, and of each buffer area.
  static final int MEMORY = 1 << 18;

  /// What is written, from a place that moves on with each write.
  private static final byte[] PATTERN = pattern(1 << 20);

  private static final int EVENTS =
      PollAbi.POLLRDNORM | PollAbi.POLLWRNORM | PollAbi.POLLPRI | 1 | 4;

  private final SystemCalls sys;
  private final byte[] shared = Arrays.copyOf(PATTERN, MEMORY);

  /// In two halves: poll takes no more at once than descriptors may be open.
  private final PollFd[][] polled = new PollFd[2][DESCRIPTORS / 2];
  private final int[] number = new int[1];
  private int sequence;
  final Report report = new Report();

  Caller(SystemCalls sys) {
    this.sys = sys;
    report.data = new byte[MEMORY];
    for (int fd = 0; fd < DESCRIPTORS; fd++) {
      polled[fd & 1][fd / 2] = new PollFd(fd, EVENTS);
    }
  }

  private static byte[] pattern(int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) (i * 131 + (i >> 8) * 17 + (i >> 16) * 29);
    }
    return bytes;
  }

  /// Lets at most `count` descriptors be open.
  abstract long limit(int count);

  /// Returns how many SIGPIPE there were.
  abstract int signals();

  /// Makes the call and fills in [#report]; the state is looked at separately.
  long make(Action action) {
    report.start();
    long result = call(action);
    report.result = result;
    return result;
  }

  private long call(Action action) {
    int fd = (int) action.a();
    return switch (action.call()) {
      case READ -> filled(b -> sys.read(fd, b[0]), action);
      case READV -> filled(b -> sys.readv(fd, b), action);
      case PREAD -> filled(b -> sys.pread(fd, b[0], action.b()), action);
      case PREADV2 -> filled(b -> sys.preadv2(fd, b, action.b(), (int) action.c()), action);
      case WRITE -> drained(b -> sys.write(fd, b[0]), action);
      case WRITEV -> drained(b -> sys.writev(fd, b), action);
      case PWRITE -> drained(b -> sys.pwrite(fd, b[0], action.b()), action);
      case PWRITEV2 -> drained(b -> sys.pwritev2(fd, b, action.b(), (int) action.c()), action);
      case SPLICE -> splice(action);
      case TEE -> sys.tee(fd, (int) action.b(), action.c(), (int) action.d());
      case VMSPLICE -> vmsplice(action);
      case SENDFILE -> sendfile(action);
      case CLOSE -> sys.close(fd);
      case DUP -> sys.dup(fd);
      case DUP2 -> sys.dup2(fd, (int) action.b());
      case DUP3 -> sys.dup3(fd, (int) action.b(), (int) action.c());
      case FCNTL -> sys.fcntl(fd, (int) action.b(), action.c());
      case LSEEK -> sys.lseek(fd, action.b(), (int) action.c());
      case FTRUNCATE -> sys.ftruncate(fd, action.b());
      case OPEN -> sys.open(action.path(), (int) action.b(), 0600);
      case MKNOD -> sys.mknod(action.path(), FileAbi.S_IFIFO | 0600, 0);
      case UNLINK -> sys.unlink(action.path());
      case EPOLL_CREATE1 -> sys.epollCreate1((int) action.a());
      case PIPE2, IOCTL, FSTAT, POLL, SELECT, EPOLL_CTL, EPOLL_WAIT -> asked(action);
      case PRLIMIT -> limit((int) action.a());
      case POKE -> {
        Arrays.fill(shared, fd, fd + (int) action.b(), (byte) action.c());
        yield 0;
      }
    };
  }

  // ---- Bytes.

  private interface Move {
    long make(@Nullable ByteBuffer[] buffers);
  }

  private long filled(Move move, Action action) {
    return moved(move, buffers(action.memory(), report.data, 0), true);
  }

  private long drained(Move move, Action action) {
    @Nullable ByteBuffer[] buffers = buffers(action.memory(), PATTERN, sequence);
    long length = remaining(buffers);
    long result = moved(move, buffers, false);
    if (result != ListKernel.BLOCKS) {
      sequence = (int) (sequence + length) & (1 << 19) - 1;
    }
    return result;
  }

  private static @Nullable ByteBuffer[] buffers(int[] lengths, byte[] bytes, int from) {
    @Nullable ByteBuffer[] buffers = new ByteBuffer[lengths.length];
    int at = from;
    for (int i = 0; i < lengths.length; i++) {
      if (lengths[i] != BAD) {
        int length = lengths[i] & ~READ_ONLY;
        ByteBuffer buffer = ByteBuffer.wrap(bytes, at, length);
        buffers[i] = (lengths[i] & READ_ONLY) != 0 ? buffer.asReadOnlyBuffer() : buffer;
        at += length;
      }
    }
    return buffers;
  }

  private long moved(Move move, @Nullable ByteBuffer[] buffers, boolean reading) {
    long before = remaining(buffers);
    long result = move.make(buffers);
    report.dataLength = reading ? (int) Math.max(0, result) : 0;
    report.add(before - remaining(buffers));
    return result;
  }

  private static long remaining(@Nullable ByteBuffer[] buffers) {
    long sum = 0;
    for (ByteBuffer buffer : buffers) {
      sum += buffer == null ? 0 : buffer.remaining();
    }
    return sum;
  }

  // ---- Pages.

  private long splice(Action action) {
    long @Nullable [] offIn = offset(action.b());
    long @Nullable [] offOut = offset(action.d());
    int in = (int) action.a();
    int out = (int) action.c();
    long result = sys.splice(in, offIn, out, offOut, action.e(), (int) action.f());
    report.add(offIn == null || offIn.length == 0 ? -1 : offIn[0]);
    report.add(offOut == null || offOut.length == 0 ? -1 : offOut[0]);
    return result;
  }

  private long sendfile(Action action) {
    long @Nullable [] offset = offset(action.c());
    long result = sys.sendfile((int) action.a(), (int) action.b(), offset, action.d());
    report.add(offset == null || offset.length == 0 ? -1 : offset[0]);
    return result;
  }

  private static long @Nullable [] offset(long value) {
    return value == NO_OFFSET ? null : value == BAD_OFFSET ? new long[0] : new long[] {value};
  }

  private long vmsplice(Action action) {
    boolean reading =
        (sys.fcntl((int) action.a(), FileAbi.F_GETFL, 0) & FileAbi.O_ACCMODE) == FileAbi.O_RDONLY;
    int[] places = action.memory();
    @Nullable ByteBuffer[] buffers = new ByteBuffer[places.length / 2];
    int at = 0;
    for (int i = 0; i < buffers.length; i++) {
      int length = places[2 * i + 1];
      if (length != BAD) {
        buffers[i] =
            reading
                ? ByteBuffer.wrap(report.data, at, length)
                : ByteBuffer.wrap(shared, places[2 * i], length);
        at += length;
      }
    }
    return moved(b -> sys.vmsplice((int) action.a(), b, (int) action.b()), buffers, reading);
  }

  // ---- Calls that fill something in.

  private long asked(Action action) {
    int fd = (int) action.a();
    switch (action.call()) {
      case PIPE2 -> {
        int[] fds = {-7, -7};
        long result = sys.pipe2(action.b() == BAD ? null : fds, (int) action.a());
        report.add(fds[0]);
        report.add(fds[1]);
        return result;
      }
      case IOCTL -> {
        number[0] = (int) action.c();
        long result = sys.ioctl(fd, action.b(), action.c() == BAD ? null : number);
        report.add(Math.max(0, number[0]));
        return result;
      }
      case FSTAT -> {
        Stat[] stat = new Stat[1];
        long result = sys.fstat(fd, stat);
        if (result == 0) {
          report.add(stat[0].mode() & FileAbi.S_IFMT);
          report.add(stat[0].links());
          report.add(stat[0].size());
        }
        return result;
      }
      case POLL -> {
        return poll(action.memory());
      }
      case SELECT -> {
        long[][] sets = {{action.b()}, {action.c()}, {action.d()}};
        long result = sys.select(fd, sets[0], sets[1], sets[2], 0);
        for (long[] set : sets) {
          report.add(set[0]);
        }
        return result;
      }
      case EPOLL_CTL -> {
        EpollEvent event = action.d() == BAD ? null : new EpollEvent((int) action.d(), action.c());
        return sys.epollCtl(fd, (int) action.b(), (int) action.c(), event);
      }
      default -> {
        return events(fd, (int) action.b());
      }
    }
  }

  private long poll(int[] asked) {
    PollFd[] fds = new PollFd[asked.length / 2];
    for (int i = 0; i < fds.length; i++) {
      fds[i] = new PollFd(asked[2 * i], asked[2 * i + 1]);
    }
    long result = sys.poll(fds, 0);
    for (PollFd one : fds) {
      report.add(one.revents);
    }
    return result;
  }

  /// Reports the events, which come in any order, sorted.
  private long events(int epfd, int room) {
    EpollEvent[] events = new EpollEvent[room];
    long result = sys.epollWait(epfd, events, 0);
    long[] sorted = new long[(int) Math.max(0, result)];
    for (int i = 0; i < sorted.length; i++) {
      sorted[i] = events[i].data() << 32 | events[i].events();
    }
    Arrays.sort(sorted);
    for (long event : sorted) {
      report.add(event);
    }
    return result;
  }

  // ---- How everything is.

  /// Adds to the report what can be seen of every descriptor.
  void look() {
    if (Draw.POLLS) {
      sys.poll(polled[0], 0);
      sys.poll(polled[1], 0);
    }
    for (int fd = 0; fd < DESCRIPTORS; fd++) {
      long flags = sys.fcntl(fd, FileAbi.F_GETFL, 0);
      if (flags < 0) {
        continue;
      }
      report.add(fd);
      report.add(flags);
      report.add(Draw.POLLS ? polled[fd & 1][fd / 2].revents : 0);
      number[0] = 0;
      report.add(sys.ioctl(fd, FileAbi.FIONREAD, number));
      report.add(Math.max(0, number[0]));
      report.add(sys.fcntl(fd, FileAbi.F_GETPIPE_SZ, 0));
    }
    report.add(signals());
  }
}
