package org.gardenhose.pipe;

import static org.gardenhose.abi.PipeAbi.POLLHUP;

import java.util.concurrent.locks.ReentrantLock;
import org.gardenhose.abi.Errno;
import org.gardenhose.wait.Deadlines;
import org.gardenhose.wait.Scheduler;
import org.gardenhose.wait.WaitQueue;
import org.gardenhose.wait.Waiter;
import org.jspecify.annotations.Nullable;

/// A pipe in a kernel with processes: it has an inode number, knows how often its ends were opened,
/// and tells the kernel who waits and who met a broken pipe.
///
/// **Always true.**
/// ```
/// readerOpens > readers, writerOpens > writers       opens ever seen, and 1 (L-2)
/// ```
/// **Guarded by.** `opening` for the two counters of opens, and for opening as one step
/// **Blocks.** [#openNamed] until the other end is opened
/// **Learned from.** Linux `fifo_open`, `wait_for_partner`; fifo(7); L-2, L-77, L-98 to L-101,
/// L-174
public final class SystemPipe extends KernelPipe {
  /// What a kernel wants to know of its pipes.
  public interface Observer {
    /// Hears that the current process is about to wait.
    @Nullable Wait waits(SystemPipe pipe, Sleep sleep);

    /// Hears that a call of the current process found no reader.
    void brokenPipe();
  }

  /// What somebody waits for.
  public enum Sleep {
    /// Bytes, or the end of the stream.
    READ,
    /// A free slot.
    WRITE,
    /// Somebody who opens the write end.
    OPEN_READ,
    /// Somebody who opens the read end.
    OPEN_WRITE
  }

  private final long number;
  private final Observer observer;
  private final ReentrantLock opening = new ReentrantLock();
  private final AsyncList asyncReaders = new AsyncList();
  private final AsyncList asyncWriters = new AsyncList();
  private volatile int readerOpens = 1;
  private volatile int writerOpens = 1;

  /// Makes a pipe that nobody has open.
  ///
  /// @param number of its inode
  public SystemPipe(Scheduler scheduler, int slots, long number, Observer observer) {
    super(scheduler, slots);
    this.number = number;
    this.observer = observer;
  }

  /// Returns the number of the pipe's inode.
  public long number() {
    return number;
  }

  // ---- Opening.

  /// Opens a pipe that has no name for reading, writing or both, without waiting for anybody
  /// (L-109).
  public void openNameless(boolean reading, boolean writing) {
    opening.lock();
    try {
      count(reading, writing);
    } finally {
      opening.unlock();
    }
  }

  private void count(boolean reading, boolean writing) {
    boolean first = false;
    if (reading) {
      readerOpens++;
      first = readers() == 0;
      open(false);
    }
    if (writing) {
      writerOpens++;
      first |= writers() == 0;
      open(true);
    }
    if (first) {
      readQueue().wakeAll(scheduler());
    }
  }

  /// Opens a FIFO, and waits until the other end has been opened if nobody has it open (L-98). Who
  /// waits counts already (L-100); what is awaited is an event, not a state (L-99).
  ///
  /// @return 0, or how often writers opened it, for [#pollReadEnd]; or `ENXIO`, or `EINTR`, and
  /// then the end counts no more
  public long openNamed(PipeFile file, boolean reading, boolean writing, boolean wait) {
    int awaited;
    opening.lock();
    try {
      if (writing && !reading && !wait && readers() == 0) {
        return Errno.ENXIO.result();
      }
      count(reading, writing);
      if (reading && writing) {
        return 0;
      }
      if (reading ? writers() > 0 : readers() > 0) {
        return 0;
      }
      awaited = reading ? writerOpens : readerOpens;
      if (!wait) {
        // Only a reader comes here.
        return awaited & 0xffff_ffffL;
      }
    } finally {
      opening.unlock();
    }
    long result = awaitPartner(file, reading, awaited);
    if (result < 0) {
      close(!reading);
    }
    return result;
  }

  private long awaitPartner(PipeFile file, boolean reading, int seen) {
    Wait noted = observer.waits(this, reading ? Sleep.OPEN_READ : Sleep.OPEN_WRITE);
    try {
      for (; ; ) {
        // All openers wait where readers do (L-87).
        WaitQueue queue = readQueue();
        Waiter waiter = queue.enter(file);
        boolean came;
        boolean interrupted = false;
        while (!(came = (reading ? writerOpens : readerOpens) != seen)
            && !waiter.signalled()
            && !(interrupted = scheduler().interrupted())) {
          scheduler().park(this, Deadlines.NEVER);
        }
        queue.leave(waiter, scheduler(), this);
        queue.release(waiter);
        if (came) {
          // The partner is not done opening before it has looked whether we are there: if we left
          // sooner it would wait for us in its turn.
          opening.lock();
          opening.unlock();
          return 0;
        }
        if (interrupted) {
          return Errno.EINTR.result();
        }
      }
    } finally {
      if (noted != null) {
        noted.ended();
      }
    }
  }

  // ---- Polling.

  /// Returns the events of a read end that remembers `opens` of writers: it hangs up only if a
  /// writer has come since (L-77).
  ///
  /// @param opens what [#openNamed] returned, 0 for every other end
  public int pollReadEnd(long opens) {
    int mask = poll(false);
    return opens != 0 && opens == (writerOpens & 0xffff_ffffL) ? mask & ~POLLHUP : mask;
  }

  // ---- Signals.

  /// Adds somebody to be told when something has come for readers, or for writers (`O_ASYNC`).
  public void notify(boolean writer, Runnable told) {
    (writer ? asyncWriters : asyncReaders).add(told);
  }

  /// Ends [#notify].
  public void denotify(boolean writer, Runnable told) {
    (writer ? asyncWriters : asyncReaders).remove(told);
  }

  @Override
  public void announce(boolean forReaders, boolean forWriters) {
    if (forReaders) {
      asyncReaders.tell();
    }
    if (forWriters) {
      asyncWriters.tell();
    }
  }

  // ---- What the kernel hears.

  @Override
  protected @Nullable Wait beginWait(boolean writing) {
    return observer.waits(this, writing ? Sleep.WRITE : Sleep.READ);
  }

  @Override
  protected void onBroken() {
    observer.brokenPipe();
  }

  @Override
  public String toString() {
    return "pipe:[" + number + "] " + super.toString();
  }
}
