package org.gardenhose.pipe;

import java.util.SplittableRandom;
import org.gardenhose.wait.Scheduler;
import org.gardenhose.wait.Uniprocessor;

/// A machine with one processor that may also switch in the middle of a call: wherever the kernel
/// asks whether to watch, looks at the clock, or wakes somebody. It holds no lock there, so on a
/// real machine anything may happen.
final class Jitter implements Scheduler {
  private final Uniprocessor machine;
  private final SplittableRandom random;

  Jitter(Uniprocessor machine, long seed) {
    this.machine = machine;
    this.random = new SplittableRandom(seed);
  }

  private void perhapsPause() {
    if (Thread.currentThread().isVirtual() && random.nextInt(3) == 0) {
      machine.pause();
    }
  }

  @Override
  public void park(Object blocker, long nanos) {
    perhapsPause();
    machine.park(blocker, nanos);
  }

  @Override
  public void unpark(Thread thread) {
    perhapsPause();
    machine.unpark(thread);
    perhapsPause();
  }

  @Override
  public long spinNanos() {
    perhapsPause();
    return machine.spinNanos();
  }

  @Override
  public long nanoTime() {
    perhapsPause();
    return machine.nanoTime();
  }
}
