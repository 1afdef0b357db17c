package org.gardenhose.bench.measure;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.gardenhose.Pipe;

/// What a pipe costs that nobody uses: memory, the time to make it, processor time while it waits.
public final class Footprint {
  private static final int COLLECTIONS = 4;
  private static final long SETTLE_NANOS = 50_000_000;
  private static final int CAPACITY = 1 << 16;

  private Footprint() {}

  /// What is done to each pipe before its memory is counted.
  @FunctionalInterface
  public interface Use {
    /// Does it.
    ///
    /// @throws IOException never
    void apply(Pipe pipe) throws IOException;
  }

  /// Returns the bytes of heap in use after several collections.
  static long usedHeap() {
    Runtime runtime = Runtime.getRuntime();
    long least = Long.MAX_VALUE;
    for (int i = 0; i < COLLECTIONS; i++) {
      System.gc();
      ThreadKind.rest(SETTLE_NANOS);
      least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
    }
    return least;
  }

  /// Returns the bytes of heap that an open pipe with both ends takes, after `use`.
  ///
  /// @throws IOException never
  public static double bytes(int pipes, Use use) throws IOException {
    Pipe[] held = new Pipe[pipes];
    long before = usedHeap();
    for (int i = 0; i < pipes; i++) {
      held[i] = Pipe.open(CAPACITY);
      use.apply(held[i]);
    }
    // Objects have whole bytes; the rest is what the machine itself allocated meanwhile.
    double each = Math.rint((usedHeap() - before) / (double) pipes);
    for (Pipe pipe : held) {
      pipe.close();
    }
    return each;
  }

  /// Writes and reads that many bytes.
  ///
  /// @throws IOException never
  static void pass(Pipe pipe, int count) throws IOException {
    byte[] bytes = new byte[count];
    pipe.writeEnd().write(bytes);
    for (int left = count; left > 0; ) {
      left -= pipe.readEnd().read(bytes);
    }
  }

  /// Makes pipes and closes both ends for that long; returns pipes a second.
  public static double create(long nanos) {
    long began = System.nanoTime();
    long made = 0;
    while (System.nanoTime() - began < nanos) {
      for (int i = 0; i < 256; i++) {
        Pipe pipe = Pipe.open();
        pipe.writeEnd().close();
        pipe.readEnd().close();
      }
      made += 256;
    }
    return made * 1e9 / (System.nanoTime() - began);
  }

  /// Returns the share of a processor that the JVM uses while that many readers and as many writers
  /// wait, half of them platform threads.
  ///
  /// @throws InterruptedException if interrupted
  public static double idle(int pairs, long nanos) throws InterruptedException {
    List<Thread> waiting = new ArrayList<>();
    List<Pipe> pipes = new ArrayList<>();
    for (ThreadKind kind : ThreadKind.values()) {
      for (int i = 0; i < pairs / 2; i++) {
        Pipe empty = Pipe.open();
        Pipe full = Pipe.open();
        pipes.addAll(Arrays.asList(empty, full));
        waiting.add(kind.start(() -> empty.readEnd().read(new byte[1])));
        waiting.add(kind.start(() -> full.writeEnd().write(new byte[2 * CAPACITY])));
      }
    }
    waiting.forEach(Wake::awaitParked);
    long began = System.nanoTime();
    long before = processNanos();
    ThreadKind.rest(nanos);
    double share = (processNanos() - before) / (double) (System.nanoTime() - began);
    for (int i = 0; i < pipes.size(); i += 2) {
      pipes.get(i).writeEnd().close();
      drain(pipes.get(i + 1));
    }
    ThreadKind.join(waiting);
    return share;
  }

  private static void drain(Pipe pipe) {
    ThreadKind.VIRTUAL.start(
        () -> {
          byte[] bytes = new byte[CAPACITY];
          for (int left = 2 * CAPACITY; left > 0; ) {
            left -= pipe.readEnd().read(bytes);
          }
        });
  }

  private static long processNanos() {
    return ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class)
        .getProcessCpuTime();
  }
}
