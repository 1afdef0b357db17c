package org.gardenhose.pipe;

import java.util.SplittableRandom;

/// Real threads on a pipe, or on two that splicing threads join, with everything beside that may
/// happen to it: interrupts, deadlines, resizing, tees, and in the wild case ends that close.
///
/// What goes on for ever would wake those who are stuck, so some runs are patient: no call has a
/// deadline, and nobody disturbs after a while, or at all.
///
/// @param wild whether the readers leave, or somebody aborts, at a random moment
record StressRun(
    long seed,
    boolean virtual,
    int writers,
    int readers,
    int splicers,
    boolean wild,
    boolean patient,
    int words) {
  /// Draws a run.
  static StressRun draw(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int[] counts = {1, 1, 2, 4, 16};
    return new StressRun(
        seed,
        random.nextBoolean(),
        counts[random.nextInt(counts.length)],
        counts[random.nextInt(counts.length)],
        random.nextInt(3) == 0 ? 1 + random.nextInt(3) : 0,
        random.nextInt(4) == 0,
        random.nextBoolean(),
        200_000);
  }

  /// Runs it to its end and checks all that was promised.
  void run() throws InterruptedException {
    new StressStage(this).run();
  }
}
