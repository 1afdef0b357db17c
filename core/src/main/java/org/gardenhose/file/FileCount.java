package org.gardenhose.file;

import java.util.concurrent.atomic.AtomicLong;

/// How many files are open in the whole system, and how many may be.
///
/// **Always true.** `0 <= open <= limit`, but for a limit that was lowered below.
/// **Guarded by.** nothing: the count is atomic
/// **Learned from.** Linux `alloc_empty_file`, `/proc/sys/fs/file-max`; L-14, L-128
public final class FileCount {
  private final AtomicLong open = new AtomicLong();
  private volatile long limit;

  /// Allows `limit` open files.
  public FileCount(long limit) {
    this.limit = limit;
  }

  /// Counts one more.
  ///
  /// @return false if the limit is reached: the call comes to `ENFILE`
  boolean tryOpen() {
    if (open.incrementAndGet() <= limit) {
      return true;
    }
    open.decrementAndGet();
    return false;
  }

  void closed() {
    open.decrementAndGet();
  }

  /// Returns how many files are open.
  public long open() {
    return open.get();
  }

  /// Returns how many may be.
  public long limit() {
    return limit;
  }

  /// Sets how many may be.
  public void limit(long files) {
    limit = files;
  }
}
