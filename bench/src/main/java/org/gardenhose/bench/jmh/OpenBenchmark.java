package org.gardenhose.bench.jmh;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.gardenhose.Pipe;
import org.gardenhose.bench.BytePipe;
import org.gardenhose.bench.peers.Peer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Warmup;

/// **Question.** What do opening a pipe and closing both its ends cost?
///
/// **Expected.** A handful of small objects and the registration that notices abandoned ends: below
/// 100 nanoseconds.
///
/// **Comparison.** The kernel's pipe through nio, and Okio's.
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class OpenBenchmark {
  private static final int CAPACITY = 1 << 16;

  /// Opens and closes ours.
  @Benchmark
  public Pipe gardenhose() {
    Pipe pipe = Pipe.open();
    pipe.close();
    return pipe;
  }

  /// Opens and closes the kernel's.
  ///
  /// @throws IOException if that fails
  @Benchmark
  public Object nio() throws IOException {
    var pipe = java.nio.channels.Pipe.open();
    pipe.sink().close();
    pipe.source().close();
    return pipe;
  }

  /// Opens and closes Okio's.
  ///
  /// @throws Exception if that fails
  @Benchmark
  public BytePipe okio() throws Exception {
    BytePipe pipe = Peer.OKIO.open(CAPACITY, 1);
    pipe.closeWrite();
    pipe.closeRead();
    return pipe;
  }
}
