package org.gardenhose.file;

import java.util.Arrays;
import java.util.concurrent.locks.ReentrantLock;
import org.gardenhose.abi.Errno;
import org.gardenhose.abi.Panic;
import org.jspecify.annotations.Nullable;

/// A process's descriptors: small numbers for open file descriptions.
///
/// **Always true.** Each number that is in use has one reference to its description; a new
/// descriptor gets the lowest number that is free (L-15). No number is in use at or above the limit
/// it was made under; lowering the limit leaves the others open (L-128).
/// **Guarded by.** `lock` for every change; a look at one number needs none, because a description
/// is taken with [OpenFileDescription#tryGet] and looked up again.
/// **Blocks.** never; descriptions are released after the lock is dropped
/// **Learned from.** Linux `struct files_struct`, `alloc_fd`, `do_dup2`; L-14 to L-16, L-124 to
/// L-128
public final class DescriptorTable {
  /// Descriptors that a table has room for at first (`NR_OPEN_DEFAULT`, smaller).
  private static final int FIRST_SIZE = 8;

  private final ReentrantLock lock = new ReentrantLock();
  private volatile @Nullable OpenFileDescription[] files;

  /// Bit n mod 64 of element n / 64: descriptor n is closed by execve (`FD_CLOEXEC`).
  private long[] closeOnExec;

  /// No number below this one is free.
  private int lowestFree;

  /// How many tasks use the table.
  private int users = 1;

  /// Whether more than one task ever used it; stays, so that a call finds at its end what it found
  /// at its beginning.
  private volatile boolean shared;

  /// Makes an empty table for one user.
  public DescriptorTable() {
    files = new OpenFileDescription[FIRST_SIZE];
    closeOnExec = new long[1];
  }

  private DescriptorTable(@Nullable OpenFileDescription[] files, long[] closeOnExec, int free) {
    this.files = files;
    this.closeOnExec = closeOnExec;
    this.lowestFree = free;
  }

  // ---- Sharing and copying.

  /// Adds a user: a thread, or a child made with `CLONE_FILES`.
  public DescriptorTable share() {
    lock.lock();
    try {
      users++;
      shared = true;
      return this;
    } finally {
      lock.unlock();
    }
  }

  /// Takes a user away; the last one closes everything.
  public void leave() {
    @Nullable OpenFileDescription[] closing = null;
    lock.lock();
    try {
      if (--users == 0) {
        closing = files;
        files = new OpenFileDescription[0];
      }
    } finally {
      lock.unlock();
    }
    if (closing != null) {
      for (OpenFileDescription file : closing) {
        if (file != null) {
          file.put();
        }
      }
    }
  }

  /// Returns a table of its own with the same descriptions (fork(2), L-126).
  public DescriptorTable copy() {
    lock.lock();
    try {
      @Nullable OpenFileDescription[] same = files.clone();
      for (OpenFileDescription file : same) {
        if (file != null) {
          file.get();
        }
      }
      return new DescriptorTable(same, closeOnExec.clone(), lowestFree);
    } finally {
      lock.unlock();
    }
  }

  /// Closes the descriptors that are to be closed by execve.
  public void closeOnExec() {
    for (int fd = 0; fd < files.length; fd++) {
      if (isCloseOnExec(fd)) {
        close(fd);
      }
    }
  }

  // ---- Looking up.

  /// Returns whether only one task ever used the table, so that nothing is closed during its calls.
  public boolean unshared() {
    return !shared;
  }

  /// Returns the description of `fd` or null, without a reference: only for a table that is
  /// [#unshared], by the task whose it is.
  public @Nullable OpenFileDescription peek(int fd) {
    @Nullable OpenFileDescription[] now = files;
    return fd >= 0 && fd < now.length ? now[fd] : null;
  }

  /// Returns the description of `fd` with a reference of the caller's own, or null.
  public @Nullable OpenFileDescription get(int fd) {
    for (; ; ) {
      OpenFileDescription file = peek(fd);
      if (file == null) {
        return null;
      }
      if (file.tryGet()) {
        if (peek(fd) == file) {
          return file;
        }
        file.put();
      }
    }
  }

  // ---- Changing.

  /// Gives `file` the lowest free number from `least` on; takes the caller's reference over.
  ///
  /// @param limit no number from here on is given (`RLIMIT_NOFILE`)
  /// @return the number, or minus `EMFILE`, and then the reference stays the caller's
  public long install(OpenFileDescription file, int least, long limit, boolean cloexec) {
    lock.lock();
    try {
      int fd = freeLocked(least);
      if (fd >= limit) {
        return Errno.EMFILE.result();
      }
      setLocked(fd, file, cloexec);
      return fd;
    } finally {
      lock.unlock();
    }
  }

  /// Returns whether [#install] would find a free number below `limit` now.
  public boolean hasRoom(long limit) {
    lock.lock();
    try {
      return freeLocked(0) < limit;
    } finally {
      lock.unlock();
    }
  }

  /// Gives two files the two lowest free numbers, or neither (L-16).
  ///
  /// @return 0, or minus `EMFILE`, and then the references stay the caller's
  public long installPair(
      OpenFileDescription first,
      OpenFileDescription second,
      long limit,
      boolean cloexec,
      int[] fds) {
    lock.lock();
    try {
      int one = freeLocked(0);
      int two = freeLocked(one + 1);
      if (one >= limit || two >= limit) {
        return Errno.EMFILE.result();
      }
      setLocked(one, first, cloexec);
      setLocked(two, second, cloexec);
      fds[0] = one;
      fds[1] = two;
      return 0;
    } finally {
      lock.unlock();
    }
  }

  /// Makes `fd` mean `file`, closing what it meant before; takes the caller's reference over.
  public void replace(int fd, OpenFileDescription file, boolean cloexec) {
    OpenFileDescription before;
    lock.lock();
    try {
      before = peek(fd);
      setLocked(fd, file, cloexec);
    } finally {
      lock.unlock();
    }
    if (before != null) {
      before.put();
    }
  }

  /// Closes `fd`; 0, or minus `EBADF`.
  public long close(int fd) {
    OpenFileDescription before;
    lock.lock();
    try {
      before = peek(fd);
      if (before == null) {
        return Errno.EBADF.result();
      }
      files[fd] = null;
      closeOnExec[fd >> 6] &= ~(1L << fd);
      lowestFree = Math.min(lowestFree, fd);
    } finally {
      lock.unlock();
    }
    before.put();
    return 0;
  }

  /// Returns whether execve will close `fd`.
  public boolean isCloseOnExec(int fd) {
    lock.lock();
    try {
      return fd < files.length && (closeOnExec[fd >> 6] & 1L << fd) != 0;
    } finally {
      lock.unlock();
    }
  }

  /// Sets whether execve will close `fd`, which must be in use.
  public void setCloseOnExec(int fd, boolean on) {
    lock.lock();
    try {
      setBitLocked(fd, on);
    } finally {
      lock.unlock();
    }
  }

  private int freeLocked(int least) {
    int fd = Math.max(least, lowestFree);
    @Nullable OpenFileDescription[] now = files;
    while (fd < now.length && now[fd] != null) {
      fd++;
    }
    return fd;
  }

  private void setLocked(int fd, OpenFileDescription file, boolean cloexec) {
    if (!lock.isHeldByCurrentThread()) {
      throw new Panic("a descriptor table changes without its lock");
    }
    if (fd >= files.length) {
      int size = Math.max(fd + 1, 2 * files.length);
      closeOnExec = Arrays.copyOf(closeOnExec, (size + 63) / 64);
      files = Arrays.copyOf(files, size);
    }
    files[fd] = file;
    setBitLocked(fd, cloexec);
    if (fd == lowestFree) {
      lowestFree = fd + 1;
    }
  }

  private void setBitLocked(int fd, boolean on) {
    long bit = 1L << fd;
    closeOnExec[fd >> 6] = on ? closeOnExec[fd >> 6] | bit : closeOnExec[fd >> 6] & ~bit;
  }

  // ---- Asking.

  /// Returns how many numbers the table has room for without growing: all in use are below.
  public int capacity() {
    return files.length;
  }

  /// Returns the numbers in use, in order.
  public int[] inUse() {
    lock.lock();
    try {
      @Nullable OpenFileDescription[] now = files;
      int[] fds = new int[now.length];
      int n = 0;
      for (int fd = 0; fd < now.length; fd++) {
        if (now[fd] != null) {
          fds[n++] = fd;
        }
      }
      return Arrays.copyOf(fds, n);
    } finally {
      lock.unlock();
    }
  }
}
