package org.gardenhose.wait;

/// Stops and continues threads; together with [Clock] all that the kernel needs of time and chance.
///
/// Nothing else in `core` parks a thread or reads a clock, so another scheduler changes how
/// everything runs: [Smp] on as many processors as there are, [Uniprocessor] one thread at a time
/// in an order drawn from a seed.
///
/// **Always true.** An unpark that comes before the park makes that park return at once; a park may
/// return for no reason, so every caller tests its condition again.
public interface Scheduler extends Clock {
  /// Real parallelism: each thread runs when the machine lets it.
  Scheduler SMP = new Smp();

  /// Stops the calling thread until it is unparked or interrupted, or until `nanos` have passed.
  ///
  /// @param blocker what a thread dump shows the thread to be waiting for
  /// @param nanos how long at most; [Deadlines#NEVER] for no limit
  void park(Object blocker, long nanos);

  /// Lets `thread` continue, now or at its next park. Never blocks.
  void unpark(Thread thread);

  /// Returns whether the calling thread should give up waiting: it is interrupted, or, in a kernel
  /// with processes, has a signal to see to.
  default boolean interrupted() {
    return Thread.currentThread().isInterrupted();
  }

  /// Returns how long a platform thread may watch for its condition before it parks, in
  /// nanoseconds; 0 where that would only keep the awaited thread from running.
  long spinNanos();
}
