package org.gardenhose.sys;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLong;
import org.gardenhose.abi.Sys;
import org.junit.jupiter.api.Test;

/// make's jobserver: many processes that wait for a few tokens in one pipe. Each token wakes one of
/// them, not the herd (L-88, L-89, L-92; Linux 0ddad21d3e99).
class JobserverSpec {
  private static final int JOBS = 64;
  private static final int ROUNDS = 50;
  private static final int TOKENS = 4;

  private final AtomicLong sleeps = new AtomicLong();
  private final AtomicLong taken = new AtomicLong();

  private void run(Kernel kernel) throws Exception {
    int status =
        kernel.run(
            (sys, _) -> {
              int[] fds = new int[2];
              sys.pipe(fds);
              for (int i = 0; i < JOBS; i++) {
                sys.fork(child -> job(kernel, child, fds));
              }
              sys.write(fds[1], ByteBuffer.allocate(TOKENS));
              for (int i = 0; i < JOBS; i++) {
                sys.wait(null);
              }
              return 0;
            });

    assertThat(status).isZero();
    assertThat(taken.get()).isEqualTo((long) JOBS * ROUNDS);
  }

  private int job(Kernel kernel, Sys sys, int[] fds) {
    ByteBuffer token = ByteBuffer.allocate(1);
    for (int round = 0; round < ROUNDS; round++) {
      if (sys.read(fds[0], token.clear()) == 1) {
        taken.incrementAndGet();
      }
      sys.schedYield();
      sys.write(fds[1], token.flip());
    }
    // Each sleep counts at its beginning and at its end.
    sleeps.addAndGet(kernel.procs().find(sys.getpid()).tasks().getFirst().sleeps() / 2);
    return 0;
  }

  @Test
  void on_one_processor_a_token_wakes_one_process() throws Exception {
    for (long seed = 1; seed <= 10; seed++) {
      sleeps.set(0);
      taken.set(0);
      run(Kernel.seeded(seed));

      // A newcomer may take the token before the one that was woken, which then sleeps once more.
      assertThat((double) sleeps.get() / taken.get()).as("seed " + seed).isLessThan(1.2);
    }
  }

  @Test
  void in_parallel_a_token_wakes_one_process() throws Exception {
    run(Kernel.parallel());

    assertThat((double) sleeps.get() / taken.get()).isLessThan(1.2);
  }
}
