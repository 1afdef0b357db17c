package org.gardenhose.bench.jmh;

import java.util.concurrent.TimeUnit;
import org.gardenhose.bench.measure.ThreadKind;
import org.gardenhose.bench.measure.Transfer;
import org.gardenhose.bench.peers.Peer;
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

/// **Question.** How fast do bytes get from one thread to another, by the size of the chunk?
///
/// **Expected.** Large chunks are bound by copying, small ones by the cost of a call and of waking;
/// virtual threads win, since waking one costs a fraction of a microsecond.
///
/// **Comparison.** Every peer, each behind the same interface and with the same capacity. An
/// operation opens a pipe, moves [#AMOUNT] bytes, or fewer in small chunks, and closes it.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 3, jvmArgsAppend = "--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED")
public class ThroughputBenchmark {
  /// Bytes an operation.
  private static final long AMOUNT = 32 << 20;

  /// Chunks an operation at most.
  private static final long CHUNKS_MAX = 1 << 17;

  @Param({
    "GARDENHOSE",
    "PIPED_1K",
    "PIPED_64K",
    "PIPED_64K_FLUSHED",
    "NIO",
    "OKIO",
    "COMMONS_IO",
    "ARRAY_QUEUE",
    "AGRONA"
  })
  private Peer peer = Peer.GARDENHOSE;

  @Param({"PLATFORM", "VIRTUAL"})
  private ThreadKind kind = ThreadKind.VIRTUAL;

  @Param({"65536"})
  private int capacity;

  @Param({"64", "512", "4096", "65536"})
  private int chunk;

  /// Moves the bytes.
  ///
  /// @throws Exception if they do not arrive
  @Benchmark
  public long move() throws Exception {
    long chunks = Math.min(CHUNKS_MAX, AMOUNT / chunk);
    return new Transfer(peer, kind, capacity, chunk).move(chunks);
  }
}
