package org.gardenhose.pipe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.gardenhose.wait.Deadlines;
import org.gardenhose.wait.Uniprocessor;
import org.junit.jupiter.api.Test;

/// Whole runs on a machine with one processor, in an order drawn from a seed.
///
/// `-Dgardenhose.seeds=N` makes N runs, `-Dgardenhose.seed=S` only that one.
class PipeSimulationSpec {
  private static final int SEEDS = 1000;

  @Test
  void every_byte_arrives_and_nobody_is_stuck_in_whatever_order_L180_L183() {
    long only = Long.getLong("gardenhose.seed", -1);
    int seeds = Integer.getInteger("gardenhose.seeds", SEEDS);
    for (long seed = only >= 0 ? only : 0; seed < (only >= 0 ? only + 1 : seeds); seed++) {
      try {
        new Simulation(seed).run();
      } catch (AssertionError e) {
        throw new AssertionError("seed " + seed + "\n" + e.getMessage() + "\nseed " + seed, e);
      }
    }
  }

  @Test
  void the_same_seed_gives_the_same_events() {
    for (long seed = 0; seed < 20; seed++) {
      assertThat(new Simulation(seed).run()).isEqualTo(new Simulation(seed).run());
    }
  }

  @Test
  void a_ring_of_pipes_carries_one_token_round_L180() {
    for (long seed = 0; seed < 50; seed++) {
      Uniprocessor machine = new Uniprocessor(seed);
      int length = new SplittableRandom(seed).nextInt(2, 9);
      List<KernelPipe> pipes = new ArrayList<>();
      for (int i = 0; i < length; i++) {
        pipes.add(new KernelPipe(new Jitter(machine, seed + i), 1));
      }
      int[] rounds = new int[1];
      for (int i = 0; i < length; i++) {
        KernelPipe from = pipes.get(i);
        KernelPipe to = pipes.get((i + 1) % length);
        End reader = End.open(from, false);
        End writer = End.open(to, true);
        boolean first = i == 0;
        machine.spawn("station " + i, () -> carry(reader, writer, first, rounds));
      }

      machine.run();

      assertThat(machine.asleep()).isEmpty();
      assertThat(rounds[0]).isEqualTo(20);
    }
  }

  private static void carry(End reader, End writer, boolean first, int[] rounds) {
    byte[] token = new byte[8];
    if (first) {
      writer.pipe.write(writer, token, 0, 1, Deadlines.NEVER);
    }
    while (reader.pipe.read(reader, token, 0, 8, Deadlines.NEVER) == 1) {
      if (first && ++rounds[0] == 20) {
        break;
      }
      writer.pipe.write(writer, token, 0, 1, Deadlines.NEVER);
    }
    writer.pipe.close(true);
    reader.pipe.close(false);
  }

  @Test
  void whoever_sleeps_at_the_end_has_a_reason_L179_L180() {
    for (long seed = 0; seed < 200; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      Uniprocessor machine = new Uniprocessor(seed);
      KernelPipe pipe = new KernelPipe(new Jitter(machine, seed), 2);
      End reader = End.open(pipe, false);
      End writer = End.open(pipe, true);
      for (int i = 0; i < 6; i++) {
        boolean reads = random.nextBoolean();
        int count = random.nextInt(1, 6000);
        int calls = random.nextInt(1, 6);
        machine.spawn(
            (reads ? "reader " : "writer ") + i,
            () -> {
              for (int call = 0; call < calls; call++) {
                if (reads) {
                  pipe.read(reader, new byte[count], 0, count, Deadlines.NEVER);
                } else {
                  pipe.write(writer, new byte[count], 0, count, Deadlines.NEVER);
                }
              }
            });
      }

      machine.run();

      String who = String.join(" ", machine.asleep());
      assertThat(who.contains("reader") && pipe.readable()).as("seed %d %s", seed, pipe).isFalse();
      assertThat(who.contains("writer") && !pipe.full()).as("seed %d %s", seed, pipe).isFalse();
      pipe.close(true);
      pipe.close(false);
    }
  }
}
