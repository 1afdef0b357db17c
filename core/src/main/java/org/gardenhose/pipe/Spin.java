package org.gardenhose.pipe;

import static org.gardenhose.abi.PipeAbi.PAGE_SIZE;

import org.gardenhose.ring.Ring;
import org.gardenhose.wait.Scheduler;

/// Watching for a short while before parking, where that is cheaper than being woken.
///
/// Waking a platform thread on another processor takes far longer than passing a byte to one that
/// watches, above all where the processor has gone idle (rows L3 and L4). On a single processor the
/// thread lets another run once before it parks, which spares the kernel two switches if that is
/// the other side. So does a virtual thread, whose carrier may be the very one that the other side
/// needs: between two carriers a stream of small writes then goes over in bursts, and costs no wake
/// for each. Whether it pays is learned: each side has a credit, which a watch that succeeds
/// raises and one that fails lowers; without credit only every sixteenth wait is watched.
///
/// **Always true.** A virtual thread never looks more than once, after it has let others run.
/// **Blocks.** at most [Scheduler#spinNanos], or for one turn of the processor or carrier
/// **Learned from.** `bench/run --only T7,T8,T10,T14,L3,L5`; Linux adaptive mutexes
final class Spin {
  private static final int CREDIT_MAX = 8;

  /// Waits without watching, once the credit is used up, before one is watched again.
  private static final int UNWATCHED = 16;

  /// Looks in close sequence, for the sake of latency, before the clock is asked and pauses grow:
  /// about a microsecond.
  private static final int DENSE_LOOKS = 32;

  /// Pauses between two looks in the long run: the other side gets a burst done in peace.
  private static final int PAUSES_MAX = 32;

  /// The most pauses before the first look: about a microsecond, dozens of small writes.
  private static final int BURST_PAUSES_MAX = 64;

  /// The most that a virtual reader may want and yet let others run first: two pages. Beyond, being
  /// found asleep, with an array that the writer copies to, spares a second copy (T1).
  private static final int YIELD_BYTES_MAX = 2 * PAGE_SIZE;

  private Spin() {}

  /// Watches for something to read, for one who wants `wanted` bytes; returns whether it came.
  static boolean forBytes(KernelPipe pipe, long wanted) {
    Ring ring = pipe.ringOrNull();
    if (ring == null) {
      return false;
    }
    if (Thread.currentThread().isVirtual()) {
      return wanted <= YIELD_BYTES_MAX && attempt(pipe, false);
    }
    letBurstGrow(pipe, ring);
    boolean came = attempt(pipe, false);
    if (came) {
      learnBurst(ring, wanted);
    }
    return came;
  }

  /// Pauses before the first look if that has lately let more come than one read takes: a stream of
  /// small writes then goes over in bursts, and its cache lines once for many of them.
  private static void letBurstGrow(KernelPipe pipe, Ring ring) {
    int pauses = ring.burstPauses();
    for (int i = 0; i < pauses; i++) {
      Thread.onSpinWait();
    }
  }

  private static void learnBurst(Ring ring, long wanted) {
    int pauses = ring.burstPauses();
    if (ring.heldBytes() > wanted) {
      ring.burstPauses(Math.min(BURST_PAUSES_MAX, 2 * pauses + 2));
    } else if (pauses > 0) {
      ring.burstPauses(pauses / 4);
    } else if ((ring.reads() & 31) == 0) {
      ring.burstPauses(4);
    }
  }

  /// Watches for a free slot; returns whether it came.
  static boolean forRoom(KernelPipe pipe) {
    return attempt(pipe, true);
  }

  private static boolean attempt(KernelPipe pipe, boolean filling) {
    Ring ring = pipe.ringOrNull();
    if (ring == null) {
      return false;
    }
    int credit = ring.spinCredit(filling);
    if (credit <= 0 && credit > -UNWATCHED) {
      ring.spinCredit(filling, credit - 1);
      return false;
    }
    boolean came = watch(pipe, filling);
    ring.spinCredit(
        filling, came ? Math.min(CREDIT_MAX, Math.max(0, credit) + 2) : Math.max(0, credit - 1));
    return came;
  }

  private static boolean watch(KernelPipe pipe, boolean filling) {
    Scheduler scheduler = pipe.scheduler();
    if (scheduler.spinNanos() == 0 || Thread.currentThread().isVirtual()) {
      Thread.yield();
      return ready(pipe, filling);
    }
    for (int looks = 0; looks < DENSE_LOOKS; looks++) {
      if (ready(pipe, filling)) {
        return true;
      }
      Thread.onSpinWait();
    }
    long end = scheduler.nanoTime() + scheduler.spinNanos();
    for (int pauses = 2; ; pauses = Math.min(PAUSES_MAX, 2 * pauses)) {
      if (ready(pipe, filling)) {
        return true;
      }
      if (scheduler.nanoTime() - end > 0) {
        return false;
      }
      for (int i = 0; i < pauses; i++) {
        Thread.onSpinWait();
      }
    }
  }

  private static boolean ready(KernelPipe pipe, boolean filling) {
    return filling ? pipe.writeReady() : pipe.readReady();
  }
}
