package org.gardenhose.bench.measure;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.gardenhose.bench.BytePipe;
import org.gardenhose.bench.peers.Peer;

/// One writer and one reader with nothing to do but to move bytes: how many a second?
///
/// The writer goes on until it is told to stop; the reader checks the pattern by samples and the
/// total exactly.
///
/// @param chunk bytes a write, and at most as many a read
public record Transfer(Peer peer, ThreadKind kind, int capacity, int chunk) {
  /// Bytes in the MiB that results are given in.
  static final double MIB = 1 << 20;

  /// Moves bytes through a fresh pipe for that long and returns MiB a second.
  ///
  /// @throws Exception if the pipe cannot be opened
  /// @throws IllegalStateException if bytes are lost
  public double run(long nanos) throws Exception {
    Run run = new Run(peer.open(capacity, chunk), chunk, Long.MAX_VALUE);
    long began = Stopwatch.nanos();
    run.move(kind, () -> ThreadKind.rest(nanos));
    return run.read / MIB / ((run.ended - began) / 1e9);
  }

  /// Moves that many chunks through a fresh pipe and returns how many bytes came out.
  ///
  /// @throws Exception if the pipe cannot be opened
  /// @throws IllegalStateException if bytes are lost
  public long move(long chunks) throws Exception {
    Run run = new Run(peer.open(capacity, chunk), chunk, chunks);
    run.move(kind, run::awaitWritten);
    return run.read;
  }

  /// The two loops, and what they found.
  private static final class Run {
    private final BytePipe pipe;
    private final int chunk;
    private final long chunks;
    private final CountDownLatch done = new CountDownLatch(1);
    private volatile boolean stop;
    private volatile long written;
    private volatile long read;
    private volatile long ended;

    Run(BytePipe pipe, int chunk, long chunks) {
      this.pipe = pipe;
      this.chunk = chunk;
      this.chunks = chunks;
    }

    /// Starts both sides, and stops them after `pause`.
    void move(ThreadKind kind, ThreadKind.Work pause) throws Exception {
      Thread reader = kind.start(this::read);
      Thread writer = kind.start(this::write);
      pause.run();
      stop = true;
      ThreadKind.join(List.of(writer, reader));
      if (read != written) {
        throw new IllegalStateException(written + " bytes went in, " + read + " came out");
      }
    }

    void awaitWritten() throws InterruptedException {
      done.await();
    }

    void write() throws Exception {
      byte[] bytes = Pattern.chunk(chunk);
      long number = 0;
      while (!stop && number < chunks) {
        Pattern.stamp(bytes, number++);
        pipe.write(bytes, 0, chunk);
      }
      written = number * chunk;
      pipe.closeWrite();
      done.countDown();
    }

    void read() throws Exception {
      byte[] bytes = new byte[chunk];
      long position = 0;
      long reads = 0;
      for (int n = next(bytes); n >= 0; n = next(bytes)) {
        if (Pattern.sampled(reads++, n)) {
          Pattern.check(bytes, n, position, chunk);
        }
        position += n;
      }
      ended = Stopwatch.nanos();
      read = position;
      pipe.closeRead();
    }

    private int next(byte[] bytes) throws Exception {
      return pipe.read(bytes, 0, chunk);
    }
  }
}
