package org.gardenhose.spec.model;

import org.gardenhose.abi.Errno;
import org.jspecify.annotations.Nullable;

/// The descriptors of the model's process: an array of open file descriptions (L-15, L-124 to
/// L-128).
final class ListTable {
  /// More than any run lets be open.
  private static final int SIZE = 64;

  private final @Nullable ListFile[] files = new ListFile[SIZE];
  final boolean[] closeOnExec = new boolean[SIZE];

  /// No number from here on is given out (`RLIMIT_NOFILE`).
  int limit = SIZE;

  @Nullable ListFile get(int fd) {
    return fd < 0 || fd >= SIZE ? null : files[fd];
  }

  /// Returns the description unless it only names a file (`O_PATH`).
  @Nullable ListFile usable(int fd) {
    ListFile file = get(fd);
    return file == null || file.pathOnly() ? null : file;
  }

  /// Returns the lowest free number from `least` on, or `EMFILE`.
  int free(int least) {
    for (int fd = least; fd < limit; fd++) {
      if (files[fd] == null) {
        return fd;
      }
    }
    return Errno.EMFILE.result();
  }

  void put(int fd, ListFile file, boolean cloexec) {
    ListFile before = files[fd];
    files[fd] = file;
    closeOnExec[fd] = cloexec;
    file.references++;
    if (before != null) {
      drop(before);
    }
  }

  long install(ListFile file, int least, boolean cloexec) {
    int fd = free(least);
    if (fd >= 0) {
      put(fd, file, cloexec);
    }
    return fd;
  }

  long close(int fd) {
    ListFile file = get(fd);
    if (file == null) {
      return Errno.EBADF.result();
    }
    files[fd] = null;
    drop(file);
    return 0;
  }

  private void drop(ListFile file) {
    if (--file.references > 0) {
      return;
    }
    if (file.node instanceof ListPipe pipe) {
      pipe.close(file.reading(), file.writing());
    }
    for (ListFile other : files) {
      if (other != null && other.node instanceof ListEpoll epoll) {
        epoll.forget(file);
      }
    }
  }

  /// Returns a set of the numbers in use: number n is bit n.
  long bits() {
    long bits = 0;
    for (int fd = 0; fd < SIZE; fd++) {
      bits |= files[fd] == null ? 0 : 1L << fd;
    }
    return bits;
  }
}
