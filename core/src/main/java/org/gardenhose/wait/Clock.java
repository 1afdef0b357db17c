package org.gardenhose.wait;

/// Where time comes from.
///
/// **Blocks.** never
public interface Clock {
  /// The machine's monotonic clock.
  Clock SYSTEM = System::nanoTime;

  /// Returns nanoseconds since some fixed moment, as [System#nanoTime] does.
  long nanoTime();
}
