package org.gardenhose.bench.measure;

import java.util.Arrays;

/// How long to warm up and to measure: windows of a fixed length until they stop getting better,
/// then some that count.
///
/// @param warmNanos the least time to warm up
/// @param windowNanos the length of a window that counts
/// @param count how many count
public record Windows(long warmNanos, long windowNanos, int count) {
  /// A better window than any before, by this factor, means that warming up is not over.
  private static final double BETTER = 1.03;

  /// Windows without a better one before warming up is over.
  private static final int STALE = 3;

  /// Warming up never takes longer than this many times its least time.
  private static final int PATIENCE = 4;

  /// Half a second at least, then three windows of 0.3 seconds.
  public static final Windows DEFAULT = new Windows(500_000_000, 300_000_000, 3);

  /// Something that can be measured for a given time; larger results are better.
  @FunctionalInterface
  public interface Rate {
    /// Runs that long and returns a rate.
    ///
    /// @throws Exception whatever goes wrong
    double run(long nanos) throws Exception;
  }

  /// Returns windows with another least time to warm up.
  public Windows warm(long nanos) {
    return new Windows(nanos, windowNanos, count);
  }

  /// Warms up, measures, and returns the median.
  ///
  /// @throws Exception whatever goes wrong
  public double median(Rate rate) throws Exception {
    warmUp(rate);
    double[] rates = new double[count];
    for (int i = 0; i < count; i++) {
      rates[i] = rate.run(windowNanos);
    }
    Arrays.sort(rates);
    return rates[count / 2];
  }

  private void warmUp(Rate rate) throws Exception {
    long began = System.nanoTime();
    long window = Math.max(1, warmNanos / 5);
    double best = 0;
    int stale = 0;
    long spent = 0;
    while (spent < warmNanos || stale < STALE && spent < PATIENCE * warmNanos) {
      double now = rate.run(window);
      stale = now > best * BETTER ? 0 : stale + 1;
      best = Math.max(best, now);
      spent = System.nanoTime() - began;
    }
  }
}
