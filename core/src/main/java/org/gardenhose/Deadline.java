package org.gardenhose;

import java.time.Duration;
import java.util.Objects;
import org.gardenhose.wait.Deadlines;
import org.gardenhose.wait.Scheduler;

/// The moment at which a call gives up waiting.
///
/// One deadline may serve a whole sequence of calls, which then take no longer together.
///
/// **Always true.** It never changes.
public final class Deadline {
  /// No deadline: wait as long as it takes.
  public static final Deadline NEVER = new Deadline(Deadlines.NEVER);

  private static final Duration LONGEST = Duration.ofDays(36_500);

  private final long nanos;

  private Deadline(long nanos) {
    this.nanos = nanos;
  }

  /// Returns the moment `timeout` from now. A timeout of zero or less means that a call which would
  /// wait fails at once.
  public static Deadline after(Duration timeout) {
    Objects.requireNonNull(timeout, "timeout");
    if (timeout.compareTo(LONGEST) > 0) {
      return NEVER;
    }
    return new Deadline(Scheduler.SMP.nanoTime() + Math.max(0, timeout.toNanos()));
  }

  /// Returns whether the moment has passed.
  public boolean passed() {
    return nanos != Deadlines.NEVER && nanos - Scheduler.SMP.nanoTime() <= 0;
  }

  /// Returns how long it is until the moment, as a scheduler's park takes it.
  long remainingNanos() {
    return nanos == Deadlines.NEVER ? nanos : Math.max(0, nanos - Scheduler.SMP.nanoTime());
  }

  long nanos() {
    return nanos;
  }
}
