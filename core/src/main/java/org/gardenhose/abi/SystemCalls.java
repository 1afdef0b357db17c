package org.gardenhose.abi;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// The calls on files and descriptors, in Linux's own convention: its numbers, flags and order of
/// arguments; a result that is `>= 0`, or minus an [Errno].
///
/// Memory is a [ByteBuffer]: the call uses what is remaining and moves the position by what it
/// moved. A C pointer to something small is an array of it. Where C would pass a bad pointer the
/// Java caller can pass null, an array that is too short or a read-only buffer, and the call comes
/// to `EFAULT` where Linux does.
///
/// **Always true.** A call that fails has moved no position and filled no array.
/// **Blocks.** as the manual page of each call says; never if the description has `O_NONBLOCK`
/// **Learned from.** section 2 of the manual
public interface SystemCalls {
  // ---- Pipes.

  /// Makes a pipe: `fds[0]` reads, `fds[1]` writes (pipe(2), L-13 to L-19).
  default long pipe(int @Nullable [] fds) {
    return pipe2(fds, 0);
  }

  /// Makes a pipe with `O_CLOEXEC`, `O_NONBLOCK`, `O_DIRECT`.
  long pipe2(int @Nullable [] fds, int flags);

  // ---- Moving bytes.

  long read(int fd, @Nullable ByteBuffer memory);

  long write(int fd, @Nullable ByteBuffer memory);

  long readv(int fd, @Nullable ByteBuffer @Nullable [] memory);

  long writev(int fd, @Nullable ByteBuffer @Nullable [] memory);

  long pread(int fd, @Nullable ByteBuffer memory, long position);

  long pwrite(int fd, @Nullable ByteBuffer memory, long position);

  /// Reads at `position`, or where the file stands if that is -1, with `RWF_...` of [FileAbi].
  long preadv2(int fd, @Nullable ByteBuffer @Nullable [] memory, long position, int flags);

  /// Writes at `position`, or where the file stands if that is -1, with `RWF_...` of [FileAbi].
  long pwritev2(int fd, @Nullable ByteBuffer @Nullable [] memory, long position, int flags);

  // ---- Moving pages.

  /// Moves up to `length` bytes; null for an offset means where the file stands (splice(2)).
  long splice(
      int in, long @Nullable [] offIn, int out, long @Nullable [] offOut, long length, int flags);

  /// Shares up to `length` bytes of one pipe with another (tee(2)).
  long tee(int in, int out, long length, int flags);

  /// Puts references to the caller's memory into a pipe, or copies a pipe's bytes to it
  /// (vmsplice(2)). Only heap buffers can be referred to; others are copied.
  long vmsplice(int fd, @Nullable ByteBuffer @Nullable [] memory, int flags);

  /// Moves up to `count` bytes of a file to `out` (sendfile(2)).
  long sendfile(int out, int in, long @Nullable [] offset, long count);

  // ---- Descriptors.

  long close(int fd);

  long dup(int fd);

  long dup2(int fd, int target);

  long dup3(int fd, int target, int flags);

  /// Does one of `F_...` of [FileAbi].
  long fcntl(int fd, int command, long argument);

  /// Does one of `FIO...` of [FileAbi]; `argument[0]` is what C's pointer points at.
  long ioctl(int fd, long request, int @Nullable [] argument);

  // ---- Open files.

  long fstat(int fd, Stat @Nullable [] stat);

  long lseek(int fd, long offset, int whence);

  long ftruncate(int fd, long length);

  long fsync(int fd);

  long fchmod(int fd, int mode);

  long fchown(int fd, int uid, int gid);

  // ---- Names.

  /// Opens `path`; `mode` matters only if the file is made (open(2)).
  long open(@Nullable String path, int flags, int mode);

  /// Opens a file that exists.
  default long open(@Nullable String path, int flags) {
    return open(path, flags, 0);
  }

  /// Makes a FIFO (mkfifo(3)).
  default long mkfifo(@Nullable String path, int mode) {
    return mknod(path, FileAbi.S_IFIFO | mode & 07777, 0);
  }

  /// Makes a regular file or a FIFO (mknod(2)).
  long mknod(@Nullable String path, int mode, long device);

  long mkdir(@Nullable String path, int mode);

  long unlink(@Nullable String path);

  long rmdir(@Nullable String path);

  long link(@Nullable String path, @Nullable String another);

  long rename(@Nullable String path, @Nullable String another);

  long stat(@Nullable String path, Stat @Nullable [] stat);

  /// Like [#stat], but of a link itself.
  long lstat(@Nullable String path, Stat @Nullable [] stat);

  /// Puts what the link `path` points at into `memory`, cut short if it does not fit.
  long readlink(@Nullable String path, @Nullable ByteBuffer memory);

  long truncate(@Nullable String path, long length);

  /// Puts the names in the open directory `fd` that have not been read yet into `memory`, each
  /// ended by a zero byte, as many as fit; 0 at the end. `.` and `..` are left out.
  long getdents(int fd, @Nullable ByteBuffer memory);

  // ---- Waiting for one of several.

  /// Waits up to `timeoutMillis`, for ever if negative, until something holds of some descriptor;
  /// returns of how many (poll(2)).
  long poll(PollFd @Nullable [] fds, int timeoutMillis);

  /// Waits until a descriptor below `count` in one of the sets is ready, and leaves only those that
  /// are (select(2)). A set has descriptor n in bit n mod 64 of element n / 64.
  ///
  /// @param timeoutNanos how long at most, for ever if negative
  long select(
      int count,
      long @Nullable [] readable,
      long @Nullable [] writable,
      long @Nullable [] exceptional,
      long timeoutNanos);

  /// Makes an epoll instance (epoll_create1(2)).
  long epollCreate1(int flags);

  long epollCtl(int epfd, int operation, int fd, @Nullable EpollEvent event);

  /// Waits up to `timeoutMillis`, for ever if negative, and fills `events` from its beginning.
  long epollWait(int epfd, EpollEvent @Nullable [] events, int timeoutMillis);
}
