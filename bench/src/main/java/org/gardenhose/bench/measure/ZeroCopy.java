package org.gardenhose.bench.measure;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayList;
import java.util.List;
import org.gardenhose.Pipe;
import org.gardenhose.ReadEnd;
import org.gardenhose.WriteEnd;

/// Pages passed on by reference: how many bytes a second, as if they had been copied?
///
/// Each operation moves a full pipe of 64 KiB, as the kernel's counterparts do.
public final class ZeroCopy {
  private static final int BATCH = 1 << 16;
  private static final int PAGES = BATCH / 4096;

  /// Operations between two looks at the clock.
  private static final int BURST = 32;

  private ZeroCopy() {}

  /// An operation on pages; returns how many bytes it moved.
  @FunctionalInterface
  private interface Operation {
    long run() throws IOException;
  }

  private static double repeat(long nanos, Operation operation) throws IOException {
    long began = System.nanoTime();
    long spent = 0;
    long total = 0;
    while (spent < nanos) {
      for (int i = 0; i < BURST; i++) {
        total += operation.run();
      }
      spent = System.nanoTime() - began;
    }
    return total / Transfer.MIB / (spent / 1e9);
  }

  private static Pipe full() throws IOException {
    Pipe pipe = Pipe.open(BATCH);
    pipe.writeEnd().write(Pattern.chunk(BATCH));
    return pipe;
  }

  private static void requirePattern(Pipe pipe) throws IOException {
    byte[] bytes = new byte[BATCH];
    int n = pipe.readEnd().read(bytes);
    Pattern.check(bytes, n, 0, BATCH);
  }

  /// Splices sixteen pages to another pipe and back, in one thread.
  ///
  /// @throws IOException never
  public static double splice(long nanos) throws IOException {
    Pipe a = full();
    Pipe b = Pipe.open(BATCH);
    double rate =
        repeat(
            nanos,
            () ->
                a.readEnd().splice(b.writeEnd(), BATCH) + b.readEnd().splice(a.writeEnd(), BATCH));
    requirePattern(a);
    return rate;
  }

  /// Tees sixteen pages to another pipe and drops them by closing that one.
  ///
  /// @throws IOException never
  public static double teeAndDrop(long nanos) throws IOException {
    Pipe a = full();
    double rate =
        repeat(
            nanos,
            () -> {
              Pipe b = Pipe.open(BATCH);
              long n = a.readEnd().tee(b.writeEnd(), BATCH);
              b.close();
              return n;
            });
    requirePattern(a);
    return rate;
  }

  /// Tees sixteen pages to several pipes and drops them; returns the nanoseconds a page and pipe.
  ///
  /// @throws IOException never
  public static double teeToMany(int pipes, long nanos) throws IOException {
    Pipe a = full();
    double mib =
        repeat(
            nanos,
            () -> {
              for (int i = 0; i < pipes; i++) {
                Pipe b = Pipe.open(BATCH);
                a.readEnd().tee(b.writeEnd(), BATCH);
                b.close();
              }
              return (long) pipes * BATCH;
            });
    requirePattern(a);
    return 1e9 / (mib * Transfer.MIB / BATCH * PAGES);
  }

  /// Gives arrays away in one thread and takes the pages out in another, which drops them.
  ///
  /// @param bySplice whether by splicing into pipes that are then closed, or by `transferTo` to a
  ///     channel that ignores them
  /// @throws InterruptedException if interrupted
  public static double gift(ThreadKind kind, boolean bySplice, long nanos)
      throws InterruptedException {
    Pipe pipe = Pipe.open(BATCH);
    long[] total = new long[1];
    long began = System.nanoTime();
    Thread reader =
        kind.start(() -> total[0] = bySplice ? dropAll(pipe.readEnd()) : sinkAll(pipe.readEnd()));
    Thread writer = kind.start(() -> give(pipe.writeEnd(), began + nanos));
    ThreadKind.join(List.of(writer, reader));
    return total[0] / Transfer.MIB / ((System.nanoTime() - began) / 1e9);
  }

  private static void give(WriteEnd out, long end) throws IOException {
    byte[] bytes = Pattern.chunk(BATCH);
    do {
      for (int i = 0; i < BURST; i++) {
        out.gift(bytes, 0, BATCH);
      }
    } while (System.nanoTime() < end);
    out.close();
  }

  private static long dropAll(ReadEnd in) throws IOException {
    long total = 0;
    for (; ; ) {
      try (Pipe sink = Pipe.open(BATCH)) {
        long n = in.splice(sink.writeEnd(), BATCH);
        if (n == ReadEnd.END_OF_STREAM) {
          return total;
        }
        total += n;
      }
    }
  }

  private static long sinkAll(ReadEnd in) throws IOException {
    return in.transferTo(new Sink());
  }

  /// A channel that takes all and keeps nothing.
  private static final class Sink implements WritableByteChannel {
    @Override
    public int write(ByteBuffer buffer) {
      int n = buffer.remaining();
      buffer.position(buffer.limit());
      return n;
    }

    @Override
    public boolean isOpen() {
      return true;
    }

    @Override
    public void close() {}
  }

  /// Copies into the first of several pipes, splices from each to the next, and reads the last.
  ///
  /// @param stages how many stages splice in between
  /// @throws InterruptedException if interrupted
  public static double chain(ThreadKind kind, int stages, long nanos) throws InterruptedException {
    List<Pipe> pipes = new ArrayList<>();
    for (int i = 0; i <= stages; i++) {
      pipes.add(Pipe.open(BATCH));
    }
    List<Thread> threads = new ArrayList<>();
    long[] total = new long[1];
    long began = System.nanoTime();
    threads.add(kind.start(() -> pour(pipes.getFirst().writeEnd(), began + nanos)));
    for (int i = 0; i < stages; i++) {
      ReadEnd in = pipes.get(i).readEnd();
      WriteEnd out = pipes.get(i + 1).writeEnd();
      threads.add(kind.start(() -> pass(in, out)));
    }
    threads.add(kind.start(() -> total[0] = count(pipes.getLast().readEnd())));
    ThreadKind.join(threads);
    return total[0] / Transfer.MIB / ((System.nanoTime() - began) / 1e9);
  }

  private static void pour(WriteEnd out, long end) throws IOException {
    byte[] bytes = Pattern.chunk(BATCH);
    for (long number = 0; number == 0 || System.nanoTime() < end; number++) {
      Pattern.stamp(bytes, number);
      out.write(bytes);
    }
    out.close();
  }

  private static void pass(ReadEnd in, WriteEnd out) throws IOException {
    while (in.splice(out, Long.MAX_VALUE) != ReadEnd.END_OF_STREAM) {
      continue;
    }
    out.close();
  }

  private static long count(ReadEnd in) throws IOException {
    byte[] bytes = new byte[BATCH];
    long position = 0;
    for (int n = in.read(bytes); n >= 0; n = in.read(bytes)) {
      Pattern.check(bytes, n, position, BATCH);
      position += n;
    }
    return position;
  }
}
