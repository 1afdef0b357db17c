package org.gardenhose.spec.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.gardenhose.abi.Errno;
import org.gardenhose.abi.Sys;
import org.gardenhose.abi.SystemCalls;
import org.gardenhose.sys.Kernel;
import org.junit.jupiter.api.Test;

/// Random calls of one process on the kernel and on the model of lists: each has one outcome
/// (L-182).
///
/// `-Dspec.calls=N` makes N calls, `-Dspec.seed=S` begins with seed S.
class KernelModelSpec {
  static final int LENGTH = 200;
  private static final long CALLS = Long.getLong("spec.calls", 5_000_000);
  private static final long SEED = Long.getLong("spec.seed", 1);

  /// Calls between two looks at every descriptor: the looks are calls too, thirty or so each time.
  /// A sequence that is shrunk is looked at after every call.
  private static final int LOOK_EVERY = 5;

  /// Sequences that are looked through for a planted fault.
  private static final int PATIENCE = 500;

  @Test
  void every_sequence_of_calls_comes_to_what_the_model_says_L182() throws Exception {
    Subject parallel = new Engine(Kernel::parallel);
    Subject seeded = new Engine(() -> Kernel.seeded(SEED));
    long half = (CALLS + 1) / 2;
    try (ExecutorService both = Executors.newFixedThreadPool(2)) {
      Callable<Long> odd = () -> run(parallel, SEED, half);
      Callable<Long> even = () -> run(seeded, SEED + 1, half);
      for (Future<Long> calls : both.invokeAll(java.util.List.of(odd, even))) {
        assertThat(calls.get()).isGreaterThanOrEqualTo(half);
      }
    }
  }

  private static long run(Subject subject, long first, long least) throws InterruptedException {
    long calls = 0;
    for (long seed = first; calls < least; seed += 2) {
      calls += run(subject, seed, LOOK_EVERY);
    }
    return calls;
  }

  /// Runs the sequence of one seed and returns how many calls it has; fails with the shortest that
  /// still differs.
  static int run(Subject subject, long seed, int every) throws InterruptedException {
    Play play = Play.drawn(seed, LENGTH, every);
    int calls = subject.run(play);
    if (play.differs()) {
      String found = Shrink.shrink(subject, play.made()).transcript();
      throw new AssertionError(
          "seed %d%n%s%nthe whole sequence:%n%s%nseed %d"
              .formatted(seed, found, play.transcript(), seed));
    }
    return calls;
  }

  @Test
  void a_rule_broken_on_purpose_is_found_and_told_in_a_handful_of_calls() throws Exception {
    // A one-byte tee to a pipe that has something in it already is said to have found no room.
    Subject faulty =
        new Engine(Kernel::parallel) {
          @Override
          SystemCalls calls(Sys sys) {
            return Faulty.calls(
                sys,
                (call, result) ->
                    call.equals("tee") && Long.valueOf(1).equals(result)
                        ? (Long) (long) Errno.EAGAIN.result()
                        : result);
          }
        };

    Play shortest = null;
    for (long seed = 1; shortest == null && seed < PATIENCE; seed++) {
      Play play = Play.drawn(seed, LENGTH, 1);
      faulty.run(play);
      shortest = play.differs() ? Shrink.shrink(faulty, play.made()) : null;
    }

    assertThat(shortest).isNotNull();
    assertThat(shortest.made()).hasSizeLessThanOrEqualTo(6);
    assertThat(shortest.transcript()).contains("tee(").contains("but came to    -11 ");
  }
}
