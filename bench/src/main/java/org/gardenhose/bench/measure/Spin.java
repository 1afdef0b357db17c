package org.gardenhose.bench.measure;

import java.util.List;

/// Two threads that pass a number back and forth by watching each other's variable: the shortest
/// round trip that this machine allows at this moment. It is the probe, and the measure of a round
/// trip inside a spin.
final class Spin {
  private static final long STOP = -1;
  private static final int BURST = 200;

  /// A number alone on its cache lines.
  private static final class Word {
    @SuppressWarnings("unused")
    private long a0, a1, a2, a3, a4, a5, a6, a7, a8, a9, aa, ab, ac, ad, ae, af;

    private volatile long value;

    @SuppressWarnings("unused")
    private long b0, b1, b2, b3, b4, b5, b6, b7, b8, b9, ba, bb, bc, bd, be, bf;
  }

  private final Word there = new Word();
  private final Word back = new Word();
  private double rate;

  private Spin() {}

  /// Plays that long and returns round trips a second.
  static double run(long nanos) throws InterruptedException {
    Spin spin = new Spin();
    Thread echo = ThreadKind.PLATFORM.start(spin::echo);
    Thread player = ThreadKind.PLATFORM.start(() -> spin.play(nanos));
    ThreadKind.join(List.of(player, echo));
    return spin.rate;
  }

  private void echo() {
    for (long due = 1; ; due++) {
      long seen = there.value;
      while (seen != due && seen != STOP) {
        Thread.onSpinWait();
        seen = there.value;
      }
      if (seen == STOP) {
        return;
      }
      back.value = due;
    }
  }

  private void play(long nanos) {
    long began = System.nanoTime();
    long spent = 0;
    long number = 0;
    while (spent < nanos) {
      for (int i = 0; i < BURST; i++) {
        there.value = ++number;
        while (back.value != number) {
          Thread.onSpinWait();
        }
      }
      spent = System.nanoTime() - began;
    }
    there.value = STOP;
    rate = number * 1e9 / spent;
  }
}
