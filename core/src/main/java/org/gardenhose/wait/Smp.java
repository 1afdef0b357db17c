package org.gardenhose.wait;

import java.util.concurrent.locks.LockSupport;

/// The scheduler that leaves everything to the Java virtual machine.
final class Smp implements Scheduler {
  /// What a watching thread may spend: 20 microseconds, about what it takes to copy one default
  /// pipe full and to be woken. On one processor the awaited thread could not run meanwhile.
  private static final long SPIN_NANOS =
      Runtime.getRuntime().availableProcessors() > 1 ? 20_000 : 0;

  @Override
  public void park(Object blocker, long nanos) {
    if (nanos == Deadlines.NEVER) {
      LockSupport.park(blocker);
    } else {
      LockSupport.parkNanos(blocker, nanos);
    }
  }

  @Override
  public void unpark(Thread thread) {
    LockSupport.unpark(thread);
  }

  @Override
  public long spinNanos() {
    return SPIN_NANOS;
  }

  @Override
  public long nanoTime() {
    return System.nanoTime();
  }
}
