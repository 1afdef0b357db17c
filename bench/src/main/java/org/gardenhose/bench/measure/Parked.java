package org.gardenhose.bench.measure;

import java.io.IOException;
import org.gardenhose.Pipe;

/// A great many pipes with a virtual thread parked at each: how much heap, and how long to wake
/// them?
final class Parked {
  private static final byte VALUE = 42;

  /// A thread that was parked in compiled code which has never seen a wake-up pays for that.
  private static final int WARM_UPS = 5;

  private final Pipe[] pipes;
  private final Thread[] threads;

  private Parked(int count) {
    pipes = new Pipe[count];
    threads = new Thread[count];
    for (int i = 0; i < count; i++) {
      Pipe pipe = Pipe.open();
      pipes[i] = pipe;
      threads[i] = ThreadKind.VIRTUAL.start(() -> readOne(pipe));
    }
    for (Thread thread : threads) {
      while (thread.getState() != Thread.State.WAITING) {
        Thread.yield();
      }
    }
  }

  private static void readOne(Pipe pipe) throws IOException {
    byte[] one = new byte[1];
    if (pipe.readEnd().read(one) != 1 || one[0] != VALUE) {
      throw new IllegalStateException("the byte was lost");
    }
  }

  /// Prints how many are parked and the bytes of heap that each takes.
  static void park(int count) {
    long before = Footprint.usedHeap();
    Parked parked = new Parked(count);
    double each = (Footprint.usedHeap() - before) / (double) parked.threads.length;
    Measure.print("parked.bytes", each, "B");
    Measure.print("parked.count", count, "pipes");
  }

  /// Prints the time to wake each from a virtual thread, until all have ended; the last of several
  /// times, since the first ones warm up.
  static void wake(int count) throws InterruptedException {
    for (int i = 0; i < WARM_UPS; i++) {
      new Parked(count / WARM_UPS).wakeAll();
    }
    Measure.print("woken.each", new Parked(count).wakeAll() / (double) count, "ns");
  }

  private long wakeAll() throws InterruptedException {
    System.gc();
    long began = System.nanoTime();
    Thread waker =
        ThreadKind.VIRTUAL.start(
            () -> {
              byte[] one = {VALUE};
              for (Pipe pipe : pipes) {
                pipe.writeEnd().write(one);
              }
            });
    waker.join();
    for (Thread thread : threads) {
      thread.join();
    }
    return System.nanoTime() - began;
  }
}
