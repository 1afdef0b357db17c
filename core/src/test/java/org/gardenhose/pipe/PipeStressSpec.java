package org.gardenhose.pipe;

import org.junit.jupiter.api.Test;

/// Real threads, platform and virtual, from one to sixteen at either end, with all that may disturb
/// them: no byte is lost, invented, doubled or reordered, and nobody is stuck.
///
/// `-Dgardenhose.stress.seconds=N` goes on for that long; `-Dgardenhose.seed=S` runs only one.
class PipeStressSpec {
  private static final int RUNS = 300;

  @Test
  void every_byte_arrives_once_and_in_order_and_nobody_is_stuck_L180_L183() throws Exception {
    long only = Long.getLong("gardenhose.seed", -1);
    if (only >= 0) {
      StressRun.draw(only).run();
      return;
    }
    int seconds = Integer.getInteger("gardenhose.stress.seconds", 0);
    long end = System.nanoTime() + seconds * 1_000_000_000L;
    long seed = Long.getLong("gardenhose.stress.first", 0);
    long last = seed + RUNS;
    for (; seconds == 0 ? seed < last : System.nanoTime() - end < 0; seed++) {
      StressRun.draw(seed).run();
    }
    if (seconds > 0) {
      System.out.printf("%d runs, the last with seed %d%n", seed - last + RUNS, seed - 1);
    }
  }
}
