package org.gardenhose.spec.model;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.StringJoiner;
import org.gardenhose.abi.FileAbi;

/// Numbers of the interface by their names, as strace prints them.
final class Flags {
  private static final Map<Long, String> OPEN =
      bits(
          0x40,
          "O_CREAT",
          0x80,
          "O_EXCL",
          0x200,
          "O_TRUNC",
          0x400,
          "O_APPEND",
          0x800,
          "O_NONBLOCK",
          0x2000,
          "O_ASYNC",
          0x4000,
          "O_DIRECT",
          0x8000,
          "O_LARGEFILE",
          0x10000,
          "O_DIRECTORY",
          0x20000,
          "O_NOFOLLOW",
          0x40000,
          "O_NOATIME",
          0x80000,
          "O_CLOEXEC",
          0x200000,
          "O_PATH");
  private static final Map<Long, String> SPLICE =
      bits(1, "SPLICE_F_MOVE", 2, "SPLICE_F_NONBLOCK", 4, "SPLICE_F_MORE", 8, "SPLICE_F_GIFT");
  private static final Map<Long, String> RWF = bits(8, "RWF_NOWAIT", 0x100, "RWF_NOSIGNAL");
  private static final Map<Long, String> POLL =
      bits(1, "POLLIN", 2, "POLLPRI", 4, "POLLOUT", 0x40, "POLLRDNORM", 0x100, "POLLWRNORM");
  private static final String[] ACCESS = {"O_RDONLY", "O_WRONLY", "O_RDWR", "O_ACCMODE"};

  private Flags() {}

  private static Map<Long, String> bits(Object... pairs) {
    Map<Long, String> names = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      names.put((long) (Integer) pairs[i], (String) pairs[i + 1]);
    }
    return names;
  }

  private static String text(Map<Long, String> names, long value, String none) {
    StringJoiner text = new StringJoiner("|");
    long rest = value;
    for (Map.Entry<Long, String> bit : names.entrySet()) {
      if ((value & bit.getKey()) != 0) {
        text.add(bit.getValue());
        rest &= ~bit.getKey();
      }
    }
    if (rest != 0) {
      text.add("0x" + Long.toHexString(rest));
    }
    return text.length() == 0 ? none : text.toString();
  }

  static String open(long flags) {
    return ACCESS[(int) flags & 3] + text(OPEN, flags & ~3, "").transform(Flags::more);
  }

  private static String more(String flags) {
    return flags.isEmpty() ? "" : "|" + flags;
  }

  static String splice(long flags) {
    return text(SPLICE, flags, "0");
  }

  static String rwf(long flags) {
    return text(RWF, flags, "0");
  }

  static String poll(long events) {
    return text(POLL, events, "0");
  }

  static String fcntl(long command, long argument) {
    return switch ((int) command) {
      case FileAbi.F_DUPFD -> "F_DUPFD, " + argument;
      case FileAbi.F_DUPFD_CLOEXEC -> "F_DUPFD_CLOEXEC, " + argument;
      case FileAbi.F_GETFD -> "F_GETFD";
      case FileAbi.F_SETFD -> "F_SETFD, " + argument;
      case FileAbi.F_GETFL -> "F_GETFL";
      case FileAbi.F_SETFL -> "F_SETFL, " + open(argument);
      case FileAbi.F_GETPIPE_SZ -> "F_GETPIPE_SZ";
      case FileAbi.F_SETPIPE_SZ -> "F_SETPIPE_SZ, " + argument;
      default -> command + ", " + argument;
    };
  }

  static String ioctl(long request) {
    return switch ((int) request) {
      case FileAbi.FIONREAD -> "FIONREAD";
      case FileAbi.FIONBIO -> "FIONBIO";
      case FileAbi.FIOCLEX -> "FIOCLEX";
      case FileAbi.FIONCLEX -> "FIONCLEX";
      default -> "0x" + Long.toHexString(request);
    };
  }

  static String control(long operation) {
    return switch ((int) operation) {
      case 1 -> "EPOLL_CTL_ADD";
      case 2 -> "EPOLL_CTL_DEL";
      case 3 -> "EPOLL_CTL_MOD";
      default -> Long.toString(operation);
    };
  }
}
