package org.gardenhose.bench.run;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

/// Waits until nobody else uses the processors, for a while at most: beside other work the figures
/// mean little, those of two processors nothing.
///
/// **Blocks.** up to the patience: half a minute a job
final class Quiet {
  private static final long LOOK_MILLIS = 100;
  private static final double BUSY = 0.15;
  private static final int PATIENT_LOOKS = 300;

  private final int patience;
  private int waits;
  private int inVain;

  Quiet(boolean quick) {
    patience = quick ? 1 : PATIENT_LOOKS;
  }

  void await() throws IOException, InterruptedException {
    for (int look = 0; look < patience; look++) {
      Machine.Ticks before = Machine.Ticks.now();
      TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
      if (Machine.Ticks.now().busySince(before) < BUSY) {
        waits += look > 0 ? 1 : 0;
        return;
      }
    }
    inVain++;
  }

  @Override
  public String toString() {
    return "%d waited for others to be done, %d ran beside others".formatted(waits, inVain);
  }
}
