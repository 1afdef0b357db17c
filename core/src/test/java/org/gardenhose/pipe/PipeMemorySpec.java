package org.gardenhose.pipe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.gardenhose.abi.PipeAbi;
import org.gardenhose.memory.FailingPool;
import org.gardenhose.ring.Ring;
import org.gardenhose.wait.Deadlines;
import org.gardenhose.wait.Uniprocessor;
import org.junit.jupiter.api.Test;

/// Memory that runs out, at every place where a page is asked for: what was moved counts, nothing
/// hangs, and every page comes back.
class PipeMemorySpec {
  private static final int[] WRITES = {1, 5000, 70_000, 4096, 200_000, 3};
  private static final int WRITERS = 2;

  /// Runs two writers and a reader; returns whether memory ran out at all.
  private static boolean runsOut(long seed, int failing, boolean fromThenOn) {
    Uniprocessor machine = new Uniprocessor(seed);
    FailingPool pool = new FailingPool(failing, fromThenOn);
    Ring ring = new Ring(PipeAbi.PIPE_DEF_BUFFERS, 0, pool);
    KernelPipe pipe = new KernelPipe(machine, ring);
    AtomicLong written = new AtomicLong();
    AtomicLong read = new AtomicLong();
    for (int i = 0; i < WRITERS; i++) {
      End end = End.open(pipe, true);
      machine.spawn("writer " + i, () -> write(pipe, end, written));
    }
    End reader = End.open(pipe, false);
    machine.spawn("reader", () -> read(pipe, reader, read));

    machine.run();

    String run = "seed %d, page %d".formatted(seed, failing);
    assertThat(machine.asleep()).as(run).isEmpty();
    assertThat(read.get()).as(run).isEqualTo(written.get());
    assertThat(pool.used()).as(run).isZero();
    return pool.failed();
  }

  private static void write(KernelPipe pipe, End end, AtomicLong written) {
    for (int count : WRITES) {
      try {
        written.addAndGet(pipe.write(end, new byte[count], 0, count, Deadlines.NEVER));
      } catch (OutOfMemoryError e) {
        // Nothing of this write was moved; the next one may be luckier.
        continue;
      }
    }
    pipe.close(true);
  }

  private static void read(KernelPipe pipe, End end, AtomicLong read) {
    byte[] memory = new byte[10_000];
    for (long n; (n = pipe.read(end, memory, 0, memory.length, Deadlines.NEVER)) > 0; ) {
      read.addAndGet(n);
    }
    pipe.close(false);
  }

  @Test
  void one_page_that_cannot_be_had_costs_no_byte_and_wakes_everybody() {
    for (int failing = 1; runsOut(failing, failing, false); failing++) {
      assertThat(failing).isLessThan(1000);
    }
  }

  @Test
  void nor_does_memory_that_is_gone_for_good() {
    for (int failing = 1; runsOut(failing, failing, true); failing++) {
      assertThat(failing).isLessThan(1000);
    }
  }
}
