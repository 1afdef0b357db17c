package org.gardenhose.bench.jmh;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.gardenhose.Pipe;
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
import org.openjdk.jmh.annotations.Warmup;

/// **Question.** What does it cost to pass pages on instead of bytes?
///
/// **Expected.** About ten nanoseconds a page, whatever is in it.
///
/// **Comparison.** A write and a read of as many bytes; `bench/run --only Z1,Z2,Z3` has the
/// kernel's splice, tee and vmsplice beside it.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class PagesBenchmark {
  private static final int PAGE = 4096;

  @Param({"1", "16"})
  private int pages;

  private final Pipe full = Pipe.open();
  private final Pipe empty = Pipe.open();
  private byte[] bytes = {};

  /// Fills the first pipe with pages.
  ///
  /// @throws IOException never
  @Setup
  public void fill() throws IOException {
    bytes = new byte[pages * PAGE];
    full.writeEnd().write(bytes);
  }

  /// Splices the pages to the other pipe and back.
  ///
  /// @throws IOException never
  @Benchmark
  public long spliceThereAndBack() throws IOException {
    long n = full.readEnd().splice(empty.writeEnd(), bytes.length);
    return n + empty.readEnd().splice(full.writeEnd(), bytes.length);
  }

  /// Shares the pages with the other pipe, which then copies them out.
  ///
  /// @throws IOException never
  @Benchmark
  public long teeAndRead() throws IOException {
    full.readEnd().tee(empty.writeEnd(), bytes.length);
    return empty.readEnd().read(bytes);
  }

  /// Gives an array to the other pipe, which copies it out.
  ///
  /// @throws IOException never
  @Benchmark
  public long giftAndRead() throws IOException {
    empty.writeEnd().gift(bytes, 0, bytes.length);
    return empty.readEnd().read(bytes);
  }

  /// Copies in and out.
  ///
  /// @throws IOException never
  @Benchmark
  public long writeAndRead() throws IOException {
    empty.writeEnd().write(bytes);
    return empty.readEnd().read(bytes);
  }
}
