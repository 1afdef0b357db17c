package org.gardenhose.bench.jmh;

import java.util.concurrent.TimeUnit;
import org.gardenhose.bench.measure.Crowd;
import org.gardenhose.bench.measure.ThreadKind;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// **Question.** What do many writers and readers on one pipe cost each other?
///
/// **Expected.** Little: a side has one thread at a time, the others queue, and one is woken for
/// one that can proceed. 64 on each side reach most of what one on each side does.
///
/// **Comparison.** The shapes with each other; `bench/run --only S8` has the kernel's beside them.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class CrowdBenchmark {
  /// Messages an operation.
  private static final int MESSAGES = 1 << 17;

  @Param({"PLATFORM", "VIRTUAL"})
  private ThreadKind kind = ThreadKind.VIRTUAL;

  @Param({"1x1", "4x1", "1x4", "16x16", "64x64"})
  private String shape = "1x1";

  @Param({"512"})
  private int message;

  /// Moves the messages.
  ///
  /// @throws Exception if they do not arrive whole
  @Benchmark
  public long move() throws Exception {
    String[] sides = shape.split("x");
    int writers = Integer.parseInt(sides[0]);
    Crowd crowd = new Crowd(kind, writers, Integer.parseInt(sides[1]), message);
    return crowd.move(MESSAGES / writers, 0);
  }
}
