package org.gardenhose.bench.jmh;

import java.util.concurrent.TimeUnit;
import org.gardenhose.bench.BytePipe;
import org.gardenhose.bench.peers.Peer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/// **Question.** What does a write and a read cost when nobody waits and nobody competes? With
/// `-prof gc`: how many bytes does it allocate?
///
/// **Expected.** A few tens of nanoseconds and the copies; nothing is allocated.
///
/// **Comparison.** The peers that one thread can use from both sides without a deadlock.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class CallBenchmark {
  private static final int CAPACITY = 1 << 16;

  @Param({"GARDENHOSE", "PIPED_64K", "NIO", "OKIO", "ARRAY_QUEUE"})
  private Peer peer = Peer.GARDENHOSE;

  @Param({"1", "64", "4096"})
  private int chunk;

  private BytePipe pipe = new Closed();
  private byte[] bytes = {};

  /// A pipe that is at its end.
  private static final class Closed implements BytePipe {
    @Override
    public void write(byte[] bytes, int offset, int length) {}

    @Override
    public int read(byte[] bytes, int offset, int length) {
      return -1;
    }

    @Override
    public void closeWrite() {}
  }

  /// Opens the pipe.
  ///
  /// @throws Exception if that fails
  @Setup
  public void open() throws Exception {
    pipe = peer.open(CAPACITY, chunk);
    bytes = new byte[chunk];
  }

  /// Closes it.
  ///
  /// @throws Exception if that fails
  @TearDown
  public void close() throws Exception {
    pipe.closeWrite();
    pipe.closeRead();
  }

  /// Writes and reads.
  ///
  /// @throws Exception if that fails
  @Benchmark
  public int writeAndRead() throws Exception {
    pipe.write(bytes, 0, chunk);
    return pipe.read(bytes, 0, chunk);
  }
}
