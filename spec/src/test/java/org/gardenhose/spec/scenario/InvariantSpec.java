package org.gardenhose.spec.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.gardenhose.abi.PipeAbi.O_DIRECT;
import static org.gardenhose.abi.PipeAbi.O_NONBLOCK;
import static org.gardenhose.abi.PipeAbi.PAGE_SIZE;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import org.gardenhose.abi.FileAbi;
import org.junit.jupiter.api.Nested;

/// What holds after whatever calls: L-175, L-176, L-182.
class InvariantSpec {
  private static final int STEPS = 1500;

  /// Counts around which a pipe changes its mind.
  private static final int[] COUNTS = {
    0, 1, 2, 100, 2048, 2049, 4095, 4096, 4097, 8191, 8193, 65535, 65536, 65537
  };

  private static int count(Random random) {
    return COUNTS[random.nextInt(COUNTS.length)];
  }

  /// Makes one call, drawn from `random`, on a pipe and returns what it came to.
  private static long step(Stage on, Random random, int[] fds) {
    int what = random.nextInt(8);
    int count = count(random);
    return switch (what) {
      case 0, 1, 2 -> on.sys().write(fds[1], Stage.bytes(count));
      case 3, 4 -> on.sys().read(fds[0], ByteBuffer.allocate(count));
      case 5 -> on.sys().fcntl(fds[1], FileAbi.F_SETPIPE_SZ, count * 2L);
      case 6 -> on.sys().fcntl(fds[1], FileAbi.F_SETFL, O_NONBLOCK | (count & 1) * O_DIRECT);
      default -> on.available(fds[0]);
    };
  }

  @Nested
  class What_is_in_a_pipe {
    @Scenario("L-175")
    void is_what_was_written_and_not_read(Stage on) {
      Random random = new Random(1);
      int[] fds = on.pipe(O_NONBLOCK);
      long inside = 0;
      for (int i = 0; i < STEPS; i++) {
        int count = count(random);
        if (random.nextBoolean()) {
          inside += Math.max(0, on.sys().write(fds[1], Stage.bytes(count)));
        } else {
          inside -= Math.max(0, on.sys().read(fds[0], ByteBuffer.allocate(count)));
        }

        assertThat(on.available(fds[0])).as("after %d calls", i).isEqualTo((int) inside);
      }
    }

    @Scenario("L-175")
    void is_less_what_reads_of_packets_threw_away(Stage on) {
      Random random = new Random(2);
      int[] fds = on.pipe(O_NONBLOCK | O_DIRECT);
      Deque<Integer> packets = new ArrayDeque<>();
      for (int i = 0; i < STEPS; i++) {
        int count = 1 + random.nextInt(PAGE_SIZE);
        if (random.nextBoolean()) {
          if (on.sys().write(fds[1], Stage.bytes(count)) > 0) {
            packets.add(count);
          }
        } else if (!packets.isEmpty()) {
          on.read(fds[0], count).returns(Math.min(count, packets.remove()));
        }

        int sum = packets.stream().mapToInt(Integer::intValue).sum();
        assertThat(on.available(fds[0])).as("after %d calls", i).isEqualTo(sum);
        assertThat(packets.size()).isLessThanOrEqualTo(16);
      }
    }

    @Scenario("L-176")
    void is_never_more_than_its_size_which_is_a_power_of_two_pages(Stage on) {
      Random random = new Random(3);
      int[] fds = on.pipe(O_NONBLOCK);
      for (int i = 0; i < STEPS; i++) {
        step(on, random, fds);

        long size = on.size(fds[0]);
        assertThat(size).isGreaterThanOrEqualTo(PAGE_SIZE);
        assertThat(Long.bitCount(size)).isEqualTo(1);
        assertThat((long) on.available(fds[0])).isLessThanOrEqualTo(size);
      }
    }
  }

  @Nested
  class The_same_calls {
    @Scenario("L-182")
    void come_to_the_same_on_every_pipe(Stage on) {
      List<Long> first = new ArrayList<>();
      List<Long> second = new ArrayList<>();
      for (List<Long> results : List.of(first, second)) {
        Random random = new Random(4);
        int[] fds = on.pipe(O_NONBLOCK);
        for (int i = 0; i < STEPS; i++) {
          results.add(step(on, random, fds));
          results.add((long) on.available(fds[0]));
          results.add(on.size(fds[0]));
        }
      }

      assertThat(second).isEqualTo(first);
    }
  }
}
