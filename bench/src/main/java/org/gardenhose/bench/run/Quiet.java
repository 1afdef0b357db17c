package org.gardenhose.bench.run;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

/// Waits until nobody else uses the processors, for a while at most: beside other work the figures
/// mean little, those of two processors nothing.
///
/// **Blocks.** up to the patience in all, a minute a round unless told
final class Quiet {
  private static final int LOOK_MILLIS = 100;

  /// The part of all processors that others may use.
  private static final double BUSY = 0.15;

  private int looks;
  private int waits;
  private int inVain;

  /// Waits up to that many seconds in all.
  Quiet(int patienceSeconds) {
    looks = patienceSeconds * 1000 / LOOK_MILLIS;
  }

  void await() throws IOException, InterruptedException {
    boolean waited = false;
    while (looks > 0) {
      Machine.Ticks before = Machine.Ticks.now();
      TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
      if (Machine.Ticks.now().busySince(before) < BUSY) {
        waits += waited ? 1 : 0;
        return;
      }
      waited = true;
      looks--;
    }
    inVain++;
  }

  @Override
  public String toString() {
    return "%d waited for others to be done, %d ran beside others".formatted(waits, inVain);
  }
}
