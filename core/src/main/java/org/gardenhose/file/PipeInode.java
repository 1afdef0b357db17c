package org.gardenhose.file;

import static org.gardenhose.abi.FileAbi.O_RDONLY;
import static org.gardenhose.abi.FileAbi.O_RDWR;
import static org.gardenhose.abi.FileAbi.O_WRONLY;
import static org.gardenhose.abi.PipeAbi.PAGE_SIZE;

import java.util.concurrent.locks.ReentrantLock;
import org.gardenhose.abi.Errno;
import org.gardenhose.abi.FileAbi;
import org.gardenhose.abi.PipeAbi;
import org.gardenhose.pipe.SystemPipe;
import org.gardenhose.wait.Clock;
import org.jspecify.annotations.Nullable;

/// The file that a pipe is: without a name, on pipefs, or a FIFO in a directory.
///
/// A FIFO's pipe is made when somebody opens it and goes, with what is in it, when nobody has it
/// open any more (L-10); a pipe without a name goes for good then.
///
/// **Always true.** `pipe != null` exactly while `files > 0`, or before the first opening of a pipe
/// without a name.
/// **Guarded by.** `lock` for `pipe` and `files`; it is not held while waiting
/// **Blocks.** [#open], for a FIFO, until the other end is opened
/// **Learned from.** Linux `fs/pipe.c`, `fifo_open`, `pipe_release`; L-1, L-8 to L-11, L-98, L-109
public final class PipeInode extends Inode {
  private final Pipefs system;
  private final boolean named;
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable SystemPipe pipe;
  private Credentials maker = Credentials.ROOT;
  private int files;

  /// Makes a FIFO that nobody has open. The directory that it is in counts its names.
  public PipeInode(
      Pipefs system, long device, long number, int mode, Credentials owner, Clock clock) {
    super(device, number, mode, owner, clock);
    this.system = system;
    this.named = true;
  }

  /// Makes the inode of a pipe without a name.
  PipeInode(Pipefs system, long number, SystemPipe pipe, Credentials maker, Clock clock) {
    super(Pipefs.DEVICE, number, FileAbi.S_IFIFO | 0600, maker, clock);
    this.system = system;
    this.named = false;
    this.pipe = pipe;
    this.maker = maker;
  }

  /// Returns whether it has a name in a directory.
  boolean named() {
    return named;
  }

  /// Returns the pipe, or null if nobody has it open.
  public @Nullable SystemPipe pipe() {
    lock.lock();
    try {
      return pipe;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public long open(int flags, Credentials who, FileOperations[] opened) {
    int access = flags & FileAbi.O_ACCMODE;
    boolean reading = access == O_RDONLY || access == O_RDWR;
    boolean writing = access == O_WRONLY || access == O_RDWR;
    if (!reading && !writing) {
      return Errno.EINVAL.result();
    }
    SystemPipe mine = acquire(who);
    if (mine == null) {
      return named ? Errno.ENOMEM.result() : Errno.ENOENT.result();
    }
    PipeOperations end = new PipeOperations(system, this, mine, reading, writing, flags);
    if (!named) {
      mine.openNameless(reading, writing);
      opened[0] = end;
      return 0;
    }
    boolean wait = (flags & PipeAbi.O_NONBLOCK) == 0;
    long result = mine.openNamed(end.pipeFile(), reading, writing, wait);
    if (result < 0) {
      drop();
      return result;
    }
    end.remember(result);
    opened[0] = end;
    return 0;
  }

  /// Returns the pipe with one more file on it; null if there may be none.
  private @Nullable SystemPipe acquire(Credentials who) {
    lock.lock();
    try {
      if (pipe == null) {
        if (!named) {
          return null;
        }
        pipe = system.make(number(), who);
        maker = who;
      }
      if (pipe != null) {
        files++;
      }
      return pipe;
    } finally {
      lock.unlock();
    }
  }

  /// Takes one file off the pipe.
  void drop() {
    lock.lock();
    try {
      SystemPipe mine = pipe;
      if (--files == 0 && mine != null) {
        pipe = null;
        system.limits().release(maker, mine.size() / PAGE_SIZE);
      }
    } finally {
      lock.unlock();
    }
  }

  /// Changes the capacity (`F_SETPIPE_SZ`).
  long resize(SystemPipe pipe, Credentials who, long bytes) {
    return system.limits().resize(pipe, maker, who, bytes);
  }

  @Override
  public String toString() {
    return named ? "fifo:[" + number() + "]" : "pipe:[" + number() + "]";
  }
}
