package org.gardenhose.bench.measure;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/// The clock that rates are taken with: time, or the time that this process had a processor.
///
/// The second makes sense only where all threads share one processor, and is what remains to be
/// compared on a machine that others use: they take turns with us, but not our processor time.
final class Stopwatch {
  private static final OperatingSystemMXBean SYSTEM =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  private static final boolean CPU = Boolean.getBoolean("bench.cpu-clock");

  private Stopwatch() {}

  /// Returns nanoseconds since no particular moment.
  static long nanos() {
    return CPU ? SYSTEM.getProcessCpuTime() : System.nanoTime();
  }
}
