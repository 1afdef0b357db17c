package org.gardenhose.bench.measure;

import java.util.ArrayList;
import java.util.List;
import org.gardenhose.bench.BytePipe;
import org.gardenhose.bench.peers.Peer;

/// One byte in one pipe among many threads: each takes it and puts it back, as make's job server
/// does. How long is a pass from one thread to another?
///
/// **Not counted.** A thread that takes what it has just put back.
public record Token(ThreadKind kind, int threads) {
  private static final int CAPACITY = 1 << 16;

  /// Passes it for that long and returns passes a second.
  ///
  /// @throws Exception if the pipe cannot be opened
  public double run(long nanos) throws Exception {
    Ring ring = new Ring(Peer.GARDENHOSE.open(CAPACITY, 1));
    List<Thread> takers = new ArrayList<>();
    for (int i = 1; i <= threads; i++) {
      int self = i;
      takers.add(kind.start(() -> ring.take(self)));
    }
    for (Thread taker : takers) {
      Wake.awaitParked(taker);
    }
    long began = System.nanoTime();
    ring.pipe.write(new byte[1], 0, 1);
    ThreadKind.rest(nanos);
    ring.stop = true;
    ThreadKind.join(takers);
    return Math.max(1, ring.passes) * 1e9 / (System.nanoTime() - began);
  }

  /// The pipe and what the holder of the token writes.
  private static final class Ring {
    private final BytePipe pipe;
    private volatile boolean stop;
    private int holder;
    private long passes;

    Ring(BytePipe pipe) {
      this.pipe = pipe;
    }

    void take(int self) throws Exception {
      byte[] token = new byte[1];
      while (pipe.read(token, 0, 1) == 1) {
        if (holder != self) {
          holder = self;
          passes++;
        }
        pipe.write(token, 0, 1);
        if (stop) {
          return;
        }
      }
    }
  }
}
