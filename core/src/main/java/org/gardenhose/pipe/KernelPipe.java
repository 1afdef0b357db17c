package org.gardenhose.pipe;

import static org.gardenhose.abi.PipeAbi.PAGE_SIZE;
import static org.gardenhose.abi.PipeAbi.POLLERR;
import static org.gardenhose.abi.PipeAbi.POLLHUP;
import static org.gardenhose.abi.PipeAbi.POLLIN;
import static org.gardenhose.abi.PipeAbi.POLLOUT;
import static org.gardenhose.abi.PollAbi.POLLRDNORM;
import static org.gardenhose.abi.PollAbi.POLLWRNORM;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.gardenhose.abi.Errno;
import org.gardenhose.abi.Panic;
import org.gardenhose.abi.PipeAbi;
import org.gardenhose.ring.Ring;
import org.gardenhose.wait.Scheduler;
import org.gardenhose.wait.WaitQueue;
import org.gardenhose.wait.Watcher;
import org.jspecify.annotations.Nullable;

/// A pipe: a ring of pages, counts of who has which end open, and two queues of who waits.
///
/// What happens to it is written one operation a file: [ReadCall], [WriteCall], [SpliceCall]; how
/// each of them waits is in [PipeWait]. Results are Linux's: `>= 0`, or minus an [Errno].
///
/// **Always true.**
/// ```
/// readers >= 0, writers >= 0          open descriptions, not threads, not dups (L-8)
/// an idle pipe has no page            and until its first byte no ring
/// aborted                             once set, stays; no call moves a byte any more
/// ```
/// **Guarded by.** `ends` is one atomic word; the ring by its two sides ([SideLock]); the queues by
/// themselves. The ring and the queues are made when first needed and never replaced.
/// **Blocks.** each call says so
/// **Learned from.** Linux `fs/pipe.c`; pipe(7); rules L-1 to L-96
public class KernelPipe {
  private static final int COUNT_BITS = 28;
  private static final long COUNT_MASK = (1L << COUNT_BITS) - 1;

  /// One reader in [#ends].
  private static final long READER = 1;

  /// One writer in [#ends].
  private static final long WRITER = 1L << COUNT_BITS;

  /// In [#ends]: somebody polled at some time, so every write wakes the read queue (L-82, L-90).
  private static final long POLLED = 1L << 62;

  /// The sign bit of [#ends].
  private static final long ABORTED = Long.MIN_VALUE;

  private static final VarHandle ENDS;
  private static final VarHandle RING;
  private static final VarHandle READ_QUEUE;
  private static final VarHandle RARE_QUEUES;

  static {
    try {
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      ENDS = lookup.findVarHandle(KernelPipe.class, "ends", long.class);
      RING = lookup.findVarHandle(KernelPipe.class, "ring", Ring.class);
      READ_QUEUE = lookup.findVarHandle(KernelPipe.class, "readQueue", WaitQueue.class);
      RARE_QUEUES = lookup.findVarHandle(KernelPipe.class, "rareQueues", RareQueues.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /// The queues that many pipes never need, made together when the first of them is: of waiting
  /// writers, and of those who want to become a side.
  record RareQueues(WaitQueue write, WaitQueue fill, WaitQueue drain) {}

  private final Scheduler scheduler;
  private volatile long ends;
  private volatile @Nullable Ring ring;
  private volatile @Nullable WaitQueue readQueue;
  private volatile @Nullable RareQueues rareQueues;

  /// Slots of the ring, also while there is none.
  private volatile int slots;

  /// Makes a pipe with nobody at either end.
  ///
  /// @param slots capacity in pages, a power of two
  public KernelPipe(Scheduler scheduler, int slots) {
    if (slots < 1 || Integer.bitCount(slots) != 1) {
      throw new Panic("slots are not a power of two");
    }
    this.scheduler = scheduler;
    this.slots = slots;
  }

  /// Makes a pipe on a ring that exists already: one whose counters start near the wrap, say.
  KernelPipe(Scheduler scheduler, Ring ring) {
    this(scheduler, ring.slots());
    this.ring = ring;
  }

  // ---- Opening and closing.

  /// Counts one more reader or writer.
  public void open(boolean writer) {
    ENDS.getAndAdd(this, writer ? WRITER : READER);
  }

  /// Counts one reader or writer less. When that was the last of its kind and the other kind is
  /// still there, wakes everybody: readers find end of file, writers a broken pipe (L-90, L-173).
  public void close(boolean writer) {
    long before = (long) ENDS.getAndAdd(this, writer ? -WRITER : -READER);
    if ((writer ? writers(before) : readers(before)) == 0) {
      throw new Panic("an end closed twice");
    }
    afterClose(before - (writer ? WRITER : READER));
  }

  private void afterClose(long now) {
    if (readers(now) == 0 && writers(now) == 0) {
      discard();
    } else if (readers(now) == 0 || writers(now) == 0) {
      wakeAll();
      announce(true, true);
    }
  }

  /// Counts one reader and one writer less, as one step (L-9).
  public void closeBoth() {
    long before = (long) ENDS.getAndAdd(this, -(READER + WRITER));
    if (readers(before) == 0 || writers(before) == 0) {
      throw new Panic("an end closed twice");
    }
    afterClose(before - READER - WRITER);
  }

  /// Wakes whoever waits through `file`, which has been revoked, and nobody else.
  public void wakeRevoked(PipeFile file) {
    WaitQueue queue = readQueue;
    if (queue != null) {
      queue.wakeOwned(file, scheduler);
    }
    RareQueues rare = rareQueues;
    if (rare != null) {
      rare.write().wakeOwned(file, scheduler);
    }
  }

  /// Throws the contents away and ends every call on either end, now and later, with `ECANCELED`.
  public void abort() {
    ENDS.getAndBitwiseOr(this, ABORTED);
    discard();
    wakeAll();
  }

  /// Gives the pages back. A writer that is filling at this moment may leave some behind; they go
  /// with the pipe.
  private void discard() {
    Ring now = ring;
    if (now != null) {
      ReadCall.discard(this, now);
    }
  }

  private void wakeAll() {
    WaitQueue queue = readQueue;
    if (queue != null) {
      queue.wakeAll(scheduler);
    }
    RareQueues rare = rareQueues;
    if (rare != null) {
      rare.write().wakeAll(scheduler);
    }
  }

  private static int readers(long ends) {
    return (int) (ends & COUNT_MASK);
  }

  private static int writers(long ends) {
    return (int) (ends >>> COUNT_BITS & COUNT_MASK);
  }

  /// Returns how many read ends are open.
  public int readers() {
    return readers(ends);
  }

  /// Returns how many write ends are open.
  public int writers() {
    return writers(ends);
  }

  /// Returns whether no write can succeed: no read end is open, or the pipe is aborted.
  boolean unreadable() {
    long now = ends;
    return now < 0 || readers(now) == 0;
  }

  /// Returns whether [#abort] was called.
  public boolean aborted() {
    return ends < 0;
  }

  // ---- Reading and writing.

  /// Reads up to `count` bytes to position `at` of `memory`, and returns how many.
  ///
  /// Blocks while there is nothing to read and a writer is open. Outcomes, in this order of
  /// checking: the bytes; 0 if `count` is 0, or at end of file; `ECANCELED` if aborted; `EBADF` if
  /// `file` is or becomes revoked; `EAGAIN` if `deadline` is [org.gardenhose.wait.Deadlines#NOW];
  /// `EINTR` if interrupted, the flag stays set; `ETIMEDOUT`.
  public long read(PipeFile file, Object memory, long at, long count, long deadline) {
    return ReadCall.read(this, file, memory, at, count, deadline);
  }

  /// Copies up to `count` bytes to `memory` without consuming them. Never blocks: `EAGAIN` if there
  /// are none, 0 at end of file.
  public long peek(PipeFile file, Object memory, long at, long count) {
    return ReadCall.peek(this, file, memory, at, count);
  }

  /// Writes `count` bytes from position `at` of `memory`, and returns how many.
  ///
  /// Blocks while no slot is free and a reader is open. Outcomes: `count`; fewer, if the rest met
  /// one of what follows; `ECANCELED` if aborted; `EPIPE` if no reader is open; `EBADF`, `EAGAIN`,
  /// `EINTR`, `ETIMEDOUT` as for reading. At most [PipeAbi#PIPE_BUF] bytes go in whole or not at
  /// all.
  public long write(PipeFile file, Object memory, long at, long count, long deadline) {
    return WriteCall.write(this, file, memory, at, count, deadline);
  }

  /// Puts references to `bytes` from `from` on, `count` of them, into the pipe, as many as there
  /// are slots for. Blocks like a write, but only for the first slot (vmsplice(2), L-163, L-164).
  public long gift(PipeFile file, byte[] bytes, int from, int count, long deadline) {
    return WriteCall.gift(this, file, bytes, from, count, deadline);
  }

  /// Moves up to `count` bytes from this pipe to `out` by moving slots (splice(2), L-149 to L-154).
  public long splice(PipeFile file, PipeFile out, long count, long deadline) {
    return SpliceCall.splice(this, file, out, count, deadline);
  }

  /// Shares up to `count` bytes of this pipe with `out` without consuming them (tee(2), L-159).
  public long tee(PipeFile file, PipeFile out, long count, long deadline) {
    return SpliceCall.tee(this, file, out, count, deadline);
  }

  /// Puts pages of `source` into the pipe, `count` bytes at most, as many as there are slots for.
  /// Blocks like a write, but only for the first slot (splice(2) from a file, L-138 to L-140).
  public long fillFrom(PipeFile file, PageRun.Source source, long count, long deadline) {
    return PageCall.fill(this, file, source, count, deadline);
  }

  /// Gives what is in the pipe to `sink`, `count` bytes at most. Blocks like a read, but only for
  /// the first byte (splice(2) to a file, L-145 to L-148).
  public long drainTo(PipeFile file, PageRun.Sink sink, long count, long deadline) {
    return PageCall.drain(this, file, sink, count, deadline);
  }

  // ---- Polling.

  /// Has `watcher` told of every wake of readers, or of writers, from now on.
  public void watch(boolean writeEnd, Watcher watcher) {
    (writeEnd ? writeQueue() : readQueue()).watch(watcher);
  }

  /// The same, but `watcher` lines up with those who wait one at a time (`EPOLLEXCLUSIVE`, L-88).
  public void watchExclusive(boolean writeEnd, Watcher watcher) {
    (writeEnd ? writeQueue() : readQueue()).watchExclusive(watcher);
  }

  /// Ends [#watch]; the watcher may still be told of a wake that is under way.
  public void unwatch(boolean writeEnd, Watcher watcher) {
    (writeEnd ? writeQueue() : readQueue()).unwatch(watcher);
  }

  /// Returns the events of pipe(7) that hold now for a read end or a write end (L-75), and makes
  /// later writes wake the read queue each time (L-82).
  public int poll(boolean writeEnd) {
    long now = ends;
    if ((now & POLLED) == 0) {
      ENDS.getAndBitwiseOr(this, POLLED);
    }
    Ring contents = ring;
    if (writeEnd) {
      int mask = contents == null || !contents.full() ? POLLOUT : 0;
      return readers(now) == 0 || now < 0 ? mask | POLLERR : mask;
    }
    int mask = contents != null && contents.readable() ? POLLIN : 0;
    return writers(now) == 0 || now < 0 ? mask | POLLHUP : mask;
  }

  /// Returns whether a read would not wait, for want of neither bytes nor end of file.
  public boolean readReady() {
    // The count first: a byte written before the last writer closed must be seen with its close.
    boolean ended = writers(ends) == 0 || ends < 0;
    return ended || readable();
  }

  boolean readable() {
    Ring contents = ring;
    return contents != null && contents.readable();
  }

  /// Returns whether a write would not wait: a slot is free, or nobody will ever read.
  public boolean writeReady() {
    long now = ends;
    return readers(now) == 0 || now < 0 || !full();
  }

  boolean full() {
    Ring contents = ring;
    return contents != null && contents.full();
  }

  // ---- Size.

  /// Returns the capacity in bytes (`F_GETPIPE_SZ`, L-20).
  public int size() {
    return slots * PAGE_SIZE;
  }

  /// Changes the capacity to `bytes` rounded up to a power of two pages, and returns what it became
  /// (`F_SETPIPE_SZ`, L-22 to L-26). `EINVAL` above 2^31, `EPERM` above `limit`, `EBUSY` if more
  /// slots are in use. Blocks only as long as a read and a write that are under way.
  public long resize(long bytes, int limit) {
    long wanted = bytes & 0xffff_ffffL;
    if (wanted > 1L << 31) {
      return Errno.EINVAL.result();
    }
    long pages = Math.max(1, wanted + PAGE_SIZE - 1 >>> 12);
    long count = Long.highestOneBit(pages * 2 - 1);
    if (count > slots && count * PAGE_SIZE > limit) {
      return Errno.EPERM.result();
    }
    Ring contents = ring();
    long drain = SideLock.lockDrain(this, contents);
    SideLock.lockFill(this, contents, 0);
    boolean fits = contents.occupancy() <= count;
    if (fits) {
      contents.resize((int) count);
      slots = (int) count;
    }
    SideLock.unlockFillUnchanged(this, contents);
    SideLock.unlockDrain(this, contents, Ring.index(drain), Ring.bytes(drain));
    if (!fits) {
      return Errno.EBUSY.result();
    }
    roomMade();
    return count * PAGE_SIZE;
  }

  /// Returns the bytes that can be read now (`FIONREAD`, L-120).
  public long available() {
    Ring contents = ring;
    return contents == null ? 0 : contents.heldBytes();
  }

  /// Returns how many slots are in use.
  public int occupancy() {
    Ring contents = ring;
    return contents == null ? 0 : contents.occupancy();
  }

  // ---- What a subclass may want to know.

  /// Hears that a thread is about to wait to write or to read.
  ///
  /// @return what hears that it no longer does; null if nobody wants to know
  protected @Nullable Wait beginWait(boolean writing) {
    return null;
  }

  /// Hears that a call of the current thread met the pipe without readers (SIGPIPE, L-51, L-56).
  protected void onBroken() {}

  /// Hears that something has come for readers, or for writers, who want a signal (L-122, L-123).
  protected void announce(boolean forReaders, boolean forWriters) {}

  /// A wait that somebody wants to know of.
  public interface Wait {
    /// Hears that the thread waits no more.
    void ended();
  }

  // ---- What the operations use.

  Scheduler scheduler() {
    return scheduler;
  }

  boolean polled() {
    return (ends & POLLED) != 0;
  }

  /// Returns the ring, or null before the first byte.
  public @Nullable Ring ringOrNull() {
    return ring;
  }

  /// Returns the ring, made now if need be.
  protected final Ring ring() {
    Ring now = ring;
    return now != null ? now : makeRing();
  }

  private Ring makeRing() {
    Ring made = new Ring(slots);
    Ring other = (Ring) RING.compareAndExchange(this, (Ring) null, made);
    return other == null ? made : other;
  }

  WaitQueue readQueue() {
    WaitQueue now = readQueue;
    if (now == null) {
      WaitQueue made = new WaitQueue();
      WaitQueue other = (WaitQueue) READ_QUEUE.compareAndExchange(this, (WaitQueue) null, made);
      now = other == null ? made : other;
    }
    return now;
  }

  WaitQueue writeQueue() {
    return rareQueues().write();
  }

  @Nullable WaitQueue readQueueOrNull() {
    return readQueue;
  }

  RareQueues rareQueues() {
    RareQueues now = rareQueues;
    if (now == null) {
      RareQueues made = new RareQueues(new WaitQueue(), new WaitQueue(), new WaitQueue());
      Object other = RARE_QUEUES.compareAndExchange(this, (RareQueues) null, made);
      now = other == null ? made : (RareQueues) other;
    }
    return now;
  }

  void wakeReader() {
    WaitQueue queue = readQueue;
    if (queue != null) {
      queue.wake(scheduler, POLLIN | POLLRDNORM);
    }
  }

  void wakeWriter() {
    RareQueues rare = rareQueues;
    if (rare != null) {
      rare.write().wake(scheduler, POLLOUT | POLLWRNORM);
    }
  }

  /// Wakes a reader because pages were passed into the pipe (L-90).
  void passedIn() {
    WaitQueue queue = readQueue;
    if (queue != null) {
      queue.wake(scheduler);
    }
    announce(true, false);
  }

  /// Wakes a writer because the ring has room now, other than by a read (L-91).
  void roomMade() {
    RareQueues rare = rareQueues;
    if (rare != null) {
      rare.write().wake(scheduler);
    }
  }

  /// Returns how many threads wait to read.
  public int waitingReaders() {
    WaitQueue queue = readQueue;
    return queue == null ? 0 : queue.length();
  }

  /// Returns how many threads wait to write.
  public int waitingWriters() {
    RareQueues rare = rareQueues;
    return rare == null ? 0 : rare.write().length();
  }

  /// Says how full the pipe is, who has it open and who waits: what a thread dump shows of a
  /// waiting thread.
  @Override
  public String toString() {
    return "pipe[%d of %d bytes, %d readers (%d waiting), %d writers (%d waiting)%s]"
        .formatted(
            available(),
            size(),
            readers(),
            waitingReaders(),
            writers(),
            waitingWriters(),
            aborted() ? ", aborted" : "");
  }
}
