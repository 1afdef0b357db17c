package org.gardenhose.file;

import static org.gardenhose.abi.FileAbi.O_RDONLY;
import static org.gardenhose.abi.FileAbi.O_WRONLY;

import java.util.concurrent.atomic.AtomicLong;
import org.gardenhose.abi.Errno;
import org.gardenhose.abi.PipeAbi;
import org.gardenhose.pipe.SystemPipe;
import org.gardenhose.wait.Scheduler;
import org.jspecify.annotations.Nullable;

/// The file system that pipes without names are on; it makes every pipe of a kernel.
///
/// **Always true.** Inode numbers count from 1 and are never used again.
/// **Learned from.** Linux `create_pipe_files`; L-13 to L-19
public final class Pipefs {
  /// The number of this file system, as `st_dev` shows it.
  public static final long DEVICE = 13;

  private final Scheduler scheduler;
  private final SystemPipe.Observer observer;
  private final PipeLimits limits;
  private final FileCount count;
  private final AtomicLong numbers = new AtomicLong();

  /// Makes the file system; its pipes wait as `scheduler` says and tell `observer`.
  public Pipefs(
      Scheduler scheduler, SystemPipe.Observer observer, PipeLimits limits, FileCount count) {
    this.scheduler = scheduler;
    this.observer = observer;
    this.limits = limits;
    this.count = count;
  }

  /// Returns the limits on all pipes.
  public PipeLimits limits() {
    return limits;
  }

  /// Tells the kernel that a call of the current process found nobody to read, as in a pipe.
  void brokenPipe() {
    observer.brokenPipe();
  }

  /// Returns a pipe with nobody at either end, charged to `who`; null if that is over a limit.
  @Nullable SystemPipe make(long number, Credentials who) {
    int slots = limits.charge(who);
    return slots == 0 ? null : new SystemPipe(scheduler, slots, number, observer);
  }

  /// Makes a pipe without a name and opens its ends with status flags (`O_NONBLOCK`, `O_DIRECT`).
  ///
  /// @param ends takes the read end and the write end, unless the result is minus an errno
  /// @return 0, or minus `ENFILE`
  public long create(Credentials who, int flags, OpenFileDescription[] ends) {
    long number = numbers.incrementAndGet();
    SystemPipe pipe = make(number, who);
    if (pipe == null) {
      return Errno.ENFILE.result();
    }
    if (!count.tryOpen()) {
      limits.release(who, pipe.size() / PipeAbi.PAGE_SIZE);
      return Errno.ENFILE.result();
    }
    if (!count.tryOpen()) {
      count.closed();
      limits.release(who, pipe.size() / PipeAbi.PAGE_SIZE);
      return Errno.ENFILE.result();
    }
    PipeInode inode = new PipeInode(this, number, pipe, who, scheduler);
    int reader = O_RDONLY | flags & PipeAbi.O_NONBLOCK;
    int writer = O_WRONLY | flags & (PipeAbi.O_NONBLOCK | PipeAbi.O_DIRECT);
    ends[0] = end(inode, who, reader);
    ends[1] = end(inode, who, writer);
    return 0;
  }

  private OpenFileDescription end(PipeInode inode, Credentials who, int flags) {
    FileOperations[] opened = new FileOperations[1];
    inode.open(flags, who, opened);
    return new OpenFileDescription(inode, opened[0], flags, "", count);
  }
}
