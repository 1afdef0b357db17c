package org.gardenhose.sys;

import java.util.ArrayList;
import java.util.List;
import org.gardenhose.abi.FileAbi;
import org.gardenhose.abi.PipeAbi;
import org.gardenhose.abi.PollAbi;
import org.gardenhose.abi.ProcAbi;
import org.gardenhose.abi.Signal;
import org.gardenhose.transcript.Argument;

/// Numbers by name, in strace's order.
///
/// **Learned from.** strace `xlat`
final class TracedFlags {
  private record Flag(int bit, String name) {}

  private static final List<Flag> OPEN =
      List.of(
          new Flag(FileAbi.O_CREAT, "O_CREAT"),
          new Flag(FileAbi.O_EXCL, "O_EXCL"),
          new Flag(FileAbi.O_NOCTTY, "O_NOCTTY"),
          new Flag(FileAbi.O_TRUNC, "O_TRUNC"),
          new Flag(FileAbi.O_APPEND, "O_APPEND"),
          new Flag(PipeAbi.O_NONBLOCK, "O_NONBLOCK"),
          new Flag(FileAbi.O_ASYNC, "O_ASYNC"),
          new Flag(PipeAbi.O_DIRECT, "O_DIRECT"),
          new Flag(FileAbi.O_LARGEFILE, "O_LARGEFILE"),
          new Flag(FileAbi.O_DIRECTORY, "O_DIRECTORY"),
          new Flag(FileAbi.O_NOFOLLOW, "O_NOFOLLOW"),
          new Flag(FileAbi.O_NOATIME, "O_NOATIME"),
          new Flag(FileAbi.O_CLOEXEC, "O_CLOEXEC"),
          new Flag(FileAbi.O_PATH, "O_PATH"));

  private static final List<Flag> EPOLL_CREATE =
      List.of(new Flag(PollAbi.EPOLL_CLOEXEC, "EPOLL_CLOEXEC"));

  private static final List<Flag> POLL =
      List.of(
          new Flag(PipeAbi.POLLIN, "POLLIN"),
          new Flag(PollAbi.POLLPRI, "POLLPRI"),
          new Flag(PipeAbi.POLLOUT, "POLLOUT"),
          new Flag(PollAbi.POLLRDNORM, "POLLRDNORM"),
          new Flag(PollAbi.POLLWRNORM, "POLLWRNORM"),
          new Flag(PollAbi.POLLRDBAND, "POLLRDBAND"),
          new Flag(PollAbi.POLLWRBAND, "POLLWRBAND"),
          new Flag(PipeAbi.POLLERR, "POLLERR"),
          new Flag(PipeAbi.POLLHUP, "POLLHUP"),
          new Flag(PollAbi.POLLNVAL, "POLLNVAL"));

  private static final List<Flag> EPOLL =
      List.of(
          new Flag(PollAbi.EPOLLIN, "EPOLLIN"),
          new Flag(PollAbi.EPOLLPRI, "EPOLLPRI"),
          new Flag(PollAbi.EPOLLOUT, "EPOLLOUT"),
          new Flag(PollAbi.EPOLLRDNORM, "EPOLLRDNORM"),
          new Flag(PollAbi.EPOLLRDBAND, "EPOLLRDBAND"),
          new Flag(PollAbi.EPOLLWRNORM, "EPOLLWRNORM"),
          new Flag(PollAbi.EPOLLWRBAND, "EPOLLWRBAND"),
          new Flag(PollAbi.EPOLLERR, "EPOLLERR"),
          new Flag(PollAbi.EPOLLHUP, "EPOLLHUP"),
          new Flag(PollAbi.EPOLLRDHUP, "EPOLLRDHUP"),
          new Flag(PollAbi.EPOLLEXCLUSIVE, "EPOLLEXCLUSIVE"),
          new Flag(PollAbi.EPOLLWAKEUP, "EPOLLWAKEUP"),
          new Flag(PollAbi.EPOLLONESHOT, "EPOLLONESHOT"),
          new Flag(PollAbi.EPOLLET, "EPOLLET"));

  private static final List<Flag> SPLICE =
      List.of(
          new Flag(FileAbi.SPLICE_F_MOVE, "SPLICE_F_MOVE"),
          new Flag(FileAbi.SPLICE_F_NONBLOCK, "SPLICE_F_NONBLOCK"),
          new Flag(FileAbi.SPLICE_F_MORE, "SPLICE_F_MORE"),
          new Flag(FileAbi.SPLICE_F_GIFT, "SPLICE_F_GIFT"));

  private static final List<Flag> READ_WRITE =
      List.of(
          new Flag(FileAbi.RWF_NOWAIT, "RWF_NOWAIT"),
          new Flag(FileAbi.RWF_NOSIGNAL, "RWF_NOSIGNAL"));

  private static final List<Flag> CLONE =
      List.of(
          new Flag(ProcAbi.CLONE_VM, "CLONE_VM"),
          new Flag(ProcAbi.CLONE_FS, "CLONE_FS"),
          new Flag(ProcAbi.CLONE_FILES, "CLONE_FILES"),
          new Flag(ProcAbi.CLONE_SIGHAND, "CLONE_SIGHAND"),
          new Flag(ProcAbi.CLONE_VFORK, "CLONE_VFORK"),
          new Flag(ProcAbi.CLONE_THREAD, "CLONE_THREAD"));

  private static final List<Flag> WAIT =
      List.of(
          new Flag(ProcAbi.WNOHANG, "WNOHANG"),
          new Flag(ProcAbi.WUNTRACED, "WSTOPPED"),
          new Flag(ProcAbi.WCONTINUED, "WCONTINUED"));

  private static final List<Flag> ACTION =
      List.of(
          new Flag(ProcAbi.SA_RESTART, "SA_RESTART"),
          new Flag(ProcAbi.SA_NODEFER, "SA_NODEFER"),
          new Flag(ProcAbi.SA_RESETHAND, "SA_RESETHAND"),
          new Flag(ProcAbi.SA_NOCLDSTOP, "SA_NOCLDSTOP"),
          new Flag(ProcAbi.SA_NOCLDWAIT, "SA_NOCLDWAIT"));

  private static final List<Flag> KIND =
      List.of(
          new Flag(FileAbi.S_IFSOCK, "S_IFSOCK"),
          new Flag(FileAbi.S_IFLNK, "S_IFLNK"),
          new Flag(FileAbi.S_IFREG, "S_IFREG"),
          new Flag(FileAbi.S_IFDIR, "S_IFDIR"),
          new Flag(FileAbi.S_IFCHR, "S_IFCHR"),
          new Flag(FileAbi.S_IFIFO, "S_IFIFO"));

  /// A mask with more signals than this is shown by those that it lacks.
  private static final int MANY = 20;

  private TracedFlags() {}

  // ---- Flags.

  private static Argument flags(int value, List<Flag> known, List<Argument> first) {
    List<Argument> parts = new ArrayList<>(first);
    int left = value;
    for (Flag flag : known) {
      if ((left & flag.bit()) != 0) {
        parts.add(new Argument.Name(flag.name()));
        left &= ~flag.bit();
      }
    }
    if (left != 0) {
      parts.add(Argument.hex(left & 0xffffffffL));
    }
    return parts.isEmpty() ? Argument.of(0) : Argument.flags(parts);
  }

  static Argument pipe(int value) {
    return flags(value, OPEN, List.of());
  }

  static Argument open(int value) {
    String access =
        switch (value & FileAbi.O_ACCMODE) {
          case FileAbi.O_RDONLY -> "O_RDONLY";
          case FileAbi.O_WRONLY -> "O_WRONLY";
          case FileAbi.O_RDWR -> "O_RDWR";
          default -> "O_ACCMODE";
        };
    return flags(value & ~FileAbi.O_ACCMODE, OPEN, List.of(new Argument.Name(access)));
  }

  static Argument poll(int value) {
    return flags(value, POLL, List.of());
  }

  static Argument epoll(int value) {
    return flags(value, EPOLL, List.of());
  }

  static Argument epollCreate(int value) {
    return flags(value, EPOLL_CREATE, List.of());
  }

  static Argument splice(int value) {
    return flags(value, SPLICE, List.of());
  }

  static Argument readWrite(int value) {
    return flags(value, READ_WRITE, List.of());
  }

  static Argument waiting(int value) {
    return flags(value, WAIT, List.of());
  }

  static Argument action(int value) {
    return flags(value, ACTION, List.of());
  }

  /// A new process tells its parent of its end by SIGCHLD; a thread does not.
  static Argument clone(int value) {
    boolean thread = (value & ProcAbi.CLONE_THREAD) != 0;
    int signal = thread ? 0 : Signal.SIGCHLD.number();
    Argument flags = flags(value, CLONE, List.of());
    if (signal == 0) {
      return flags;
    }
    Argument name = new Argument.Name(Signal.SIGCHLD.name());
    List<Argument> parts =
        new ArrayList<>(flags instanceof Argument.Flags(List<Argument> all) ? all : List.of(flags));
    parts.removeIf(Argument.of(0)::equals);
    parts.add(name);
    return Argument.flags(parts);
  }

  /// Kind and permissions of a file: `S_IFIFO|0600`.
  static Argument mode(int mode) {
    Argument permissions = permissions(mode & ~FileAbi.S_IFMT);
    for (Flag kind : KIND) {
      if ((mode & FileAbi.S_IFMT) == kind.bit()) {
        return Argument.flags(List.of(new Argument.Name(kind.name()), permissions));
      }
    }
    return permissions;
  }

  /// Permissions have three digits at least: `000`, `044`.
  static Argument permissions(int mode) {
    return mode >= 0100 ? Argument.octal(mode) : new Argument.Unparsed("%03o".formatted(mode));
  }

  // ---- Names.

  private static Argument name(long value, String... names) {
    return value >= 0 && value < names.length
        ? new Argument.Name(names[(int) value])
        : Argument.hex(value);
  }

  static Argument command(int value) {
    return switch (value) {
      case FileAbi.F_DUPFD_CLOEXEC -> new Argument.Name("F_DUPFD_CLOEXEC");
      case FileAbi.F_SETPIPE_SZ -> new Argument.Name("F_SETPIPE_SZ");
      case FileAbi.F_GETPIPE_SZ -> new Argument.Name("F_GETPIPE_SZ");
      case FileAbi.F_SETOWN -> new Argument.Name("F_SETOWN");
      case FileAbi.F_GETOWN -> new Argument.Name("F_GETOWN");
      default -> name(value, "F_DUPFD", "F_GETFD", "F_SETFD", "F_GETFL", "F_SETFL");
    };
  }

  static Argument request(long value) {
    return switch ((int) value) {
      case FileAbi.FIONREAD -> new Argument.Name("FIONREAD");
      case FileAbi.FIONBIO -> new Argument.Name("FIONBIO");
      case FileAbi.FIOCLEX -> new Argument.Name("FIOCLEX");
      case FileAbi.FIONCLEX -> new Argument.Name("FIONCLEX");
      case FileAbi.FIOASYNC -> new Argument.Name("FIOASYNC");
      default -> Argument.hex(value);
    };
  }

  static Argument whence(int value) {
    return name(value, "SEEK_SET", "SEEK_CUR", "SEEK_END");
  }

  static Argument how(int value) {
    return name(value, "SIG_BLOCK", "SIG_UNBLOCK", "SIG_SETMASK");
  }

  static Argument epollOperation(int value) {
    return name(value, "0", "EPOLL_CTL_ADD", "EPOLL_CTL_DEL", "EPOLL_CTL_MOD");
  }

  static Argument resource(int value) {
    return switch (value) {
      case ProcAbi.RLIMIT_NOFILE -> new Argument.Name("RLIMIT_NOFILE");
      case ProcAbi.RLIMIT_FSIZE -> new Argument.Name("RLIMIT_FSIZE");
      default -> Argument.hex(value);
    };
  }

  static Argument signal(int number) {
    Signal signal = Signal.of(number);
    return signal == null ? Argument.of(number) : new Argument.Name(signal.name());
  }

  /// A set of signals: `[INT PIPE]`.
  static Argument signals(long set) {
    long known = (1L << Signal.values().length) - 1;
    boolean many = Long.bitCount(set & known) > MANY;
    long shown = many ? ~set & known : set & known;
    List<Argument> names = new ArrayList<>();
    for (Signal signal : Signal.values()) {
      if (signal.in(shown)) {
        names.add(new Argument.Name(signal.name().substring("SIG".length())));
      }
    }
    Argument members = names.size() > 1 ? new Argument.Members(names) : new Argument.Array(names);
    return many ? new Argument.Complement(members) : members;
  }
}
