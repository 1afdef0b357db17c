package org.gardenhose.spec.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.gardenhose.abi.Errno.EINVAL;
import static org.gardenhose.abi.Errno.ENFILE;
import static org.gardenhose.abi.Errno.ENOMEM;
import static org.gardenhose.abi.Errno.EPERM;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.gardenhose.abi.FileAbi;
import org.gardenhose.sys.Kernel;
import org.junit.jupiter.api.Test;

/// What the limits in `/proc/sys/fs` come to: L-14, L-27 to L-29.
///
/// These are no scenarios: to change the limits of the machine would be felt by everybody on it, so
/// they run on a kernel of their own only.
class LimitsSpec {
  private static final String MAX_SIZE = "/proc/sys/fs/pipe-max-size";
  private static final String PAGES_SOFT = "/proc/sys/fs/pipe-user-pages-soft";
  private static final String PAGES_HARD = "/proc/sys/fs/pipe-user-pages-hard";

  private static Outcome set(Stage on, String limit, long value) {
    int fd = on.open(limit, FileAbi.O_WRONLY);
    Outcome outcome = on.write(fd, value + "\n");
    on.close(fd);
    return outcome;
  }

  private static long get(Stage on, String limit) {
    int fd = on.open(limit, FileAbi.O_RDONLY);
    String text = on.text(fd, 100);
    on.close(fd);
    return Long.parseLong(text.strip());
  }

  /// Runs `body` as the first process of a new kernel.
  private static void on(Consumer<Stage> body) throws InterruptedException {
    AtomicReference<Throwable> failure = new AtomicReference<>();
    try (Jvm jvm = new Jvm("limits", Kernel.seeded(1))) {
      jvm.run(
          (sys, _) -> {
            try {
              body.accept(new Stage(jvm, sys));
            } catch (AssertionError | RuntimeException e) {
              failure.set(e);
            }
            return 0;
          });
    }
    assertThat(failure.get()).isNull();
  }

  @Test
  void the_largest_size_is_rounded_up_to_a_power_of_two_pages_L29() throws InterruptedException {
    on(
        on -> {
          set(on, MAX_SIZE, 1).succeeds();
          assertThat(get(on, MAX_SIZE)).isEqualTo(4096);
          set(on, MAX_SIZE, 4097).succeeds();
          assertThat(get(on, MAX_SIZE)).isEqualTo(8192);
          set(on, MAX_SIZE, 0).failsWith(EINVAL);
          set(on, MAX_SIZE, (1L << 31) + 1).failsWith(EINVAL);

          assertThat(get(on, MAX_SIZE)).isEqualTo(8192);
        });
  }

  @Test
  void the_largest_size_is_a_new_pipes_size_if_it_is_small_L28() throws InterruptedException {
    on(
        on -> {
          int[] before = on.pipe();
          set(on, MAX_SIZE, 16384).succeeds();

          int[] fds = on.pipe();

          assertThat(on.size(fds[1])).isEqualTo(16384);
          on.resize(fds[1], 16385).failsWith(EPERM);
          on.resize(fds[1], 4096).returns(4096);
          assertThat(on.size(before[1])).isEqualTo(65536);
        });
  }

  @Test
  void beyond_the_hard_limit_no_pipe_is_made_and_none_grows_L14_L27() throws InterruptedException {
    on(
        on -> {
          set(on, PAGES_HARD, 20).succeeds();
          int[] fds = on.pipe();
          String fifo = on.fifo();
          int[] none = {-7, -7};

          on.expect("pipe", on.sys().pipe(none)).failsWith(ENFILE);
          on.expect("open", on.sys().open(fifo, FileAbi.O_RDWR)).failsWith(ENOMEM);
          on.resize(fds[1], 131_072).failsWith(EPERM);

          assertThat(none).containsExactly(-7, -7);
          on.resize(fds[1], 4096).returns(4096);
          assertThat(on.open(fifo, FileAbi.O_RDWR)).isEqualTo(2);
        });
  }

  @Test
  void zero_is_no_limit_L27() throws InterruptedException {
    on(
        on -> {
          set(on, PAGES_SOFT, 0).succeeds();
          for (int i = 0; i < 70; i++) {
            on.resize(on.pipe()[1], 1 << 20).returns(1 << 20);
          }

          assertThat(on.size(on.pipe()[1])).isEqualTo(65536);
        });
  }

  @Test
  void what_a_pipe_was_charged_is_given_back_at_its_end_L27() throws InterruptedException {
    on(
        on -> {
          set(on, PAGES_HARD, 32).succeeds();
          for (int i = 0; i < 100; i++) {
            int[] fds = on.pipe();
            on.resize(fds[0], 131_072).returns(131_072);
            on.close(fds[0]);
            on.close(fds[1]);
          }

          on.pipe();
        });
  }
}
