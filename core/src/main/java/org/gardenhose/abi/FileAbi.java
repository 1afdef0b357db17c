package org.gardenhose.abi;

/// The numbers of the calls on files and descriptors.
///
/// **Always true.** Spelt and valued as in Linux's headers for x86-64, so that a trace reads the
/// same.
/// **Learned from.** `asm-generic/fcntl.h`, `linux/stat.h`, `linux/splice.h`, `linux/fs.h`,
/// `asm-generic/ioctls.h`, `linux/limits.h`
public final class FileAbi {
  // ---- open(2): how a file is opened. O_NONBLOCK and O_DIRECT are in PipeAbi.

  public static final int O_RDONLY = 0;
  public static final int O_WRONLY = 1;
  public static final int O_RDWR = 2;

  /// The bits that say for what a file is open.
  public static final int O_ACCMODE = 3;

  public static final int O_CREAT = 0x40;
  public static final int O_EXCL = 0x80;
  public static final int O_NOCTTY = 0x100;
  public static final int O_TRUNC = 0x200;
  public static final int O_APPEND = 0x400;
  public static final int O_ASYNC = 0x2000;
  public static final int O_LARGEFILE = 0x8000;
  public static final int O_DIRECTORY = 0x10000;
  public static final int O_NOFOLLOW = 0x20000;
  public static final int O_NOATIME = 0x40000;
  public static final int O_CLOEXEC = 0x80000;
  public static final int O_PATH = 0x200000;

  /// `pipe2` only: the pipe would carry notifications, which are not supported (`O_EXCL`, L-170).
  public static final int O_NOTIFICATION_PIPE = O_EXCL;

  // ---- fcntl(2).

  public static final int F_DUPFD = 0;
  public static final int F_GETFD = 1;
  public static final int F_SETFD = 2;
  public static final int F_GETFL = 3;
  public static final int F_SETFL = 4;
  public static final int F_SETOWN = 8;
  public static final int F_GETOWN = 9;
  public static final int F_SETSIG = 10;
  public static final int F_GETSIG = 11;
  public static final int F_DUPFD_CLOEXEC = 1030;
  public static final int F_SETPIPE_SZ = 1031;
  public static final int F_GETPIPE_SZ = 1032;
  public static final int FD_CLOEXEC = 1;

  // ---- ioctl(2).

  public static final int FIONREAD = 0x541B;
  public static final int FIONBIO = 0x5421;
  public static final int FIONCLEX = 0x5450;
  public static final int FIOCLEX = 0x5451;
  public static final int FIOASYNC = 0x5452;

  // ---- stat(2): kinds of file, and permissions.

  public static final int S_IFMT = 0xF000;
  public static final int S_IFIFO = 0x1000;
  public static final int S_IFCHR = 0x2000;
  public static final int S_IFDIR = 0x4000;
  public static final int S_IFREG = 0x8000;
  public static final int S_IFLNK = 0xA000;
  public static final int S_IFSOCK = 0xC000;

  // ---- lseek(2).

  public static final int SEEK_SET = 0;
  public static final int SEEK_CUR = 1;
  public static final int SEEK_END = 2;

  // ---- splice(2) and its kin.

  public static final int SPLICE_F_MOVE = 1;
  public static final int SPLICE_F_NONBLOCK = 2;
  public static final int SPLICE_F_MORE = 4;
  public static final int SPLICE_F_GIFT = 8;

  // ---- preadv2(2).

  public static final int RWF_NOWAIT = 0x8;
  public static final int RWF_NOSIGNAL = 0x100;

  // ---- Limits.

  /// The most buffers that one gathering or scattering call takes.
  public static final int IOV_MAX = 1024;

  /// The longest name in a directory, in bytes.
  public static final int NAME_MAX = 255;

  /// The longest path, in bytes, its end mark included.
  public static final int PATH_MAX = 4096;

  private FileAbi() {}
}
