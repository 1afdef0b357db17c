package org.gardenhose.bench.measure;

import java.util.Arrays;
import java.util.List;
import org.gardenhose.bench.BytePipe;
import org.gardenhose.bench.peers.Peer;

/// One byte there over one pipe and back over another: how long is the round trip?
public record PingPong(Peer peer, ThreadKind kind) {
  private static final int CAPACITY = 1 << 16;

  /// Round trips between two looks at the clock.
  private static final int BURST = 20;

  private static final int SAMPLES_MAX = 1 << 20;

  /// Plays that long and returns round trips a second.
  ///
  /// @throws Exception if a pipe cannot be opened
  public double run(long nanos) throws Exception {
    Game game = new Game(peer.open(CAPACITY, 1), peer.open(CAPACITY, 1));
    Thread echo = kind.start(game::echo);
    double[] rate = new double[1];
    Thread player = kind.start(() -> rate[0] = game.play(nanos));
    ThreadKind.join(List.of(player, echo));
    return rate[0];
  }

  /// Plays that many rounds.
  ///
  /// @throws Exception if a pipe cannot be opened
  public void rounds(int count) throws Exception {
    Game game = new Game(peer.open(CAPACITY, 1), peer.open(CAPACITY, 1));
    Thread echo = kind.start(game::echo);
    Thread player = kind.start(() -> game.rounds(count));
    ThreadKind.join(List.of(player, echo));
  }

  /// Plays that long and returns the time of each round trip in nanoseconds, sorted.
  ///
  /// @throws Exception if a pipe cannot be opened
  public long[] times(long nanos) throws Exception {
    Game game = new Game(peer.open(CAPACITY, 1), peer.open(CAPACITY, 1));
    Thread echo = kind.start(game::echo);
    long[] samples = new long[SAMPLES_MAX];
    int[] count = new int[1];
    Thread player = kind.start(() -> count[0] = game.sample(samples, nanos));
    ThreadKind.join(List.of(player, echo));
    long[] times = Arrays.copyOf(samples, count[0]);
    Arrays.sort(times);
    return times;
  }

  /// The two pipes and the loops on them.
  private record Game(BytePipe there, BytePipe back) {
    void echo() throws Exception {
      byte[] ball = new byte[1];
      while (there.read(ball, 0, 1) == 1) {
        back.write(ball, 0, 1);
      }
      back.closeWrite();
    }

    private void rally(byte[] ball, byte value) throws Exception {
      ball[0] = value;
      there.write(ball, 0, 1);
      int n = back.read(ball, 0, 1);
      if (n != 1 || ball[0] != value) {
        throw new IllegalStateException("the ball came back as " + n + ", " + ball[0]);
      }
    }

    double play(long nanos) throws Exception {
      byte[] ball = new byte[1];
      long began = Stopwatch.nanos();
      long end = System.nanoTime() + nanos;
      long rounds = 0;
      while (System.nanoTime() < end) {
        for (int i = 0; i < BURST; i++) {
          rally(ball, (byte) rounds++);
        }
      }
      long spent = Stopwatch.nanos() - began;
      there.closeWrite();
      return rounds * 1e9 / spent;
    }

    void rounds(int count) throws Exception {
      byte[] ball = new byte[1];
      for (int i = 0; i < count; i++) {
        rally(ball, (byte) i);
      }
      there.closeWrite();
    }

    int sample(long[] samples, long nanos) throws Exception {
      byte[] ball = new byte[1];
      long began = System.nanoTime();
      long before = began;
      int count = 0;
      while (count < samples.length && before - began < nanos) {
        rally(ball, (byte) count);
        long now = System.nanoTime();
        samples[count++] = now - before;
        before = now;
      }
      there.closeWrite();
      return count;
    }
  }
}
