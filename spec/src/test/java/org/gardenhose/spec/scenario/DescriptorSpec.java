package org.gardenhose.spec.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.gardenhose.abi.Errno.EAGAIN;
import static org.gardenhose.abi.Errno.EBADF;
import static org.gardenhose.abi.Errno.EINVAL;
import static org.gardenhose.abi.Errno.EMFILE;
import static org.gardenhose.abi.Errno.EPIPE;
import static org.gardenhose.abi.Errno.ESPIPE;
import static org.gardenhose.abi.FileAbi.F_DUPFD;
import static org.gardenhose.abi.FileAbi.F_DUPFD_CLOEXEC;
import static org.gardenhose.abi.FileAbi.F_GETFD;
import static org.gardenhose.abi.FileAbi.F_GETFL;
import static org.gardenhose.abi.FileAbi.O_CLOEXEC;
import static org.gardenhose.abi.PipeAbi.O_DIRECT;
import static org.gardenhose.abi.PipeAbi.O_NONBLOCK;

import java.nio.ByteBuffer;
import org.gardenhose.abi.FileAbi;
import org.gardenhose.abi.ProcAbi;
import org.gardenhose.abi.Signal;
import org.gardenhose.abi.Stat;
import org.junit.jupiter.api.Nested;

/// Descriptors and the descriptions behind them: L-1, L-8, L-124, L-125, L-127, L-128.
class DescriptorSpec {
  private static long control(Stage on, int fd, int command, long argument) {
    return on.expect("fcntl", on.sys().fcntl(fd, command, argument)).succeeds();
  }

  @Nested
  class A_copy {
    @Scenario({"L-1", "L-124"})
    void shares_the_flags_of_the_description(Stage on) {
      int[] fds = on.pipe();
      int copy = (int) on.expect("dup", on.sys().dup(fds[0])).succeeds();

      on.flags(copy, O_NONBLOCK | O_DIRECT);

      assertThat(control(on, fds[0], F_GETFL, 0)).isEqualTo(O_NONBLOCK | O_DIRECT);
      on.read(fds[0], 1).failsWith(EAGAIN);
    }

    @Scenario({"L-1", "L-124"})
    void has_its_own_close_on_exec_bit(Stage on) {
      int[] fds = on.pipe(O_CLOEXEC);

      on.expect("dup", on.sys().dup(fds[0])).returns(2);
      on.expect("dup2", on.sys().dup2(fds[0], 3)).returns(3);
      on.expect("dup3", on.sys().dup3(fds[0], 4, O_CLOEXEC)).returns(4);
      on.expect("dup3", on.sys().dup3(fds[0], 5, 0)).returns(5);
      on.expect("F_DUPFD", on.sys().fcntl(fds[0], F_DUPFD, 0)).returns(6);
      on.expect("F_DUPFD_CLOEXEC", on.sys().fcntl(fds[0], F_DUPFD_CLOEXEC, 0)).returns(7);

      long[] bits = new long[8];
      for (int fd = 0; fd < bits.length; fd++) {
        bits[fd] = control(on, fd, F_GETFD, 0);
      }
      assertThat(bits).containsExactly(1, 1, 0, 0, 1, 0, 0, 1);
    }

    @Scenario("L-124")
    void takes_the_lowest_free_number_from_the_one_asked_for_on(Stage on) {
      int[] fds = on.pipe();

      on.expect("F_DUPFD", on.sys().fcntl(fds[0], F_DUPFD, 10)).returns(10);
      on.expect("F_DUPFD", on.sys().fcntl(fds[0], F_DUPFD, 10)).returns(11);
      on.expect("F_DUPFD", on.sys().fcntl(fds[0], F_DUPFD, 1)).returns(2);
    }

    @Scenario({"L-1", "L-8"})
    void is_no_further_reader_or_writer(Stage on) {
      int[] count = on.count(Signal.SIGPIPE, 0);
      int[] fds = on.pipe(O_NONBLOCK);
      int reader = (int) on.expect("dup", on.sys().dup(fds[0])).succeeds();
      int writer = (int) on.expect("dup", on.sys().dup(fds[1])).succeeds();

      on.close(fds[0]);
      on.close(fds[1]);
      on.write(writer, 1).returns(1);
      on.close(reader);

      on.write(writer, 1).failsWith(EPIPE);
      assertThat(count[0]).isEqualTo(1);
    }

    @Scenario("L-1")
    void is_of_the_same_file_as_both_ends(Stage on) {
      int[] fds = on.pipe();
      int copy = (int) on.expect("dup", on.sys().dup(fds[0])).succeeds();
      Stat[] stats = new Stat[3];
      for (int fd : new int[] {fds[0], fds[1], copy}) {
        Stat[] stat = new Stat[1];
        on.expect("fstat", on.sys().fstat(fd, stat)).returns(0);
        stats[fd] = stat[0];
      }

      assertThat(stats[1]).isEqualTo(stats[0]);
      assertThat(stats[2]).isEqualTo(stats[0]);
    }
  }

  @Nested
  class A_copy_onto_a_number {
    @Scenario("L-125")
    void onto_itself_changes_nothing(Stage on) {
      int[] fds = on.pipe(O_CLOEXEC);

      on.expect("dup2", on.sys().dup2(fds[0], fds[0])).returns(fds[0]);
      on.expect("dup2", on.sys().dup2(99, 99)).failsWith(EBADF);
      on.expect("dup3", on.sys().dup3(fds[0], fds[0], O_CLOEXEC)).failsWith(EINVAL);
      on.expect("dup3", on.sys().dup3(99, 99, 0)).failsWith(EINVAL);

      assertThat(control(on, fds[0], F_GETFD, 0)).isEqualTo(1);
    }

    @Scenario("L-125")
    void knows_one_flag(Stage on) {
      int[] fds = on.pipe();

      on.expect("dup3", on.sys().dup3(fds[0], 9, O_NONBLOCK)).failsWith(EINVAL);
      on.expect("dup3", on.sys().dup3(99, 9, O_NONBLOCK)).failsWith(EINVAL);
    }

    @Scenario("L-125")
    void needs_one_below_the_limit(Stage on) {
      int[] fds = on.pipe();
      on.expect("limit", on.sys().prlimit(ProcAbi.RLIMIT_NOFILE, new long[] {20, 20}, null))
          .returns(0);

      on.expect("dup2", on.sys().dup2(fds[0], 20)).failsWith(EBADF);
      on.expect("dup2", on.sys().dup2(fds[0], -1)).failsWith(EBADF);
      on.expect("F_DUPFD", on.sys().fcntl(fds[0], F_DUPFD, 20)).failsWith(EINVAL);
      on.expect("F_DUPFD", on.sys().fcntl(fds[0], F_DUPFD, -1)).failsWith(EINVAL);
      on.expect("dup2", on.sys().dup2(fds[0], 19)).returns(19);
    }

    @Scenario("L-125")
    void closes_what_was_there_which_may_be_the_last_writer(Stage on) {
      int[] fds = on.pipe();
      int[] other = on.pipe();
      Call reader = on.reading(fds[0], 1).blocks();

      on.expect("dup2", on.sys().dup2(other[1], fds[1])).returns(fds[1]);

      reader.returns(0);
      on.write(fds[1], "x").returns(1);
      assertThat(on.text(other[0], 9)).isEqualTo("x");
    }
  }

  @Nested
  class Closing {
    @Scenario("L-127")
    void works_once(Stage on) {
      int[] fds = on.pipe();

      on.close(fds[0]);

      on.expect("close", on.sys().close(fds[0])).failsWith(EBADF);
      on.expect("close", on.sys().close(-1)).failsWith(EBADF);
    }

    @Scenario("L-127")
    void one_of_several_changes_nothing(Stage on) {
      int[] fds = on.pipe(O_NONBLOCK);
      int copy = (int) on.expect("dup", on.sys().dup(fds[1])).succeeds();

      on.close(fds[1]);
      on.read(fds[0], 1).failsWith(EAGAIN);
      on.close(copy);

      on.read(fds[0], 1).returns(0);
    }
  }

  @Nested
  class The_limit {
    @Scenario("L-128")
    void may_be_below_what_is_open_which_goes_on_working(Stage on) {
      int[] fds = on.pipe();
      on.pipe();
      on.expect("limit", on.sys().prlimit(ProcAbi.RLIMIT_NOFILE, new long[] {1, 1}, null))
          .returns(0);

      on.expect("dup", on.sys().dup(fds[0])).failsWith(EMFILE);
      on.expect("pipe", on.sys().pipe(new int[2])).failsWith(EMFILE);
      on.write(fds[1], 1).returns(1);
      on.read(fds[0], 1).returns(1);
    }

    @Scenario("L-128")
    void is_reached_by_as_many_pipes_as_there_are_numbers_for(Stage on) {
      on.expect("limit", on.sys().prlimit(ProcAbi.RLIMIT_NOFILE, new long[] {100, 100}, null))
          .returns(0);

      for (int i = 0; i < 50; i++) {
        on.pipe();
      }

      on.expect("pipe", on.sys().pipe(new int[2])).failsWith(EMFILE);
    }
  }

  @Nested
  class A_position {
    @Scenario("L-111")
    void is_what_a_pipe_has_none_of_whichever_end_and_however_little_is_asked_for(Stage on) {
      for (int fd : on.pipe()) {
        on.expect("pread", on.sys().pread(fd, ByteBuffer.allocate(0), 0)).failsWith(ESPIPE);
        on.expect("pwrite", on.sys().pwrite(fd, ByteBuffer.allocate(0), 0)).failsWith(ESPIPE);
        on.expect("lseek", on.sys().lseek(fd, 0, FileAbi.SEEK_CUR)).failsWith(ESPIPE);
        on.expect("lseek", on.sys().lseek(fd, 0, 99)).failsWith(EINVAL);
      }
    }
  }
}
