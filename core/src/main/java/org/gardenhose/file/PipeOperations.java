package org.gardenhose.file;

import static org.gardenhose.abi.PipeAbi.POLLERR;
import static org.gardenhose.abi.PipeAbi.POLLHUP;
import static org.gardenhose.abi.PipeAbi.POLLIN;
import static org.gardenhose.abi.PipeAbi.POLLOUT;
import static org.gardenhose.abi.PollAbi.POLLRDNORM;
import static org.gardenhose.abi.PollAbi.POLLWRNORM;

import java.util.concurrent.atomic.AtomicReference;
import org.gardenhose.abi.Errno;
import org.gardenhose.abi.PipeAbi;
import org.gardenhose.pipe.PipeFile;
import org.gardenhose.pipe.SystemPipe;
import org.gardenhose.wait.Deadlines;
import org.gardenhose.wait.Watcher;
import org.jspecify.annotations.Nullable;

/// An open end of a pipe, or, opened for both, its two ends in one.
///
/// **Always true.** It counts once as a reader if open for reading and once as a writer if open for
/// writing (L-8, L-9), from its opening to its release.
/// **Blocks.** as the pipe does
/// **Learned from.** Linux `pipefifo_fops`; L-31 to L-96
public final class PipeOperations extends FileOperations {
  private final Pipefs system;
  private final PipeInode inode;
  private final SystemPipe pipe;
  private final boolean reading;
  private final boolean writing;
  private final PipeFile end;

  /// How often writers had opened the FIFO when this end was, if it waits to see one (L-77).
  private long writerOpens;

  PipeOperations(
      Pipefs system,
      PipeInode inode,
      SystemPipe pipe,
      boolean reading,
      boolean writing,
      int flags) {
    this.system = system;
    this.inode = inode;
    this.pipe = pipe;
    this.reading = reading;
    this.writing = writing;
    this.end = new PipeFile(pipe, flags & PipeAbi.O_DIRECT) {};
  }

  void remember(long writerOpens) {
    this.writerOpens = writerOpens;
  }

  @Override
  public SystemPipe pipe() {
    return pipe;
  }

  @Override
  public PipeFile pipeFile() {
    return end;
  }

  // ---- Moving bytes.

  @Override
  public long read(OpenFileDescription file, Object memory, long at, long count, boolean wait) {
    if (count == 0) {
      return 0;
    }
    long result = pipe.read(end, memory, at, count, wait ? Deadlines.NEVER : Deadlines.NOW);
    if (result != Errno.EINTR.result()) {
      pipe.announce(false, true);
    }
    if (inode.named() && result > 0) {
      inode.accessed();
    }
    return result;
  }

  @Override
  public long write(OpenFileDescription file, Object memory, long at, long count, boolean wait) {
    if (count == 0) {
      return 0;
    }
    long result = pipe.write(end, memory, at, count, wait ? Deadlines.NEVER : Deadlines.NOW);
    pipe.announce(true, false);
    if (inode.named() && result > 0) {
      inode.modified();
    }
    return result;
  }

  // ---- Asking.

  @Override
  public long available(OpenFileDescription file) {
    return pipe.available();
  }

  /// Changes the capacity on behalf of `who`.
  public long resize(Credentials who, long bytes) {
    return inode.resize(pipe, who, bytes);
  }

  /// Returns whether a call through this end may ask not to wait (`RWF_NOWAIT`, L-105, L-119).
  @Override
  public boolean nowaitCapable() {
    return !inode.named() && !spliced;
  }

  /// Set once splice or vmsplice was tried on this end, and if open(2) made it; it stays (L-137).
  private volatile boolean spliced;

  /// Notes that this end is not, or no longer, one that can be asked not to wait.
  public void spliced() {
    spliced = true;
  }

  // ---- Polling.

  @Override
  public int poll(OpenFileDescription file) {
    int mask = 0;
    if (reading) {
      mask |= pipe.pollReadEnd(writerOpens);
    }
    if (writing) {
      mask |= pipe.poll(true);
    }
    mask |= (mask & POLLIN) != 0 ? POLLRDNORM : 0;
    mask |= (mask & POLLOUT) != 0 ? POLLWRNORM : 0;
    return reading && writing ? mask & ~(POLLHUP | POLLERR) : mask;
  }

  @Override
  public boolean watchable() {
    return true;
  }

  @Override
  public void watch(OpenFileDescription file, Watcher watcher) {
    if (reading) {
      pipe.watch(false, watcher);
    }
    if (writing) {
      pipe.watch(true, watcher);
    }
  }

  @Override
  public void watchExclusive(OpenFileDescription file, Watcher watcher) {
    if (reading) {
      pipe.watchExclusive(false, watcher);
    }
    if (writing) {
      pipe.watchExclusive(true, watcher);
    }
  }

  @Override
  public void unwatch(OpenFileDescription file, Watcher watcher) {
    if (reading) {
      pipe.unwatch(false, watcher);
    }
    if (writing) {
      pipe.unwatch(true, watcher);
    }
  }

  // ---- Signals.

  /// What tells the description's owner; null without `O_ASYNC`.
  private final AtomicReference<@Nullable Runnable> notice = new AtomicReference<>();

  @Override
  public boolean async(OpenFileDescription file, boolean on) {
    Runnable told = on ? file::signalOwner : null;
    Runnable before = notice.getAndSet(told);
    if (reading) {
      relist(false, before, told);
    }
    if (writing) {
      relist(true, before, told);
    }
    return true;
  }

  private void relist(boolean writer, @Nullable Runnable before, @Nullable Runnable told) {
    if (before != null) {
      pipe.denotify(writer, before);
    }
    if (told != null) {
      pipe.notify(writer, told);
    }
  }

  // ---- The end.

  @Override
  public void flagsChanged(OpenFileDescription file) {
    end.setFlag(PipeAbi.O_DIRECT, (file.flags() & PipeAbi.O_DIRECT) != 0);
  }

  @Override
  public void release(OpenFileDescription file) {
    async(file, false);
    if (reading && writing) {
      pipe.closeBoth();
    } else {
      pipe.close(writing);
    }
    inode.drop();
  }
}
