package org.gardenhose.pipe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.gardenhose.wait.Deadlines;
import org.junit.jupiter.api.Test;

/// A write may copy straight to a reader that waits. Nobody can tell: everything afterwards is as
/// if the bytes had gone through the ring.
class PipeHandOverSpec {
  @Test
  void everything_afterwards_is_as_if_the_bytes_had_gone_through_the_ring_L44_L48() {
    for (long seed = 0; seed < 500; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      int asked = size(random);
      int written = size(random);
      int slots = 16 << random.nextInt(2);
      Scene waiting = Scene.open(slots);
      Scene through = Scene.open(slots);

      byte[] seen = new byte[asked];
      Call reader =
          waiting.start(
              "reader", () -> waiting.pipe.read(waiting.reader, seen, 0, asked, Deadlines.NEVER));
      List<String> direct = new ArrayList<>();
      direct.add("" + waiting.write(written));
      List<String> around = new ArrayList<>();
      around.add("" + through.write(written));
      byte[] expected = new byte[asked];
      long n = through.pipe.read(through.reader, expected, 0, asked, Deadlines.NOW);

      reader.returns(n);
      assertThat(seen).as("seed %d", seed).isEqualTo(expected);
      continueWith(waiting, new SplittableRandom(seed), direct);
      continueWith(through, new SplittableRandom(seed), around);
      assertThat(direct).as("seed %d", seed).isEqualTo(around);
    }
  }

  /// Reads and writes at random, and notes what that comes to.
  private static void continueWith(Scene scene, SplittableRandom random, List<String> events) {
    for (int i = 0; i < 20; i++) {
      int count = size(random);
      if (random.nextBoolean()) {
        events.add("write %d = %d".formatted(count, scene.write(count)));
      } else {
        String text = scene.text(count);
        events.add("read %d = %d %s".formatted(count, text.length(), text.hashCode()));
      }
      events.add(
          "%d bytes, %d slots, %d %d"
              .formatted(
                  scene.available(), scene.occupancy(), scene.pollRead(), scene.pollWrite()));
    }
  }

  private static int size(SplittableRandom random) {
    int[] edges = {2, 100, 4096, 8192, 20000, 65536};
    int edge = edges[random.nextInt(edges.length)];
    return random.nextBoolean() ? Math.max(1, edge - random.nextInt(3)) : random.nextInt(edge) + 1;
  }
}
