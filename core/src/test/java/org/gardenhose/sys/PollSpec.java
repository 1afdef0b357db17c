package org.gardenhose.sys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.gardenhose.abi.PipeAbi.POLLERR;
import static org.gardenhose.abi.PipeAbi.POLLHUP;
import static org.gardenhose.abi.PipeAbi.POLLIN;
import static org.gardenhose.abi.PipeAbi.POLLOUT;
import static org.gardenhose.abi.PollAbi.EPOLLRDHUP;
import static org.gardenhose.abi.PollAbi.POLLNVAL;
import static org.gardenhose.abi.PollAbi.POLLPRI;
import static org.gardenhose.abi.PollAbi.POLLRDBAND;
import static org.gardenhose.abi.PollAbi.POLLRDNORM;
import static org.gardenhose.abi.PollAbi.POLLWRBAND;
import static org.gardenhose.abi.PollAbi.POLLWRNORM;
import static org.gardenhose.sys.Run.poll;
import static org.gardenhose.sys.Run.read;
import static org.gardenhose.sys.Run.write;

import org.gardenhose.abi.Errno;
import org.gardenhose.abi.PollFd;
import org.gardenhose.abi.ProcAbi;
import org.gardenhose.abi.SigAction;
import org.gardenhose.abi.Signal;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// poll(2): which events hold, and what ends the wait (L-75, L-76, L-86).
class PollSpec {
  private static final int ALL =
      POLLIN | POLLOUT | POLLPRI | POLLRDNORM | POLLWRNORM | POLLRDBAND | POLLWRBAND | EPOLLRDHUP;
  private static final int FULL = 65536;

  @Nested
  class The_read_end {
    @Test
    void says_nothing_while_empty_and_IN_with_data_L75() {
      Run.seeded(
          sys -> {
            int[] fds = Run.pipe(sys);
            assertThat(poll(sys, fds[0], ALL)).isZero();
            write(sys, fds[1], 1);
            assertThat(poll(sys, fds[0], ALL)).isEqualTo(POLLIN | POLLRDNORM);
            assertThat(poll(sys, fds[0], POLLRDNORM)).isEqualTo(POLLRDNORM);
          });
    }

    @Test
    void adds_HUP_without_writers_also_unasked_L75_L76() {
      Run.seeded(
          sys -> {
            int[] fds = Run.pipe(sys);
            write(sys, fds[1], 1);
            sys.close(fds[1]);
            assertThat(poll(sys, fds[0], ALL)).isEqualTo(POLLIN | POLLRDNORM | POLLHUP);
            assertThat(poll(sys, fds[0], 0)).isEqualTo(POLLHUP);
            read(sys, fds[0], 1);
            assertThat(poll(sys, fds[0], ALL)).isEqualTo(POLLHUP);
          });
    }
  }

  @Nested
  class The_write_end {
    @Test
    void says_OUT_while_a_slot_is_free_and_nothing_when_full_L75() {
      Run.seeded(
          sys -> {
            int[] fds = Run.pipe(sys);
            assertThat(poll(sys, fds[1], ALL)).isEqualTo(POLLOUT | POLLWRNORM);
            write(sys, fds[1], FULL - 1);
            assertThat(poll(sys, fds[1], ALL)).isZero();
            read(sys, fds[0], 4095);
            assertThat(poll(sys, fds[1], ALL)).isZero();
            read(sys, fds[0], 1);
            assertThat(poll(sys, fds[1], ALL)).isEqualTo(POLLOUT | POLLWRNORM);
          });
    }

    @Test
    void adds_ERR_without_readers_also_unasked_L75_L76() {
      Run.seeded(
          sys -> {
            int[] fds = Run.pipe(sys);
            int[] full = Run.pipe(sys);
            write(sys, full[1], FULL);
            sys.close(fds[0]);
            sys.close(full[0]);
            assertThat(poll(sys, fds[1], ALL)).isEqualTo(POLLOUT | POLLWRNORM | POLLERR);
            assertThat(poll(sys, full[1], ALL)).isEqualTo(POLLERR);
            assertThat(poll(sys, full[1], 0)).isEqualTo(POLLERR);
          });
    }
  }

  @Nested
  class Arguments {
    @Test
    void a_closed_descriptor_is_NVAL_and_a_negative_one_is_skipped_L86() {
      Run.seeded(
          sys -> {
            PollFd skipped = new PollFd(-1, POLLIN);
            skipped.revents = 77;
            PollFd closed = new PollFd(9, 0);
            assertThat(sys.poll(new PollFd[] {skipped, closed}, -1)).isEqualTo(1);
            assertThat(closed.revents).isEqualTo(POLLNVAL);
            assertThat(skipped.revents).isZero();
          });
    }

    @Test
    void more_entries_than_RLIMIT_NOFILE_are_EINVAL_and_null_is_EFAULT() {
      Run.seeded(
          sys -> {
            sys.prlimit(ProcAbi.RLIMIT_NOFILE, new long[] {2, 1024}, null);
            assertThat(sys.poll(new PollFd[3], 0)).isEqualTo(Errno.EINVAL.result());
            assertThat(sys.poll(new PollFd[2], 0)).isEqualTo(Errno.EFAULT.result());
            assertThat(sys.poll(null, 0)).isEqualTo(Errno.EFAULT.result());
            assertThat(sys.poll(new PollFd[0], 0)).isZero();
          });
    }
  }

  @Nested
  class Waiting {
    @Test
    void ends_with_the_timeout_of_the_kernels_clock() {
      Run.seeded(
          sys -> {
            int[] fds = Run.pipe(sys);
            assertThat(sys.poll(new PollFd[] {new PollFd(fds[0], POLLIN)}, 3_600_000)).isZero();
          });
    }

    @Test
    void ends_when_a_byte_comes_whoever_wrote_it() {
      Run run = new Run(Kernel.seeded(3));
      run.first(
          sys -> {
            int[] fds = Run.pipe(sys);
            run.fork(sys, child -> write(child, fds[1], 1));
            PollFd entry = new PollFd(fds[0], POLLIN);
            assertThat(sys.poll(new PollFd[] {entry}, -1)).isEqualTo(1);
            assertThat(entry.revents).isEqualTo(POLLIN);
          });
    }

    @Test
    void ends_with_EINTR_when_a_handler_has_run_even_under_SA_RESTART() {
      Run run = new Run(Kernel.seeded(3));
      run.first(
          sys -> {
            int[] fds = Run.pipe(sys);
            sys.sigaction(
                Signal.SIGALRM.number(), SigAction.handler(_ -> {}, ProcAbi.SA_RESTART), null);
            sys.alarm(5);
            PollFd entry = new PollFd(fds[0], POLLIN);
            assertThat(sys.poll(new PollFd[] {entry}, -1)).isEqualTo(Errno.EINTR.result());
            assertThat(entry.revents).isZero();
          });
    }

    @Test
    void goes_on_with_what_is_left_of_its_time_when_no_handler_saw_the_signal() {
      Run run = new Run(Kernel.seeded(3));
      run.first(
          sys -> {
            int[] fds = Run.pipe(sys);
            long waiter =
                run.fork(
                    sys,
                    child -> {
                      PollFd entry = new PollFd(fds[0], POLLIN);
                      assertThat(child.poll(new PollFd[] {entry}, 1000)).isZero();
                      write(child, fds[1], 1);
                    });
            sys.nanosleep(600_000_000L);
            sys.kill(waiter, Signal.SIGSTOP.number());
            sys.kill(waiter, Signal.SIGCONT.number());
            sys.nanosleep(300_000_000L);
            assertThat(read(sys, fds[0], 1)).isEqualTo(Errno.EAGAIN.result());
            sys.nanosleep(200_000_000L);
            assertThat(read(sys, fds[0], 1)).isEqualTo(1);
          });
    }

    @Test
    void finds_NVAL_when_another_thread_has_closed_the_descriptor_and_something_wakes_it() {
      Run run = new Run(Kernel.seeded(3));
      run.first(
          sys -> {
            int[] fds = Run.pipe(sys);
            run.thread(
                sys,
                other -> {
                  other.nanosleep(1000);
                  other.close(fds[0]);
                  assertThat(write(other, fds[1], 1)).isEqualTo(1);
                });
            PollFd entry = new PollFd(fds[0], POLLIN);
            assertThat(sys.poll(new PollFd[] {entry}, -1)).isEqualTo(1);
            assertThat(entry.revents).isEqualTo(POLLNVAL);
            assertThat(poll(sys, fds[1], 0)).isEqualTo(POLLERR);
          });
    }

    @Test
    void ends_at_the_last_close_of_the_other_end_L84() {
      Run run = new Run(Kernel.seeded(3));
      run.first(
          sys -> {
            int[] fds = Run.pipe(sys);
            run.thread(
                sys,
                other -> {
                  other.nanosleep(1000);
                  other.close(fds[1]);
                });
            PollFd entry = new PollFd(fds[0], 0);
            assertThat(sys.poll(new PollFd[] {entry}, -1)).isEqualTo(1);
            assertThat(entry.revents).isEqualTo(POLLHUP);
          });
    }
  }
}
