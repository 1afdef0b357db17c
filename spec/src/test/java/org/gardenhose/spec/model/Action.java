package org.gardenhose.spec.model;

import java.util.Locale;

/// One call of a random sequence, as numbers: it can be made on any kernel, said as text, and sent
/// to another process.
///
/// @param memory lengths of the buffers, or what `call` says
record Action(Call call, long a, long b, long c, long d, long e, long f, int... memory) {
  /// For a pointer that is bad: an entry of `memory` that is not mapped, an argument that is NULL
  /// where that is no choice.
  static final int BAD = -1;

  /// For a NULL pointer to an offset; and for a pointer to nowhere.
  static final long NO_OFFSET = -2;

  static final long BAD_OFFSET = -3;

  /// In an entry of `memory` for reading: the buffer cannot be written.
  static final int READ_ONLY = 1 << 24;

  /// Files that a sequence names; `/proc/self/fd/N` is 100 + N, a null path [#BAD].
  private static final String[] NAMES = {
    "f0", "f1", "r0", "r1", "/dev/null", "/dev/zero", "nobody", ""
  };

  static final int PROC_SELF_FD = 100;

  /// What is called, and what the numbers are.
  enum Call {
    /// flags, [#BAD] for a bad result pointer
    PIPE2,
    /// fd
    READ,
    WRITE,
    READV,
    WRITEV,
    /// fd, position
    PREAD,
    PWRITE,
    /// fd, position, flags
    PREADV2,
    PWRITEV2,
    /// in, offset, out, offset, length, flags
    SPLICE,
    /// in, out, length, flags
    TEE,
    /// fd, flags; `memory` has for each buffer where it begins and its length
    VMSPLICE,
    /// out, in, offset, count
    SENDFILE,
    /// fd, and what else there is
    CLOSE,
    DUP,
    DUP2,
    DUP3,
    /// fd, command, argument
    FCNTL,
    /// fd, request, argument or [#BAD]
    IOCTL,
    FSTAT,
    /// fd, offset, whence
    LSEEK,
    FTRUNCATE,
    /// name, flags
    OPEN,
    MKNOD,
    UNLINK,
    /// `memory` has fd and events of each
    POLL,
    /// count, three sets
    SELECT,
    EPOLL_CREATE1,
    /// epfd, operation, fd, events or [#BAD]
    EPOLL_CTL,
    /// epfd, room
    EPOLL_WAIT,
    /// Not a call: the program stores a byte in its memory. Where, how often, the byte
    POKE,
    /// `RLIMIT_NOFILE`
    PRLIMIT
  }

  static Action of(Call call, long... numbers) {
    return with(call, new int[0], numbers);
  }

  static Action with(Call call, int[] memory, long... numbers) {
    long[] n = java.util.Arrays.copyOf(numbers, 6);
    return new Action(call, n[0], n[1], n[2], n[3], n[4], n[5], memory);
  }

  /// Returns the name that number `a` stands for.
  @org.jspecify.annotations.Nullable
  String path() {
    return a == BAD
        ? null
        : a >= PROC_SELF_FD ? "/proc/self/fd/" + (a - PROC_SELF_FD) : NAMES[(int) a];
  }

  /// Returns it as a line of numbers, for another process.
  String wire() {
    StringBuilder line = new StringBuilder(call.name());
    for (long number : new long[] {a, b, c, d, e, f, memory.length}) {
      line.append(' ').append(number);
    }
    for (int number : memory) {
      line.append(' ').append(number);
    }
    return line.toString();
  }

  /// Returns it as strace would print it, apart from the bytes.
  @Override
  public String toString() {
    String name = call.name().toLowerCase(Locale.ROOT);
    return switch (call) {
      case PIPE2 -> "pipe2(%s, %s)".formatted(b == BAD ? "0xbad" : "fds", Flags.open(a));
      case READ, WRITE -> "%s(%d, %s)".formatted(name, a, buffers());
      case READV, WRITEV -> "%s(%d, [%s], %d)".formatted(name, a, buffers(), memory.length);
      case PREAD, PWRITE -> "%s64(%d, %s, %d)".formatted(name, a, buffers(), b);
      case PREADV2, PWRITEV2 ->
          "%s(%d, [%s], %d, %d, %s)".formatted(name, a, buffers(), memory.length, b, Flags.rwf(c));
      case SPLICE ->
          "splice(%d, %s, %d, %s, %d, %s)"
              .formatted(a, offset(b), c, offset(d), e, Flags.splice(f));
      case TEE -> "tee(%d, %d, %d, %s)".formatted(a, b, c, Flags.splice(d));
      case VMSPLICE ->
          "vmsplice(%d, [%s], %d, %s)".formatted(a, pairs(), memory.length / 2, Flags.splice(b));
      case SENDFILE -> "sendfile(%d, %d, %s, %d)".formatted(a, b, offset(c), d);
      case CLOSE, DUP, FSTAT -> "%s(%d)".formatted(name, a);
      case DUP2, FTRUNCATE -> "%s(%d, %d)".formatted(name, a, b);
      case DUP3 -> "dup3(%d, %d, %s)".formatted(a, b, Flags.open(c));
      case FCNTL -> "fcntl(%d, %s)".formatted(a, Flags.fcntl(b, c));
      case IOCTL ->
          "ioctl(%d, %s, %s)".formatted(a, Flags.ioctl(b), c == BAD ? "0xbad" : "[" + c + "]");
      case LSEEK -> "lseek(%d, %d, %d)".formatted(a, b, c);
      case OPEN -> "open(\"%s\", %s, 0600)".formatted(path(), Flags.open(b));
      case MKNOD -> "mknod(\"%s\", S_IFIFO|0600)".formatted(path());
      case UNLINK -> "unlink(\"%s\")".formatted(path());
      case POLL -> "poll([%s], %d, 0)".formatted(pairs(), memory.length / 2);
      case SELECT -> "select(%d, [%#x], [%#x], [%#x], {0, 0})".formatted(a, b, c, d);
      case EPOLL_CREATE1 -> "epoll_create1(%s)".formatted(Flags.open(a));
      case EPOLL_CTL ->
          "epoll_ctl(%d, %s, %d, %s)"
              .formatted(a, Flags.control(b), c, d == BAD ? "NULL" : "{%#x, %d}".formatted(d, c));
      case EPOLL_WAIT -> "epoll_wait(%d, events, %d, 0)".formatted(a, b);
      case POKE -> "memset(memory + %d, %d, %d)".formatted(a, c, b);
      case PRLIMIT -> "prlimit64(0, RLIMIT_NOFILE, {%d, %d}, NULL)".formatted(a, a);
    };
  }

  private static String offset(long value) {
    return value == NO_OFFSET ? "NULL" : value == BAD_OFFSET ? "0xbad" : "[" + value + "]";
  }

  private String buffers() {
    StringBuilder text = new StringBuilder();
    for (int length : memory) {
      text.append(text.isEmpty() ? "" : ", ")
          .append(length == BAD ? "0xbad, 1" : (length & READ_ONLY) != 0 ? "rodata, " : "\"..\", ")
          .append(length == BAD ? "" : Integer.toString(length & ~READ_ONLY));
    }
    return text.toString();
  }

  private String pairs() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < memory.length; i += 2) {
      text.append(text.isEmpty() ? "" : ", ")
          .append('{')
          .append(memory[i])
          .append(", ")
          .append(call == Call.POLL ? Flags.poll(memory[i + 1]) : memory[i + 1])
          .append('}');
    }
    return text.toString();
  }
}
