package org.gardenhose.pipe;

import org.gardenhose.ring.Ring;
import org.gardenhose.wait.Scheduler;
import org.jspecify.annotations.Nullable;

/// Watching for a short while before parking, where that is cheaper than being woken.
///
/// Waking a platform thread on another processor takes 25 to 50 microseconds where the processor
/// has gone idle, passing a byte to one that watches a tenth of one. Whether the other side answers
/// in time is learned: each side has a credit, which a watch that succeeds raises and one that
/// fails lowers; without credit there is only a short look now and then.
///
/// **Always true.** A virtual thread never watches, since its carrier may be the very one that the
/// other side needs; nor does anybody on a single processor.
/// **Blocks.** at most [Scheduler#spinNanos]
/// **Learned from.** `bench/results`, spin sweep; Linux adaptive mutexes
final class Spin {
  private static final int CREDIT_MAX = 8;

  /// The part of the budget that is spent without credit, to notice that watching pays again.
  private static final int PROBE_DIVISOR = 16;

  /// Looks in close sequence, for the sake of latency, before the pauses grow.
  private static final int DENSE_LOOKS = 16;

  /// Pauses between two looks in the long run: the other side gets a burst done in peace.
  private static final int PAUSES_MAX = 32;

  private Spin() {}

  /// Watches for something to read; returns whether it came.
  static boolean forBytes(KernelPipe pipe) {
    Ring ring = eligible(pipe);
    return ring != null && watch(pipe, ring, false);
  }

  /// Watches for a free slot; returns whether it came.
  static boolean forRoom(KernelPipe pipe) {
    Ring ring = eligible(pipe);
    return ring != null && watch(pipe, ring, true);
  }

  private static @Nullable Ring eligible(KernelPipe pipe) {
    return pipe.scheduler().spinNanos() == 0 || Thread.currentThread().isVirtual()
        ? null
        : pipe.ringOrNull();
  }

  private static boolean watch(KernelPipe pipe, Ring ring, boolean filling) {
    Scheduler scheduler = pipe.scheduler();
    int credit = ring.spinCredit(filling);
    long budget = credit > 0 ? scheduler.spinNanos() : scheduler.spinNanos() / PROBE_DIVISOR;
    long end = scheduler.nanoTime() + budget;
    int pauses = 1;
    for (int looks = 0; ; looks++) {
      if (filling ? pipe.writeReady() : pipe.readReady()) {
        ring.spinCredit(filling, Math.min(CREDIT_MAX, credit + 1));
        return true;
      }
      if (looks >= DENSE_LOOKS) {
        pauses = Math.min(PAUSES_MAX, pauses * 2);
        if (scheduler.nanoTime() - end > 0) {
          ring.spinCredit(filling, Math.max(0, credit - 1));
          return false;
        }
      }
      for (int i = 0; i < pauses; i++) {
        Thread.onSpinWait();
      }
    }
  }
}
