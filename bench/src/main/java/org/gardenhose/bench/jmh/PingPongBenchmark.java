package org.gardenhose.bench.jmh;

import java.util.concurrent.TimeUnit;
import org.gardenhose.bench.measure.PingPong;
import org.gardenhose.bench.measure.ThreadKind;
import org.gardenhose.bench.peers.Peer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// **Question.** How long is a round trip of one byte, there over one pipe and back over another?
///
/// **Expected.** For virtual threads on one carrier what parking and unparking cost; for platform
/// threads a few cache lines while they watch, a wake-up by the operating system when they sleep.
///
/// **Comparison.** The peers that wake their reader when they are written to.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class PingPongBenchmark {
  private static final int ROUNDS = 1000;

  @Param({"GARDENHOSE", "PIPED_64K_FLUSHED", "NIO", "OKIO", "ARRAY_QUEUE"})
  private Peer peer = Peer.GARDENHOSE;

  @Param({"PLATFORM", "VIRTUAL"})
  private ThreadKind kind = ThreadKind.VIRTUAL;

  /// Plays some rounds.
  ///
  /// @throws Exception if a byte is lost
  @Benchmark
  @OperationsPerInvocation(ROUNDS)
  public void rounds() throws Exception {
    new PingPong(peer, kind).rounds(ROUNDS);
  }
}
