package org.gardenhose.spec.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.gardenhose.abi.Errno.EINTR;
import static org.gardenhose.abi.Errno.EPIPE;

import java.nio.ByteBuffer;
import org.gardenhose.abi.FileAbi;
import org.gardenhose.abi.ProcAbi;
import org.gardenhose.abi.SigAction;
import org.gardenhose.abi.Signal;
import org.junit.jupiter.api.Nested;

/// Signals and calls that they interrupt: L-51, L-56 to L-61, L-63.
class SignalSpec {
  private static int status(Stage on, Call child) {
    int[] word = new int[1];
    on.expect("wait4", on.sys().wait4(child.tid(), word, 0)).returns(child.tid());
    return word[0];
  }

  @Nested
  class SIGPIPE {
    @Scenario("L-56")
    void ends_the_process_before_the_write_returns(Stage on) {
      int[] fds = on.pipe();
      on.close(fds[0]);
      int[] reached = new int[1];

      Call writer =
          on.child(
              "write",
              sys -> {
                sys.write(fds[1], Stage.bytes(1));
                reached[0]++;
                return 0;
              });

      assertThat(ProcAbi.wtermsig(status(on, writer))).isEqualTo(Signal.SIGPIPE.number());
      assertThat(reached[0]).isZero();
    }

    @Scenario("L-56")
    void is_only_an_error_for_one_who_ignores_it(Stage on) {
      int[] fds = on.pipe();
      on.close(fds[0]);
      on.sys().sigaction(Signal.SIGPIPE.number(), SigAction.IGNORE, null);

      on.write(fds[1], 1).failsWith(EPIPE);
    }

    @Scenario("L-56")
    void stays_pending_for_one_who_blocks_it(Stage on) {
      int[] fds = on.pipe();
      on.close(fds[0]);
      int[] count = on.count(Signal.SIGPIPE, 0);
      long[] set = {Signal.SIGPIPE.bit()};
      on.sys().sigprocmask(ProcAbi.SIG_BLOCK, set, null);

      on.write(fds[1], 1).failsWith(EPIPE);

      assertThat(count[0]).isZero();
      long[] pending = new long[1];
      on.sys().sigpending(pending);
      assertThat(pending[0]).isEqualTo(Signal.SIGPIPE.bit());
      on.sys().sigprocmask(ProcAbi.SIG_UNBLOCK, set, null);
      assertThat(count[0]).isEqualTo(1);
    }

    @Scenario("L-57")
    void is_not_sent_where_the_call_says_so(Stage on) {
      int[] fds = on.pipe();
      on.close(fds[0]);
      int[] count = on.count(Signal.SIGPIPE, 0);
      ByteBuffer[] memory = {Stage.bytes(1)};

      on.expect("pwritev2", on.sys().pwritev2(fds[1], memory, -1, FileAbi.RWF_NOSIGNAL))
          .failsWith(EPIPE);
      assertThat(count[0]).isZero();
      on.write(fds[1], 1).failsWith(EPIPE);
      assertThat(count[0]).isEqualTo(1);
    }

    @Scenario("L-51")
    void comes_with_the_count_when_the_reader_leaves_half_way(Stage on) {
      int[] fds = on.pipe();
      int[] count = on.count(Signal.SIGPIPE, 0);
      Call writer = on.thread("write", sys -> sys.write(fds[1], Stage.bytes(200_000)));
      writer.blocks();
      on.read(fds[0], 8192).returns(8192);
      writer.blocks();

      on.close(fds[0]);

      writer.returns(73728);
      on.write(fds[1], 1).failsWith(EPIPE);
      assertThat(count[0]).isEqualTo(2);
    }

    @Scenario("L-51")
    void comes_once_for_each_writer_that_was_blocked(Stage on) {
      int[] fds = on.pipe();
      int[] count = on.count(Signal.SIGPIPE, 0);
      on.write(fds[1], 65536).returns(65536);
      Call[] writers = new Call[3];
      for (int i = 0; i < writers.length; i++) {
        writers[i] = on.thread("write", sys -> sys.write(fds[1], Stage.bytes(1)));
        writers[i].blocks();
      }

      on.close(fds[0]);

      for (Call writer : writers) {
        writer.failsWith(EPIPE);
      }
      assertThat(count[0]).isEqualTo(3);
    }
  }

  @Nested
  class A_call_that_is_interrupted {
    @Scenario("L-58")
    void fails_if_it_has_read_nothing_and_the_handler_does_not_restart_it(Stage on) {
      int[] fds = on.pipe();
      int[] count = on.count(Signal.SIGUSR1, 0);
      Call reader = on.child("read", sys -> sys.read(fds[0], ByteBuffer.allocate(1)));
      reader.blocks();

      on.sys().kill(reader.tid(), Signal.SIGUSR1.number());

      reader.failsWith(EINTR);
      assertThat(count[0]).isEqualTo(1);
    }

    @Scenario("L-58")
    void goes_on_if_the_handler_restarts_it(Stage on) {
      int[] fds = on.pipe();
      int[] count = on.count(Signal.SIGUSR1, ProcAbi.SA_RESTART);
      Call reader = on.child("read", sys -> sys.read(fds[0], ByteBuffer.allocate(1)));
      reader.blocks();

      on.sys().kill(reader.tid(), Signal.SIGUSR1.number());

      reader.blocks();
      assertThat(count[0]).isEqualTo(1);
      on.write(fds[1], 1).returns(1);
      reader.returns(1);
    }

    @Scenario("L-59")
    void returns_what_it_has_written_also_if_the_handler_would_restart_it(Stage on) {
      for (int flags : new int[] {0, ProcAbi.SA_RESTART}) {
        int[] fds = on.pipe();
        on.count(Signal.SIGUSR1, flags);
        Call writer = on.child("write", sys -> sys.write(fds[1], Stage.bytes(100_000)));
        writer.blocks();

        on.sys().kill(writer.tid(), Signal.SIGUSR1.number());

        writer.returns(65536);
      }
    }

    @Scenario("L-60")
    void goes_ahead_if_what_it_waited_for_has_come_as_well(Stage on) {
      for (int i = 0; i < 20; i++) {
        int[] fds = on.pipe();
        on.count(Signal.SIGUSR1, 0);
        Call reader = on.child("read", sys -> sys.read(fds[0], ByteBuffer.allocate(1)));
        reader.blocks();

        on.write(fds[1], 1).returns(1);
        on.sys().kill(reader.tid(), Signal.SIGUSR1.number());

        reader.returns(1);
        on.close(fds[0]);
        on.close(fds[1]);
      }
    }

    @Scenario("L-61")
    void takes_no_slot_that_the_next_writer_waits_for(Stage on) {
      int[] fds = on.pipe();
      on.count(Signal.SIGUSR1, 0);
      on.write(fds[1], 65536).returns(65536);
      Call first = on.child("write", sys -> sys.write(fds[1], Stage.bytes(4096)));
      first.blocks();
      Call second = on.child("write", sys -> sys.write(fds[1], Stage.bytes(4096)));
      second.blocks();

      on.sys().kill(first.tid(), Signal.SIGUSR1.number());
      first.failsWith(EINTR);
      on.read(fds[0], 4096).returns(4096);

      second.returns(4096);
    }

    @Scenario("L-63")
    void takes_its_count_back_if_it_was_opening_a_FIFO(Stage on) {
      on.expect("mkfifo", on.sys().mkfifo("/f", 0600)).returns(0);
      on.count(Signal.SIGUSR1, 0);
      Call opener = on.child("open", sys -> sys.open("/f", FileAbi.O_RDONLY));
      opener.blocks();

      on.sys().kill(opener.tid(), Signal.SIGUSR1.number());

      opener.failsWith(EINTR);
      on.expect("open", on.sys().open("/f", FileAbi.O_WRONLY | 0x800))
          .failsWith(org.gardenhose.abi.Errno.ENXIO);
    }
  }

  @Nested
  class A_process {
    @Scenario("L-58")
    void that_is_stopped_does_nothing_until_it_is_continued(Stage on) {
      int[] fds = on.pipe();
      Call reader = on.child("read", sys -> sys.read(fds[0], ByteBuffer.allocate(1)));
      reader.blocks();
      int[] word = new int[1];

      on.sys().kill(reader.tid(), Signal.SIGSTOP.number());
      on.expect("wait4", on.sys().wait4(reader.tid(), word, ProcAbi.WUNTRACED))
          .returns(reader.tid());
      assertThat(ProcAbi.wifstopped(word[0])).isTrue();
      on.write(fds[1], 1).returns(1);
      assertThat(on.available(fds[0])).isEqualTo(1);

      on.sys().kill(reader.tid(), Signal.SIGCONT.number());
      reader.returns(1);
    }

    @Scenario("L-126")
    void tells_its_parent_how_it_ended(Stage on) {
      int[] count = on.count(Signal.SIGCHLD, ProcAbi.SA_RESTART);
      Call child =
          on.child(
              "exit",
              sys -> {
                sys.exit(3);
                return 0;
              });

      assertThat(ProcAbi.wexitstatus(status(on, child))).isEqualTo(3);
      assertThat(count[0]).isEqualTo(1);
      on.expect("wait4", on.sys().wait(null)).failsWith(org.gardenhose.abi.Errno.ECHILD);
    }

    @Scenario("L-58")
    void is_ended_by_SIGKILL_whatever_it_blocks(Stage on) {
      int[] fds = on.pipe();
      Call reader =
          on.child(
              "read",
              sys -> {
                sys.sigprocmask(ProcAbi.SIG_SETMASK, new long[] {-1}, null);
                return sys.read(fds[0], ByteBuffer.allocate(1));
              });
      on.settle();

      on.sys().kill(reader.tid(), Signal.SIGTERM.number());
      reader.blocks();
      on.sys().kill(reader.tid(), Signal.SIGKILL.number());

      assertThat(ProcAbi.wtermsig(status(on, reader))).isEqualTo(Signal.SIGKILL.number());
    }

    @Scenario("L-58")
    void sets_an_alarm_that_ends_a_wait(Stage on) {
      int[] fds = on.pipe();
      int[] count = on.count(Signal.SIGALRM, 0);

      on.sys().setitimer(1_000_000);

      on.read(fds[0], 1).failsWith(EINTR);
      assertThat(count[0]).isEqualTo(1);
    }
  }
}
