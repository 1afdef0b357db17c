package org.gardenhose.bench.measure;

import java.util.List;
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
    Run run = new Run(peer.open(capacity, chunk), chunk);
    long began = System.nanoTime();
    Thread reader = kind.start(run::read);
    Thread writer = kind.start(run::write);
    ThreadKind.rest(nanos);
    run.stop = true;
    ThreadKind.join(List.of(writer, reader));
    if (run.read != run.written) {
      throw new IllegalStateException(run.written + " bytes went in, " + run.read + " came out");
    }
    return run.read / MIB / ((run.ended - began) / 1e9);
  }

  /// The two loops, and what they found.
  private static final class Run {
    private final BytePipe pipe;
    private final int chunk;
    private volatile boolean stop;
    private volatile long written;
    private volatile long read;
    private volatile long ended;

    Run(BytePipe pipe, int chunk) {
      this.pipe = pipe;
      this.chunk = chunk;
    }

    void write() throws Exception {
      byte[] bytes = Pattern.chunk(chunk);
      long number = 0;
      while (!stop) {
        Pattern.stamp(bytes, number++);
        pipe.write(bytes, 0, chunk);
      }
      written = number * chunk;
      pipe.closeWrite();
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
      ended = System.nanoTime();
      read = position;
      pipe.closeRead();
    }

    private int next(byte[] bytes) throws Exception {
      return pipe.read(bytes, 0, chunk);
    }
  }
}
