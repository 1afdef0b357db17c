package org.gardenhose.spec.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.gardenhose.abi.Errno.EAGAIN;
import static org.gardenhose.abi.Errno.EBADF;
import static org.gardenhose.abi.Errno.EMFILE;
import static org.gardenhose.abi.PipeAbi.O_NONBLOCK;
import static org.gardenhose.abi.PipeAbi.PIPE_BUF;
import static org.gardenhose.abi.PipeAbi.POLLERR;
import static org.gardenhose.abi.PipeAbi.POLLHUP;
import static org.gardenhose.abi.PipeAbi.POLLIN;
import static org.gardenhose.abi.PipeAbi.POLLOUT;

import org.gardenhose.abi.FileAbi;
import org.gardenhose.abi.ProcAbi;
import org.junit.jupiter.api.Nested;

/// Where POSIX says more or less than Linux does: L-184 to L-190.
class PosixSpec {
  @Nested
  class A_large_write_that_may_not_wait {
    @Scenario("L-184")
    void moves_nothing_if_its_odd_bytes_do_not_fit_though_fewer_would(Stage on) {
      int[] fds = on.slot();
      on.write(fds[1], 3996).returns(3996);

      on.write(fds[1], 5000).failsWith(EAGAIN);

      on.write(fds[1], 100).returns(100);
    }

    @Scenario("L-185")
    void moves_at_least_PIPE_BUF_bytes_once_the_pipe_has_been_emptied(Stage on) {
      int[] fds = on.slot();
      for (int before = 1; before < PIPE_BUF; before += 500) {
        on.write(fds[1], before).returns(before);
        on.read(fds[0], before).returns(before);

        on.write(fds[1], PIPE_BUF + 1).returns(PIPE_BUF);

        on.read(fds[0], PIPE_BUF).returns(PIPE_BUF);
      }
    }
  }

  @Nested
  class A_FIFO {
    @Scenario("L-186")
    void that_is_opened_for_both_is_opened_at_once_and_feeds_itself(Stage on) {
      int both = on.open(on.fifo(), FileAbi.O_RDWR);

      on.write(both, "abc").returns(3);

      assertThat(on.text(both, 9)).isEqualTo("abc");
    }
  }

  @Nested
  class An_empty_pipe {
    @Scenario("L-187")
    void is_at_its_end_without_a_writer_and_not_ready_with_one(Stage on) {
      int[] fds = on.pipe(O_NONBLOCK);

      on.read(fds[0], 1).failsWith(EAGAIN);
      on.close(fds[1]);

      on.read(fds[0], 1).returns(0);
    }
  }

  @Nested
  class Poll {
    @Scenario("L-188")
    void says_of_a_read_end_that_there_is_more_and_that_the_writers_are_gone(Stage on) {
      int[] fds = on.pipe();
      on.write(fds[1], 1).returns(1);
      on.close(fds[1]);

      assertThat(on.poll(fds[0], POLLIN)).isEqualTo(POLLIN | POLLHUP);
      on.read(fds[0], 1).returns(1);
      assertThat(on.poll(fds[0], POLLIN)).isEqualTo(POLLHUP);
    }

    @Scenario("L-188")
    void says_error_and_not_hung_up_of_a_write_end_without_readers(Stage on) {
      int[] fds = on.pipe(O_NONBLOCK);
      on.close(fds[0]);

      assertThat(on.poll(fds[1], POLLOUT)).isEqualTo(POLLOUT | POLLERR);
    }
  }

  @Nested
  class A_pipe {
    @Scenario("L-189")
    void that_cannot_be_made_leaves_the_array_alone(Stage on) {
      int[] fds = {-7, -7};
      on.expect("limit", on.sys().prlimit(ProcAbi.RLIMIT_NOFILE, new long[] {1, 1}, null))
          .returns(0);

      on.expect("pipe", on.sys().pipe(fds)).failsWith(EMFILE);

      assertThat(fds).containsExactly(-7, -7);
    }

    @Scenario("L-190")
    void goes_one_way(Stage on) {
      int[] fds = on.pipe();

      on.write(fds[0], 1).failsWith(EBADF);
      on.read(fds[1], 1).failsWith(EBADF);

      assertThat(on.poll(fds[0], POLLIN | POLLOUT)).isZero();
      assertThat(on.poll(fds[1], POLLIN | POLLOUT)).isEqualTo(POLLOUT);
    }
  }
}
