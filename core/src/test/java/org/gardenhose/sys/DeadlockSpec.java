package org.gardenhose.sys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.gardenhose.abi.Program;
import org.gardenhose.abi.Sys;
import org.junit.jupiter.api.Test;

/// Who waits for whom, and who can never run again: exact on one processor, never false on several.
class DeadlockSpec {
  private static final int MORE_THAN_FITS = 100_000;

  /// A child reads a pipe whose write end it forgot to close.
  private static int forgottenWriteEnd(Sys sys, List<String> argv) {
    int[] fds = new int[2];
    sys.pipe(fds);
    sys.fork(
        child -> {
          child.read(fds[0], ByteBuffer.allocate(1));
          return 0;
        });
    sys.close(fds[0]);
    sys.close(fds[1]);
    sys.wait(null);
    return 0;
  }

  /// Two children write to each other more than fits, and neither reads.
  private static int circle(Sys sys, List<String> argv) {
    int[] there = new int[2];
    int[] back = new int[2];
    sys.pipe(there);
    sys.pipe(back);
    sys.fork(child -> write(child, there[1], new int[] {there[0], back[1]}));
    sys.fork(child -> write(child, back[1], new int[] {there[1], back[0]}));
    for (int fd : new int[] {there[0], there[1], back[0], back[1]}) {
      sys.close(fd);
    }
    sys.wait(null);
    sys.wait(null);
    return 0;
  }

  private static int write(Sys sys, int fd, int[] unneeded) {
    for (int closed : unneeded) {
      sys.close(closed);
    }
    sys.write(fd, ByteBuffer.allocate(MORE_THAN_FITS));
    return 0;
  }

  private static List<String> reasons(Program program) {
    DeadlockException[] thrown = new DeadlockException[1];
    assertThatThrownBy(() -> Kernel.seeded(1).run(program))
        .isInstanceOfSatisfying(DeadlockException.class, e -> thrown[0] = e);
    return thrown[0].reasons();
  }

  @Test
  void a_reader_that_holds_the_write_end_itself_is_named_with_its_descriptor() {
    assertThat(reasons(DeadlockSpec::forgottenWriteEnd))
        .containsExactly(
            "proc 1 (init) waits for a child",
            "proc 2 (init) waits for end of file on pipe:[1], and holds its only write end open as"
                + " fd 1");
  }

  @Test
  void a_circle_of_full_pipes_is_named_pipe_by_pipe() {
    assertThat(reasons(DeadlockSpec::circle))
        .containsExactly(
            "proc 1 (init) waits for a child",
            "proc 2 (init) waits for room in pipe:[1], which is full, whose read end is held by"
                + " proc 3 (init) as fd 0",
            "proc 3 (init) waits for room in pipe:[2], which is full, whose read end is held by"
                + " proc 2 (init) as fd 2");
  }

  @Test
  void in_parallel_the_dead_are_found_while_others_run() throws Exception {
    for (Program deadly : List.<Program>of(DeadlockSpec::forgottenWriteEnd, DeadlockSpec::circle)) {
      Kernel kernel = Kernel.parallel();
      CompletableFuture<Integer> dying = start(kernel, deadly);
      CompletableFuture<Integer> busy = start(kernel, DeadlockSpec::talkForEver);

      while (kernel.waits().stream().filter(Waiting::dead).count() < 2) {
        assertThat(dying).isNotDone();
        Thread.onSpinWait();
      }

      assertThat(kernel.waits())
          .filteredOn(Waiting::dead)
          .extracting(Waiting::what)
          .noneMatch(what -> what.contains("pipe:[0]"));
      kernel.close();
      assertThat(dying.get()).isEqualTo(137);
      assertThat(busy.get()).isEqualTo(137);
    }
  }

  @Test
  void two_that_talk_to_each_other_are_never_called_dead() throws Exception {
    Kernel kernel = Kernel.parallel();
    CompletableFuture<Integer> busy = start(kernel, DeadlockSpec::talkForEver);

    for (int looks = 0; looks < 20_000; looks++) {
      assertThat(kernel.waits()).noneMatch(Waiting::dead);
    }

    kernel.close();
    assertThat(busy.get()).isEqualTo(137);
  }

  /// Two processes pass a byte to and fro, so that one of them nearly always waits.
  private static int talkForEver(Sys sys, List<String> argv) {
    int[] there = new int[2];
    int[] back = new int[2];
    sys.pipe(there);
    sys.pipe(back);
    sys.fork(child -> pass(child, there[0], back[1]));
    sys.write(there[1], ByteBuffer.allocate(1));
    return pass(sys, back[0], there[1]);
  }

  private static int pass(Sys sys, int from, int to) {
    ByteBuffer memory = ByteBuffer.allocate(1);
    while (sys.read(from, memory.clear()) == 1) {
      sys.write(to, memory.flip());
    }
    return 0;
  }

  private static CompletableFuture<Integer> start(Kernel kernel, Program program) {
    CompletableFuture<Integer> status = new CompletableFuture<>();
    Thread.startVirtualThread(
        () -> {
          try {
            status.complete(kernel.run(program));
          } catch (Throwable thrown) {
            status.completeExceptionally(thrown);
          }
        });
    return status;
  }
}
