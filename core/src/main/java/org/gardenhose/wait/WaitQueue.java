package org.gardenhose.wait;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;
import org.gardenhose.abi.Panic;
import org.jspecify.annotations.Nullable;

/// Where threads wait for a pipe to change, first come first served.
///
/// A [Watcher] is told of every wake, before anybody is woken; an exclusive one has a place among
/// the exclusive waiters instead, keeps it, and is told when a wake comes to it that nobody before
/// has used up (`EPOLLEXCLUSIVE`).
///
/// A waiter is *exclusive* if waking one such thread is enough (a read, a write); these line up at
/// the end. The others (a poller) stand in front and are all woken every time. To wake is to wake
/// all that are not exclusive and the first that is; a thread that slept and leaves something
/// behind wakes the next one: it *passes the baton*.
///
/// **Why no wake-up is lost.** The sleeper (1) enters the queue, (2) tests its condition, (3) parks
/// if it does not hold. The waker (a) makes the condition true, (b) looks at the queue, (c) takes
/// the sleeper off and unparks it. Entering ends with a volatile write and testing is a volatile
/// read; making true is an atomic update and looking is a volatile read: all four are in one order
/// that both threads agree on. If (2) missed (a), then (1) came before (b), so the waker sees the
/// sleeper. An unpark before the park makes the park return at once. And a sleeper that is taken
/// off but leaves for another reason (interrupt, deadline) passes the baton, so the choice of that
/// sleeper is not lost either.
///
/// **Always true.** non-exclusive waiters stand before exclusive ones; every linked waiter is
/// QUEUED; `first == null` exactly if `last == null`.
/// **Guarded by.** `busy`, which is held for a few instructions, never while parking, copying or
/// unparking. Who finds it taken watches and then yields the processor.
/// **Blocks.** never; the waiting itself is the caller's loop around [Scheduler#park]
/// **Learned from.** Linux `wait_queue_head`, 0ddad21d3e99 (exclusive pipe waits); L-87 to L-94
public final class WaitQueue {
  /// Looks at the taken lock before the processor is yielded: its holder needs about ten
  /// instructions, unless it has lost its processor.
  private static final int LOOKS = 64;

  private static final VarHandle BUSY;
  private static final VarHandle SPARE;

  static {
    try {
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      BUSY = lookup.findVarHandle(WaitQueue.class, "busy", boolean.class);
      SPARE = lookup.findVarHandle(WaitQueue.class, "spare", Waiter.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private volatile boolean busy;
  private volatile @Nullable Waiter first;
  private @Nullable Waiter last;

  /// Those that are told of every wake and never leave by it; replaced as a whole.
  private volatile Watcher @Nullable [] watchers;

  /// Watchers among the exclusive waiters. While there are none, wakes go the short way.
  private volatile int watchersInLine;

  /// A waiter that is not in use, so that waiting allocates nothing after the first time.
  private volatile @Nullable Waiter spare;

  /// Makes an empty queue.
  public WaitQueue() {}

  /// Returns whether nobody waits. A volatile read: step (b) above.
  public boolean isEmpty() {
    return first == null && watchers == null;
  }

  // ---- The sleeper's side.

  /// Enters the calling thread at the end, to be woken one at a time.
  ///
  /// @param owner whom [#wakeOwned] can name
  public Waiter enterExclusive(Object owner) {
    return enterExclusive(owner, null, 0, 0);
  }

  /// The same, and offers `length` bytes of `target` to a writer.
  public Waiter enterExclusive(Object owner, byte @Nullable [] target, int at, int length) {
    Waiter waiter = unused(owner, true);
    waiter.offer(target, at, length);
    lock();
    append(waiter);
    unlock();
    return waiter;
  }

  /// Enters the calling thread in front, to be woken every time.
  public Waiter enter(Object owner) {
    Waiter waiter = unused(owner, false);
    waiter.offer(null, 0, 0);
    lock();
    prepend(waiter);
    unlock();
    return waiter;
  }

  /// Takes `waiter` off the queue if it still is on it.
  ///
  /// @return false if a waker was faster: the waiter is or will soon be signalled
  public boolean withdraw(Waiter waiter) {
    lock();
    boolean queued = waiter.state == Waiter.QUEUED;
    if (queued) {
      unlink(waiter);
      waiter.state = Waiter.IDLE;
    }
    unlock();
    return queued;
  }

  /// Leaves the queue with `waiter`: off it if it still is on it, else after the waker that has
  /// chosen it is done, which takes at most the copying of a few pages. An interrupt is kept.
  ///
  /// @param blocker what a thread dump shows the thread to be waiting for
  public void leave(Waiter waiter, Scheduler scheduler, Object blocker) {
    if (!waiter.signalled() && !withdraw(waiter)) {
      awaitSignal(waiter, scheduler, blocker);
    }
  }

  /// Waits until `waiter` is signalled, whatever happens.
  public void awaitSignal(Waiter waiter, Scheduler scheduler, Object blocker) {
    boolean interrupted = false;
    while (!waiter.signalled()) {
      scheduler.park(blocker, Deadlines.NEVER);
      interrupted |= Thread.interrupted();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /// Gives back a waiter that is withdrawn or signalled. The caller must not use it afterwards.
  public void release(Waiter waiter) {
    waiter.thread = null;
    waiter.owner = null;
    waiter.offer(null, 0, 0);
    waiter.state = Waiter.IDLE;
    SPARE.setRelease(this, waiter);
  }

  /// Enters the calling thread before all others, to be woken one at a time: who came last is woken
  /// first, as it is the most likely to find its data in the cache (epoll_wait(2)). Only for a
  /// queue
  /// where everybody enters so.
  public Waiter enterExclusiveFirst(Object owner) {
    Waiter waiter = unused(owner, true);
    waiter.offer(null, 0, 0);
    lock();
    prepend(waiter);
    unlock();
    return waiter;
  }

  private Waiter unused(Object owner, boolean exclusive) {
    Waiter waiter = spare == null ? null : (Waiter) SPARE.getAndSet(this, (Waiter) null);
    if (waiter == null) {
      waiter = new Waiter();
    }
    waiter.thread = Thread.currentThread();
    waiter.owner = owner;
    waiter.exclusive = exclusive;
    waiter.state = Waiter.QUEUED;
    return waiter;
  }

  // ---- The waker's side.

  /// Wakes everybody who is not exclusive, and the first who is.
  public void wake(Scheduler scheduler) {
    wake(scheduler, 0);
  }

  /// The same, and tells watchers what it is about: some of poll(2)'s events, 0 for any.
  public void wake(Scheduler scheduler, int events) {
    tellWatchers(events);
    if (first == null) {
      return;
    }
    if (watchersInLine > 0) {
      wakeInLine(scheduler, events, false);
      return;
    }
    lock();
    Waiter chosen = first;
    Waiter end = chosen;
    while (end != null && !end.exclusive) {
      end = end.next;
    }
    chosen = detach(end == null ? last : end);
    unlock();
    signal(chosen, scheduler);
  }

  /// Wakes everybody.
  public void wakeAll(Scheduler scheduler) {
    tellWatchers(0);
    if (first == null) {
      return;
    }
    if (watchersInLine > 0) {
      wakeInLine(scheduler, 0, true);
      return;
    }
    lock();
    Waiter chosen = detach(last);
    unlock();
    signal(chosen, scheduler);
  }

  /// Wakes everybody who waits for `owner`, and no other thread; watchers hear of it.
  public void wakeOwned(Object owner, Scheduler scheduler) {
    tellWatchers(0);
    if (first == null) {
      return;
    }
    lock();
    Waiter chosen = null;
    for (Waiter waiter = last; waiter != null; ) {
      Waiter before = waiter.previous;
      if (waiter.owner == owner) {
        unlink(waiter);
        waiter.state = Waiter.CHOSEN;
        waiter.next = chosen;
        chosen = waiter;
      }
      waiter = before;
    }
    unlock();
    signal(chosen, scheduler);
  }

  /// Takes the longest waiting thread off the queue to copy to its offer, if everybody waiting is
  /// exclusive and it has made an offer. The caller must [#complete] it soon.
  public @Nullable Waiter takeOffer() {
    if (first == null || watchers != null) {
      return null;
    }
    lock();
    Waiter waiter = first;
    if (waiter != null && waiter.exclusive && waiter.offers() && watchersInLine == 0) {
      detach(waiter);
    } else {
      waiter = null;
    }
    unlock();
    return waiter;
  }

  /// Ends what [#takeOffer] began: lets the thread continue.
  public void complete(Waiter waiter, Scheduler scheduler) {
    signal(waiter, scheduler);
  }

  /// Wakes where watchers stand in line: goes along the line as it is now, until a thread or a
  /// watcher has used the wake up. The lock is not held while a watcher hears; who enters meanwhile
  /// tests its condition after the change that this wake is for.
  private void wakeInLine(Scheduler scheduler, int events, boolean all) {
    List<Waiter> line = new ArrayList<>();
    lock();
    for (Waiter waiter = first; waiter != null; waiter = waiter.next) {
      line.add(waiter);
    }
    unlock();
    for (Waiter waiter : line) {
      Watcher watcher = waiter.watcher;
      boolean exclusive = waiter.exclusive;
      boolean used = watcher != null ? watcher.wakened(events) : wakeOne(waiter, scheduler);
      if (used && exclusive && !all) {
        return;
      }
    }
  }

  /// Wakes one waiter if it still waits.
  private boolean wakeOne(Waiter waiter, Scheduler scheduler) {
    lock();
    boolean queued = waiter.state == Waiter.QUEUED;
    if (queued) {
      unlink(waiter);
      waiter.state = Waiter.CHOSEN;
    }
    unlock();
    if (queued) {
      signal(waiter, scheduler);
    }
    return queued;
  }

  /// Cuts the queue behind `end` and returns what stood before, all of it CHOSEN.
  private @Nullable Waiter detach(@Nullable Waiter end) {
    Waiter chosen = first;
    if (end == null || chosen == null) {
      return null;
    }
    for (Waiter waiter = chosen; ; waiter = waiter.next) {
      if (waiter == null) {
        throw new Panic("a waiter is not in its queue");
      }
      waiter.state = Waiter.CHOSEN;
      if (waiter == end) {
        break;
      }
    }
    Waiter rest = end.next;
    end.next = null;
    if (rest == null) {
      last = null;
    } else {
      rest.previous = null;
    }
    first = rest;
    return chosen;
  }

  private static void signal(@Nullable Waiter chosen, Scheduler scheduler) {
    for (Waiter waiter = chosen; waiter != null; ) {
      // Read before the signal: afterwards the waiter may belong to somebody else.
      Waiter following = waiter.next;
      Thread thread = waiter.thread;
      waiter.next = null;
      waiter.previous = null;
      waiter.state = Waiter.SIGNALLED;
      if (thread != null) {
        scheduler.unpark(thread);
      }
      waiter = following;
    }
  }

  // ---- Watchers.

  /// Adds `watcher`, which is told of every wake from now on.
  public void watch(Watcher watcher) {
    lock();
    Watcher[] before = watchers;
    int count = before == null ? 0 : before.length;
    Watcher[] now = new Watcher[count + 1];
    if (before != null) {
      System.arraycopy(before, 0, now, 0, count);
    }
    now[count] = watcher;
    watchers = now;
    unlock();
  }

  /// Gives `watcher` a place at the end of the line, which it keeps: it hears of a wake only if
  /// nobody before it has used that up.
  public void watchExclusive(Watcher watcher) {
    Waiter place = new Waiter();
    place.watcher = watcher;
    place.exclusive = true;
    place.state = Waiter.QUEUED;
    lock();
    append(place);
    watchersInLine++;
    unlock();
  }

  /// Takes `watcher` away; it may still be told of a wake that is under way.
  public void unwatch(Watcher watcher) {
    lock();
    Watcher[] before = watchers;
    if (before != null) {
      List<Watcher> left = new ArrayList<>(List.of(before));
      left.remove(watcher);
      watchers = left.isEmpty() ? null : left.toArray(new Watcher[0]);
    }
    for (Waiter place = watchersInLine > 0 ? first : null; place != null; place = place.next) {
      if (place.watcher == watcher) {
        unlink(place);
        place.state = Waiter.IDLE;
        watchersInLine--;
        break;
      }
    }
    unlock();
  }

  private void tellWatchers(int events) {
    Watcher[] now = watchers;
    if (now != null) {
      for (Watcher watcher : now) {
        watcher.wakened(events);
      }
    }
  }

  // ---- The list, under the lock.

  private void append(Waiter waiter) {
    Waiter before = last;
    waiter.previous = before;
    waiter.next = null;
    last = waiter;
    if (before == null) {
      first = waiter;
    } else {
      before.next = waiter;
    }
  }

  private void prepend(Waiter waiter) {
    Waiter after = first;
    waiter.previous = null;
    waiter.next = after;
    first = waiter;
    if (after == null) {
      last = waiter;
    } else {
      after.previous = waiter;
    }
  }

  private void unlink(Waiter waiter) {
    Waiter before = waiter.previous;
    Waiter after = waiter.next;
    if (before == null) {
      first = after;
    } else {
      before.next = after;
    }
    if (after == null) {
      last = before;
    } else {
      after.previous = before;
    }
    waiter.previous = null;
    waiter.next = null;
  }

  private void lock() {
    int looks = 0;
    while (busy || !BUSY.compareAndSet(this, false, true)) {
      if (++looks < LOOKS) {
        Thread.onSpinWait();
      } else {
        Thread.yield();
      }
    }
  }

  private void unlock() {
    busy = false;
  }

  /// Counts the threads waiting: an estimate while the queue is in use.
  public int length() {
    int count = 0;
    lock();
    for (Waiter waiter = first; waiter != null; waiter = waiter.next) {
      count += waiter.watcher == null ? 1 : 0;
    }
    unlock();
    return count;
  }
}
