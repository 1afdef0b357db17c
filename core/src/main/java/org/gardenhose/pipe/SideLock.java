package org.gardenhose.pipe;

import org.gardenhose.ring.Ring;
import org.gardenhose.wait.WaitQueue;
import org.gardenhose.wait.Waiter;

/// Makes the calling thread one of the two sides of a ring, one thread a side.
///
/// Taking a side and giving it up are one atomic step each on the ring's word of that side; giving
/// it up publishes what was done in the same step. Newcomers may overtake those who wait.
///
/// **Lock order.**
/// ```
/// draining side of one pipe          a thread has at most one
///   filling side of one pipe         of the same or another; at most one
///     a WaitQueue's own lock
/// ```
/// Nobody who is a filling side waits for a draining one, so no circle can form: splices from A to
/// B and from B to A run at once (L-155).
///
/// **Blocks.** While another thread is that side, which is for the copying of at most one pipeful;
/// an interrupt does not end it, and is kept.
/// **Learned from.** U. Drepper, "Futexes Are Tricky", the mutex with three states
final class SideLock {
  /// Looks at a taken side before parking: about the time of copying a page, on more than one
  /// processor.
  private static final int LOOKS = 64;

  /// Slots filled or drained before the other side is told. Telling it of every page would send
  /// the two processors' cache lines back and forth more often; telling it at the end would make
  /// the two take turns.
  static final int BATCH_SLOTS = 4;

  private SideLock() {}

  /// Becomes the filling side, to append `residue` bytes, if nobody is and they fit.
  ///
  /// @return the fill word, with APPENDING set; or 0
  static long tryLockFillToAppend(Ring ring, int residue) {
    long fill = ring.fillVolatile();
    if ((fill & Ring.LOCKED) == 0 && ring.appendable(fill, residue)) {
      long taken = fill | Ring.LOCKED | Ring.APPENDING;
      if (ring.fillCompareAndSet(fill, taken)) {
        return taken;
      }
    }
    return 0;
  }

  /// Becomes the filling side. The word returned has APPENDING set if the newest slot will take
  /// `residue` bytes; then the caller must append them, or give the side up without.
  static long lockFill(KernelPipe pipe, Ring ring, int residue) {
    long fill = ring.fillVolatile();
    if ((fill & Ring.LOCKED) == 0) {
      long taken = fill | Ring.LOCKED | (ring.appendable(fill, residue) ? Ring.APPENDING : 0);
      if (ring.fillCompareAndSet(fill, taken)) {
        return taken;
      }
    }
    return lockFillContended(pipe, ring, residue);
  }

  private static long lockFillContended(KernelPipe pipe, Ring ring, int residue) {
    WaitQueue queue = pipe.rareQueues().fill();
    for (int looks = 0; ; looks++) {
      long fill = ring.fillVolatile();
      if ((fill & Ring.LOCKED) == 0) {
        long taken = fill | Ring.LOCKED | (ring.appendable(fill, residue) ? Ring.APPENDING : 0);
        taken |= queue.isEmpty() ? 0 : Ring.CONTENDED;
        if (ring.fillCompareAndSet(fill, taken)) {
          return taken;
        }
      } else if (looks < LOOKS && pipe.scheduler().spinNanos() > 0) {
        Thread.onSpinWait();
      } else {
        Waiter waiter = queue.enterExclusive(pipe);
        fill = ring.fillVolatile();
        while ((fill & Ring.LOCKED) != 0 && !ring.fillCompareAndSet(fill, fill | Ring.CONTENDED)) {
          fill = ring.fillVolatile();
        }
        sleep(pipe, queue, waiter, (fill & Ring.LOCKED) != 0);
      }
    }
  }

  /// Gives the filling side up and publishes `fill`, which is all that the ring's word now says.
  /// Only for a caller that has set a new head or appended: anything else that the draining side
  /// may have changed in the word is overwritten.
  static void unlockFill(KernelPipe pipe, Ring ring, long fill) {
    long was = ring.fillGetAndSet(fill);
    if ((was & Ring.CONTENDED) != 0) {
      pipe.rareQueues().fill().wake(pipe.scheduler());
    }
  }

  /// Gives the filling side up with nothing published since the word was last set.
  static void unlockFillUnchanged(KernelPipe pipe, Ring ring) {
    long flags = Ring.LOCKED | Ring.CONTENDED | Ring.APPENDING;
    long fill;
    do {
      fill = ring.fillVolatile();
    } while (!ring.fillCompareAndSet(fill, fill & ~flags));
    if ((fill & Ring.CONTENDED) != 0) {
      pipe.rareQueues().fill().wake(pipe.scheduler());
    }
  }

  /// Publishes `fill` and stays the filling side.
  static void publishFill(Ring ring, long fill) {
    long was;
    do {
      was = ring.fillVolatile();
    } while (!ring.fillCompareAndSet(was, fill | Ring.LOCKED | was & Ring.CONTENDED));
  }

  /// Becomes the draining side.
  static long lockDrain(KernelPipe pipe, Ring ring) {
    long drain = ring.drainVolatile();
    if ((drain & Ring.LOCKED) == 0 && ring.drainCompareAndSet(drain, drain | Ring.LOCKED)) {
      return drain;
    }
    return lockDrainContended(pipe, ring);
  }

  private static long lockDrainContended(KernelPipe pipe, Ring ring) {
    WaitQueue queue = pipe.rareQueues().drain();
    for (int looks = 0; ; looks++) {
      long drain = ring.drainVolatile();
      if ((drain & Ring.LOCKED) == 0) {
        long taken = drain | Ring.LOCKED | (queue.isEmpty() ? 0 : Ring.CONTENDED);
        if (ring.drainCompareAndSet(drain, taken)) {
          return taken;
        }
      } else if (looks < LOOKS && pipe.scheduler().spinNanos() > 0) {
        Thread.onSpinWait();
      } else {
        Waiter waiter = queue.enterExclusive(pipe);
        drain = ring.drainVolatile();
        while ((drain & Ring.LOCKED) != 0
            && !ring.drainCompareAndSet(drain, drain | Ring.CONTENDED)) {
          drain = ring.drainVolatile();
        }
        sleep(pipe, queue, waiter, (drain & Ring.LOCKED) != 0);
      }
    }
  }

  /// Publishes a new tail and stays the draining side.
  static void publishDrain(Ring ring, int tail) {
    long was;
    do {
      was = ring.drainVolatile();
    } while (!ring.drainCompareAndSet(
        was, Ring.word(tail, 0) | Ring.LOCKED | was & Ring.CONTENDED));
  }

  /// Lets a thread that is draining at this moment finish, and says whether a slot is free by now.
  /// A write that found none asks: the reader may have used up the newest page, to which the write
  /// could have appended, and not yet have said so.
  static boolean drained(KernelPipe pipe, Ring ring) {
    if ((ring.drainVolatile() & Ring.LOCKED) != 0) {
      long drain = lockDrain(pipe, ring);
      unlockDrain(pipe, ring, Ring.index(drain), Ring.bytes(drain));
    }
    return !ring.full();
  }

  /// Gives the draining side up and publishes tail and consumed bytes.
  static void unlockDrain(KernelPipe pipe, Ring ring, int tail, int consumed) {
    long was = ring.drainGetAndSet(Ring.word(tail, consumed));
    if ((was & Ring.CONTENDED) != 0) {
      pipe.rareQueues().drain().wake(pipe.scheduler());
    }
  }

  /// Sleeps, if the side is `taken`, until the waiter is signalled, and leaves the queue.
  private static void sleep(KernelPipe pipe, WaitQueue queue, Waiter waiter, boolean taken) {
    if (taken) {
      queue.awaitSignal(waiter, pipe.scheduler(), pipe);
    } else {
      queue.leave(waiter, pipe.scheduler(), pipe);
    }
    queue.release(waiter);
  }
}
