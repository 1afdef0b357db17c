package org.gardenhose.sys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.gardenhose.sys.Traces.bytes;
import static org.gardenhose.sys.Traces.callsOf;
import static org.gardenhose.sys.Traces.pipe;
import static org.gardenhose.sys.Traces.room;
import static org.gardenhose.sys.Traces.trace;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.gardenhose.abi.Errno;
import org.gardenhose.abi.PipeAbi;
import org.gardenhose.abi.ProcAbi;
import org.gardenhose.abi.SigAction;
import org.gardenhose.abi.Signal;
import org.gardenhose.abi.Sys;
import org.gardenhose.transcript.Event;
import org.gardenhose.transcript.Line;
import org.gardenhose.transcript.Transcript;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What a traced kernel says of its tasks, in the words that strace has for it.
@Timeout(60)
class TraceSpec {
  private static final int FULL = 16 * PipeAbi.PAGE_SIZE;

  // ---- Order.

  @Test
  void results_stand_in_column_40() throws InterruptedException {
    List<Line> lines = new ArrayList<>();
    Kernel kernel = Kernel.seeded(1);
    kernel.trace(TraceOptions.ALL, lines::add);

    kernel.run((sys, _) -> (int) sys.close(3));

    assertThat(lines.getFirst())
        .hasToString("[pid 1] close(3)                        = -1 EBADF (Bad file descriptor)");
  }

  @Test
  void a_call_is_parted_where_another_task_s_line_comes_and_only_there() {
    List<String> lines =
        trace(
            (sys, _) -> {
              int[] fds = pipe(sys);
              sys.fork(
                  child -> {
                    child.nanosleep(1000);
                    child.write(fds[1], bytes("hello\n"));
                    return 0;
                  });
              sys.read(fds[0], room(100));
              sys.wait(null);
              return 0;
            });

    assertThat(lines)
        .startsWith("[pid 1] pipe([0, 1]) = 0", "[pid 1] fork() = 2")
        .containsSubsequence(
            "[pid 1] read(0,  <unfinished ...>",
            "[pid 2] write(1, \"hello\\n\", 6) = 6",
            "[pid 1] <... read resumed>\"hello\\n\", 100) = 6")
        .endsWith("[pid 1] exit_group(0) = ?", "[pid 1] +++ exited with 0 +++");
  }

  @Test
  void in_parallel_no_line_is_lost_and_each_half_has_its_other() throws Exception {
    for (int run = 0; run < 20; run++) {
      List<Line> lines = new ArrayList<>();
      Kernel kernel = Kernel.parallel();
      kernel.trace(TraceOptions.ALL, lines::add);
      kernel.run(TraceSpec::manyTalkers);
      Map<Integer, String> open = new HashMap<>();
      int writes = 0;
      for (Line line : lines) {
        switch (line.event()) {
          case Event.Unfinished begun -> assertThat(open.put(line.pid(), begun.name())).isNull();
          case Event.Resumed rest -> {
            assertThat(open.remove(line.pid())).isEqualTo(rest.name());
            writes += rest.name().equals("write") ? 1 : 0;
          }
          case Event.Call call -> {
            assertThat(open).doesNotContainKey(line.pid());
            writes += call.name().equals("write") ? 1 : 0;
          }
          default -> assertThat(open).doesNotContainKey(line.pid());
        }
      }
      assertThat(open).isEmpty();
      assertThat(writes).isEqualTo(8 * 50);
      assertThat(lines.stream().filter(line -> line.event() instanceof Event.Exited)).hasSize(9);
    }
  }

  private static int manyTalkers(Sys sys, List<String> argv) {
    int[] fds = pipe(sys);
    for (int i = 0; i < 8; i++) {
      sys.fork(
          child -> {
            for (int n = 0; n < 50; n++) {
              child.write(fds[1], bytes("abc"));
            }
            return 0;
          });
    }
    for (int left = 8 * 50 * 3; left > 0; ) {
      left -= (int) sys.read(fds[0], room(100));
    }
    for (int i = 0; i < 8; i++) {
      sys.wait(null);
    }
    return 0;
  }

  @Test
  void what_is_printed_can_be_read_again() throws Exception {
    List<Line> lines = new ArrayList<>();
    Kernel kernel = Kernel.parallel();
    kernel.trace(TraceOptions.ALL.withFiles(), lines::add);
    kernel.run(TraceSpec::manyTalkers);

    String text = Transcript.print(lines);

    assertThat(Transcript.print(Transcript.parse("trace", text))).isEqualTo(text);
  }

  // ---- Signals.

  @Test
  void a_call_that_a_handler_restarts_is_shown_interrupted_and_made_again() {
    assertThat(interrupted(ProcAbi.SA_RESTART))
        .containsSubsequence(
            "[pid 2] kill(1, SIGUSR1) = 0",
            "[pid 1] <... read resumed>ADDR, 9) = ? ERESTARTSYS"
                + " (To be restarted if SA_RESTART is set)",
            "[pid 1] --- SIGUSR1 {si_signo=SIGUSR1, si_code=SI_USER, si_pid=2, si_uid=0} ---",
            "[pid 1] getpid() = 1",
            "[pid 1] read(0,  <unfinished ...>",
            "[pid 1] <... read resumed>\"x\", 9) = 1");
  }

  @Test
  void a_call_that_no_handler_restarts_is_shown_interrupted_and_not_again() {
    assertThat(interrupted(0))
        .containsSubsequence(
            "[pid 1] <... read resumed>ADDR, 9) = ? ERESTARTSYS"
                + " (To be restarted if SA_RESTART is set)",
            "[pid 1] getpid() = 1",
            "[pid 1] exit_group(1) = ?")
        .noneMatch(line -> line.contains("EINTR"));
  }

  private static List<String> interrupted(int flags) {
    return trace(
        (sys, _) -> {
          int[] fds = pipe(sys);
          int usr1 = Signal.SIGUSR1.number();
          sys.sigaction(usr1, SigAction.handler(_ -> sys.getpid(), flags), null);
          sys.fork(
              child -> {
                child.nanosleep(1000);
                child.kill(1, usr1);
                child.nanosleep(1000);
                child.write(fds[1], bytes("x"));
                return 0;
              });
          return sys.read(fds[0], room(9)) == Errno.EINTR.result() ? 1 : 0;
        });
  }

  @Test
  void SIGPIPE_comes_after_the_call_that_failed_and_ends_the_process() {
    List<String> lines =
        trace(
            (sys, _) -> {
              int[] fds = pipe(sys);
              sys.close(fds[0]);
              sys.write(fds[1], bytes("x"));
              return 0;
            });

    assertThat(lines)
        .endsWith(
            "[pid 1] write(1, \"x\", 1) = -1 EPIPE (Broken pipe)",
            "[pid 1] --- SIGPIPE {si_signo=SIGPIPE, si_code=SI_USER, si_pid=1, si_uid=0} ---",
            "[pid 1] +++ killed by SIGPIPE +++");
  }

  @Test
  void a_process_that_is_killed_in_a_call_has_its_line_ended() {
    List<String> lines =
        trace(
            (sys, _) -> {
              int[] fds = pipe(sys);
              long reader = sys.fork(child -> (int) child.read(fds[0], room(1)));
              int[] full = pipe(sys);
              sys.write(full[1], room(FULL));
              long writer = sys.fork(child -> (int) child.write(full[1], room(1)));
              sys.nanosleep(1000);
              sys.kill(reader, Signal.SIGKILL.number());
              sys.kill(writer, Signal.SIGKILL.number());
              int[] word = new int[1];
              sys.wait4(reader, word, 0);
              sys.wait4(writer, word, 0);
              return 0;
            });

    assertThat(lines)
        .contains(
            "[pid 2] <... read resumed> <unfinished ...>) = ?",
            "[pid 2] +++ killed by SIGKILL +++",
            "[pid 3] <... write resumed>) = ?",
            "[pid 3] +++ killed by SIGKILL +++")
        .anyMatch(
            line -> line.contains("[{WIFSIGNALED(s) && WTERMSIG(s) == SIGKILL}], 0, NULL) = 3"));
  }

  @Test
  void a_child_s_end_is_told_to_a_handler_with_its_status() {
    List<String> lines =
        trace(
            (sys, _) -> {
              sys.sigaction(Signal.SIGCHLD.number(), SigAction.handler(_ -> {}, 0), null);
              sys.fork(child -> (int) child.nanosleep(1000) + 7);
              sys.pause();
              return 0;
            });

    assertThat(lines)
        .contains(
            "[pid 1] <... pause resumed>) = ? ERESTARTNOHAND (To be restarted if no handler)",
            "[pid 1] --- SIGCHLD {si_signo=SIGCHLD, si_code=CLD_EXITED, si_pid=2, si_uid=0,"
                + " si_status=7, si_utime=0, si_stime=0} ---");
  }

  @Test
  void an_alarm_comes_from_the_kernel() {
    assertThat(
            callsOf(
                (sys, _) -> {
                  sys.sigaction(Signal.SIGALRM.number(), SigAction.handler(_ -> {}, 0), null);
                  sys.alarm(2);
                  sys.pause();
                  return 0;
                }))
        .endsWith(
            "alarm(2) = 0",
            "pause() = ? ERESTARTNOHAND (To be restarted if no handler)",
            "--- SIGALRM {si_signo=SIGALRM, si_code=SI_KERNEL} ---");
  }

  @Test
  void a_stopped_process_is_shown_so_and_its_sleep_resumed_by_the_call_that_knows_the_deadline() {
    List<String> lines =
        trace(
            (sys, _) -> {
              long child =
                  sys.fork(
                      c -> {
                        c.nanosleep(5000);
                        return 0;
                      });
              sys.nanosleep(1000);
              sys.kill(child, Signal.SIGSTOP.number());
              sys.wait4(child, new int[1], ProcAbi.WUNTRACED);
              sys.kill(child, Signal.SIGCONT.number());
              sys.wait4(child, new int[1], 0);
              return 0;
            });

    assertThat(lines)
        .containsSubsequence(
            "[pid 2] <... nanosleep resumed>NULL) = ? ERESTART_RESTARTBLOCK"
                + " (Interrupted by signal)",
            "[pid 2] --- SIGSTOP {si_signo=SIGSTOP, si_code=SI_USER, si_pid=1, si_uid=0} ---",
            "[pid 2] --- stopped by SIGSTOP ---")
        .anyMatch(line -> line.contains("WIFSTOPPED(s) && WSTOPSIG(s) == SIGSTOP"))
        .anyMatch(line -> line.contains("restart_syscall(<... resuming interrupted nanosleep"));
  }

  // ---- Options.

  @Test
  void descriptors_can_be_shown_with_what_they_are_open_on() {
    assertThat(
            trace(
                Kernel.seeded(1),
                TraceOptions.ALL.withFiles(),
                (sys, _) -> {
                  pipe(sys);
                  sys.dup(1);
                  sys.close(9);
                  return 0;
                }))
        .startsWith(
            "[pid 1] pipe([0<pipe:[1]>, 1<pipe:[1]>]) = 0",
            "[pid 1] dup(1<pipe:[1]>) = 2<pipe:[1]>",
            "[pid 1] close(9) = -1 EBADF (Bad file descriptor)");
  }

  @Test
  void only_the_wanted_calls_are_shown_but_every_end() {
    assertThat(
            trace(
                Kernel.seeded(1),
                TraceOptions.ALL.only(Set.of("write", "pipe")),
                (sys, _) -> {
                  pipe(sys);
                  sys.write(1, bytes("x"));
                  sys.read(0, room(1));
                  return 0;
                }))
        .containsExactly(
            "[pid 1] pipe([0, 1]) = 0",
            "[pid 1] write(1, \"x\", 1) = 1",
            "[pid 1] +++ exited with 0 +++");
  }

  @Test
  void a_name_that_is_no_call_s_is_refused() {
    assertThatThrownBy(() -> TraceOptions.ALL.only(Set.of("raed")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("'raed' is the name of no call");
  }
}
