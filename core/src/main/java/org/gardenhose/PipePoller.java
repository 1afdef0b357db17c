package org.gardenhose;

import static org.gardenhose.abi.PipeAbi.POLLERR;
import static org.gardenhose.abi.PipeAbi.POLLHUP;
import static org.gardenhose.abi.PipeAbi.POLLIN;
import static org.gardenhose.abi.PipeAbi.POLLOUT;

import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.gardenhose.wait.Scheduler;
import org.gardenhose.wait.WaitQueue;
import org.gardenhose.wait.Waiter;
import org.gardenhose.wait.Watcher;

/// The implementation of [Poller]: a watcher on each end, and a list of those that have something
/// to look at.
///
/// **Always true.** A registration is in `pending` exactly while its `queued`. Whatever happens to
/// an end after it was last looked at puts it there.
/// **Guarded by.** `lock` for everything; it is held neither while an end is looked at nor while
/// waiting
/// **Blocks.** [#poll] only
final class PipePoller implements Poller {
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<PipeEnd, Registration> registrations = new IdentityHashMap<>();
  private final ArrayDeque<Registration> pending = new ArrayDeque<>();
  private final WaitQueue pollers = new WaitQueue();
  private volatile boolean closed;

  @Override
  public void add(PipeEnd end, Mode mode) {
    PipeEndFile file = (PipeEndFile) Objects.requireNonNull(end, "end");
    Objects.requireNonNull(mode, "mode");
    remove(end);
    Registration registration = new Registration(end, file, mode);
    lock.lock();
    try {
      requireOpen();
      registrations.put(end, registration);
    } finally {
      lock.unlock();
    }
    file.pipe().watch(file.writes(), registration);
    registration.wakened();
  }

  @Override
  public void remove(PipeEnd end) {
    lock.lock();
    Registration registration;
    try {
      registration = registrations.remove(end);
    } finally {
      lock.unlock();
    }
    if (registration != null) {
      registration.unwatch();
    }
  }

  @Override
  public List<Ready> poll() throws InterruptedIOException {
    return poll(Deadline.NEVER);
  }

  @Override
  public List<Ready> poll(Deadline deadline) throws InterruptedIOException {
    for (; ; ) {
      List<Ready> ready = tryPoll();
      if (!ready.isEmpty()) {
        return ready;
      }
      // Entering comes before the look at `pending`; why that suffices is said at WaitQueue.
      Waiter waiter = pollers.enterExclusive(this);
      boolean passed = false;
      boolean interrupted = false;
      while (!waiter.signalled() && !somethingPending() && !passed && !interrupted) {
        interrupted = Thread.currentThread().isInterrupted();
        passed = deadline.passed();
        if (!interrupted && !passed) {
          Scheduler.SMP.park(this, deadline.remainingNanos());
        }
      }
      pollers.leave(waiter, Scheduler.SMP, this);
      pollers.release(waiter);
      if (interrupted) {
        throw new InterruptedIOException("poll: interrupted");
      }
      if (passed) {
        return tryPoll();
      }
    }
  }

  private boolean somethingPending() {
    lock.lock();
    try {
      return closed || !pending.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public List<Ready> tryPoll() {
    List<Registration> candidates = new ArrayList<>();
    lock.lock();
    try {
      requireOpen();
      // Taken off before they are looked at: what happens from here on puts them back.
      for (Registration r = pending.poll(); r != null; r = pending.poll()) {
        r.queued = false;
        if (registrations.get(r.end) == r) {
          candidates.add(r);
        }
      }
    } finally {
      lock.unlock();
    }
    List<Ready> ready = new ArrayList<>();
    for (Registration candidate : candidates) {
      Set<Readiness> what = candidate.look();
      if (!what.isEmpty()) {
        ready.add(new Ready(candidate.end, what));
        candidate.reported(what);
      }
    }
    return ready;
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("the poller is closed");
    }
  }

  @Override
  public void close() {
    List<Registration> all;
    lock.lock();
    try {
      closed = true;
      all = new ArrayList<>(registrations.values());
      registrations.clear();
      pending.clear();
    } finally {
      lock.unlock();
    }
    all.forEach(Registration::unwatch);
    pollers.wakeAll(Scheduler.SMP);
  }

  /// One end in this poller.
  private final class Registration implements Watcher {
    private final PipeEnd end;
    private final PipeEndFile file;
    private final Mode mode;
    private boolean queued;

    Registration(PipeEnd end, PipeEndFile file, Mode mode) {
      this.end = end;
      this.file = file;
      this.mode = mode;
    }

    @Override
    public void wakened() {
      lock.lock();
      try {
        if (queued || registrations.get(end) != this) {
          return;
        }
        queued = true;
        pending.add(this);
      } finally {
        lock.unlock();
      }
      pollers.wake(Scheduler.SMP);
    }

    Set<Readiness> look() {
      Set<Readiness> what = EnumSet.noneOf(Readiness.class);
      if (file.revoked()) {
        what.add(Readiness.CLOSED);
        return what;
      }
      int mask = file.pipe().poll(file.writes());
      if ((mask & POLLIN) != 0) {
        what.add(Readiness.READABLE);
      }
      if ((mask & POLLOUT) != 0) {
        what.add(Readiness.WRITABLE);
      }
      if ((mask & (POLLHUP | POLLERR)) != 0) {
        what.add(Readiness.PEER_CLOSED);
      }
      return what;
    }

    void reported(Set<Readiness> what) {
      if (mode == Mode.ONE_SHOT || what.contains(Readiness.CLOSED)) {
        remove(end);
      } else if (mode == Mode.LEVEL) {
        wakened();
      }
    }

    void unwatch() {
      file.pipe().unwatch(file.writes(), this);
    }
  }
}
