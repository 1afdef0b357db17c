package org.gardenhose.spec.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.gardenhose.abi.Errno.EAGAIN;
import static org.gardenhose.abi.Errno.EBADF;
import static org.gardenhose.abi.Errno.EPIPE;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.gardenhose.abi.Errno;
import org.gardenhose.abi.FileAbi;
import org.gardenhose.abi.PipeAbi;
import org.gardenhose.abi.ProcAbi;
import org.gardenhose.abi.Signal;
import org.gardenhose.abi.Sys;
import org.junit.jupiter.api.Nested;

/// What becomes of descriptors in fork, execve and exit: L-8, L-126.
class ForkExecSpec {
  private static final ByteBuffer NONE = ByteBuffer.allocate(0);

  /// Waits for a byte, or for the end.
  private static void await(Sys sys, int fd) {
    sys.read(fd, ByteBuffer.allocate(1));
  }

  /// Waits for a process and returns its exit status.
  private static int end(Stage on, long pid) {
    int[] word = new int[1];
    on.expect("wait4", on.sys().wait4(pid, word, 0)).returns(pid);
    return ProcAbi.wexitstatus(word[0]);
  }

  @Nested
  class A_child {
    @Scenario("L-126")
    void reads_what_its_parent_wrote_before_there_was_a_child(Stage on) {
      int[] fds = on.pipe();
      on.write(fds[1], 5).returns(5);

      Call child = on.child("read", sys -> sys.read(fds[0], ByteBuffer.allocate(9)));

      end(on, child.tid());
      child.returns(5);
    }

    @Scenario({"L-8", "L-126"})
    void has_the_same_descriptions(Stage on) {
      int[] fds = on.pipe();

      Call child =
          on.child("F_SETFL", sys -> sys.fcntl(fds[0], FileAbi.F_SETFL, PipeAbi.O_NONBLOCK));

      end(on, child.tid());
      child.returns(0);
      on.read(fds[0], 1).failsWith(EAGAIN);
    }

    @Scenario("L-126")
    void has_numbers_of_its_own(Stage on) {
      int[] fds = on.pipe();

      Call child =
          on.child(
              "close",
              sys -> {
                sys.close(fds[0]);
                sys.close(fds[1]);
                return sys.write(fds[1], NONE);
              });

      end(on, child.tid());
      child.failsWith(EBADF);
      on.write(fds[1], 1).returns(1);
      on.read(fds[0], 1).returns(1);
    }
  }

  @Nested
  class The_end_of_file {
    @Scenario({"L-8", "L-126"})
    void comes_when_the_last_copy_of_the_write_end_anywhere_is_gone(Stage on) {
      int[] fds = on.pipe(PipeAbi.O_NONBLOCK);
      int[] go = on.pipe();
      Call child =
          on.child(
              "hold",
              sys -> {
                sys.close(go[1]);
                await(sys, go[0]);
                return 0;
              });

      on.close(fds[1]);
      on.read(fds[0], 1).failsWith(EAGAIN);
      on.close(go[1]);
      end(on, child.tid());

      on.read(fds[0], 1).returns(0);
    }

    @Scenario("L-126")
    void never_comes_for_one_who_holds_a_write_end_itself(Stage on) {
      int[] fds = on.pipe();
      Call child = on.child("read", sys -> sys.read(fds[0], ByteBuffer.allocate(1)));
      child.blocks();

      on.close(fds[1]);

      child.blocks();
      on.sys().kill(child.tid(), Signal.SIGKILL.number());
      int[] word = new int[1];
      on.expect("wait4", on.sys().wait4(child.tid(), word, 0)).returns(child.tid());
      on.read(fds[0], 1).returns(0);
    }

    @Scenario("L-126")
    void comes_when_the_writing_process_ends_without_closing(Stage on) {
      int[] fds = on.pipe();
      Call child = on.child("write", sys -> sys.write(fds[1], Stage.bytes(10)));
      on.close(fds[1]);

      on.read(fds[0], 100).returns(10);
      on.read(fds[0], 100).returns(0);

      child.returns(10);
    }
  }

  @Nested
  class A_broken_pipe {
    @Scenario({"L-8", "L-126"})
    void needs_the_last_copy_of_the_read_end_to_be_gone(Stage on) {
      int[] count = on.count(Signal.SIGPIPE, 0);
      int[] fds = on.pipe();
      int[] go = on.pipe();
      Call child =
          on.child(
              "hold",
              sys -> {
                sys.close(go[1]);
                await(sys, go[0]);
                return 0;
              });

      on.close(fds[0]);
      on.write(fds[1], 1).returns(1);
      on.close(go[1]);
      end(on, child.tid());

      on.write(fds[1], 1).failsWith(EPIPE);
      assertThat(count[0]).isEqualTo(1);
    }
  }

  @Nested
  class A_new_program {
    /// Says in its exit status which of the descriptors in its arguments are open.
    private static int open(Sys sys, List<String> argv) {
      int bits = 0;
      for (String fd : argv.subList(1, argv.size())) {
        bits = bits << 1 | (sys.fcntl(Integer.parseInt(fd), FileAbi.F_GETFD, 0) < 0 ? 0 : 1);
      }
      return bits;
    }

    @Scenario("L-126")
    void has_what_was_not_to_be_closed(Stage on) {
      on.install("/open", A_new_program::open);
      int[] fds = on.pipe();
      int[] closed = on.pipe(FileAbi.O_CLOEXEC);
      int copy = (int) on.expect("dup", on.sys().dup(closed[0])).succeeds();
      List<String> argv =
          List.of("open", "" + fds[0], "" + closed[0], "" + closed[1], "" + copy, "" + fds[1]);

      long pid =
          on.expect("fork", on.sys().fork(sys -> (int) sys.execve("/open", argv, Map.of())))
              .succeeds();

      assertThat(end(on, pid)).isEqualTo(0b10011);
    }

    @Scenario("L-126")
    void that_cannot_be_started_closes_nothing(Stage on) {
      int[] closed = on.pipe(FileAbi.O_CLOEXEC);

      on.expect("execve", on.sys().execve("/missing", List.of("missing"), Map.of()))
          .failsWith(Errno.ENOENT);

      on.write(closed[1], 1).returns(1);
    }

    @Scenario("L-126")
    void reads_to_the_end_once_nobody_else_has_the_write_end(Stage on) {
      on.install(
          "/count",
          (sys, _) -> {
            int bytes = 0;
            for (long n = 1; n > 0; bytes += (int) n) {
              n = sys.read(0, ByteBuffer.allocate(7));
            }
            return bytes;
          });
      int[] fds = on.pipe(FileAbi.O_CLOEXEC);
      long pid =
          on.expect(
                  "fork",
                  on.sys()
                      .fork(
                          sys -> {
                            sys.dup3(fds[0], 9, 0);
                            sys.dup2(9, 0);
                            return (int) sys.execve("/count", List.of("count"), Map.of());
                          }))
              .succeeds();

      on.write(fds[1], 100).returns(100);
      on.close(fds[1]);

      assertThat(end(on, pid)).isEqualTo(100);
    }
  }

  @Nested
  class A_thread {
    @Scenario("L-126")
    void has_the_same_descriptors(Stage on) {
      int[] fds = on.pipe();

      Call thread = on.thread("close", sys -> sys.close(fds[0]));

      thread.returns(0);
      on.expect("close", on.sys().close(fds[0])).failsWith(EBADF);
    }
  }
}
