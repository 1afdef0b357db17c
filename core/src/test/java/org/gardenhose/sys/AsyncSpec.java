package org.gardenhose.sys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.gardenhose.sys.Run.read;
import static org.gardenhose.sys.Run.write;

import org.gardenhose.abi.Errno;
import org.gardenhose.abi.FileAbi;
import org.gardenhose.abi.SigAction;
import org.gardenhose.abi.Signal;
import org.gardenhose.abi.Sys;
import org.junit.jupiter.api.Test;

/// Signals of a file to its owner: `O_ASYNC`, `F_SETOWN`, `F_SETSIG` (L-121 to L-123).
class AsyncSpec {
  private int signals;

  /// Has `fd` send `signal`, 0 for SIGIO, to the caller, which counts it.
  private void listen(Sys sys, int fd, int signal) {
    int number = signal == 0 ? Signal.SIGIO.number() : signal;
    sys.sigaction(number, SigAction.handler(_ -> signals++, 0), null);
    assertThat(sys.fcntl(fd, FileAbi.F_SETOWN, sys.getpid())).isZero();
    assertThat(sys.fcntl(fd, FileAbi.F_SETSIG, signal)).isZero();
    long flags = sys.fcntl(fd, FileAbi.F_GETFL, 0);
    assertThat(sys.fcntl(fd, FileAbi.F_SETFL, flags | FileAbi.O_ASYNC)).isZero();
  }

  private int heard() {
    int heard = signals;
    signals = 0;
    return heard;
  }

  @Test
  void readers_hear_every_write_also_to_a_full_pipe_but_not_of_nothing_L122() {
    Run.seeded(
        sys -> {
          int[] fds = Run.pipe(sys);
          listen(sys, fds[0], 0);
          write(sys, fds[1], 1);
          assertThat(heard()).isEqualTo(1);
          write(sys, fds[1], 0);
          assertThat(heard()).isZero();
          write(sys, fds[1], 100_000);
          assertThat(heard()).isEqualTo(1);
          assertThat(write(sys, fds[1], 1)).isEqualTo(Errno.EAGAIN.result());
          assertThat(heard()).isEqualTo(1);
          read(sys, fds[0], 1);
          assertThat(heard()).isZero();
          sys.close(fds[1]);
          assertThat(heard()).isEqualTo(1);
        });
  }

  @Test
  void writers_hear_every_read_also_of_nothing_L123() {
    Run.seeded(
        sys -> {
          int[] fds = Run.pipe(sys);
          listen(sys, fds[1], Signal.SIGUSR1.number());
          assertThat(read(sys, fds[0], 1)).isEqualTo(Errno.EAGAIN.result());
          assertThat(heard()).isEqualTo(1);
          write(sys, fds[1], 10);
          assertThat(heard()).isZero();
          read(sys, fds[0], 1);
          assertThat(heard()).isEqualTo(1);
          read(sys, fds[0], 0);
          assertThat(heard()).isZero();
          sys.close(fds[0]);
          assertThat(heard()).isEqualTo(1);
        });
  }

  @Test
  void splicing_in_is_heard_by_readers_and_out_by_writers_if_it_frees_a_slot_L122_L123() {
    Run.seeded(
        sys -> {
          int[] from = Run.pipe(sys);
          int[] to = Run.pipe(sys);
          listen(sys, to[0], 0);
          write(sys, from[1], 10);
          sys.tee(from[0], to[1], 5, 0);
          assertThat(heard()).isEqualTo(1);
          sys.splice(from[0], null, to[1], null, 5, 0);
          assertThat(heard()).isEqualTo(1);
          sys.fcntl(to[0], FileAbi.F_SETOWN, 0);
          listen(sys, from[1], 0);
          sys.splice(from[0], null, to[1], null, 3, 0);
          assertThat(heard()).isZero();
          sys.splice(from[0], null, to[1], null, 2, 0);
          assertThat(heard()).isEqualTo(1);
        });
  }

  @Test
  void a_writer_that_is_about_to_sleep_is_heard_L122() {
    Run run = new Run(Kernel.seeded(1));
    run.first(
        sys -> {
          int[] fds = Run.blockingPipe(sys);
          listen(sys, fds[0], 0);
          run.fork(sys, child -> write(child, fds[1], 100_000));
          while (sys.nanosleep(1000) != 0) {}
          assertThat(heard()).isEqualTo(1);
          read(sys, fds[0], 65536);
          while (sys.nanosleep(1000) != 0) {}
          assertThat(heard()).isEqualTo(1);
          sys.fcntl(fds[0], FileAbi.F_SETFL, 0);
          assertThat(sys.wait(null)).isPositive();
        });
  }

  @Test
  void nobody_hears_without_owner_or_after_O_ASYNC_is_cleared_L121() {
    Run.seeded(
        sys -> {
          int[] fds = Run.pipe(sys);
          listen(sys, fds[0], 0);
          sys.fcntl(fds[0], FileAbi.F_SETOWN, 0);
          write(sys, fds[1], 1);
          assertThat(heard()).isZero();
          sys.fcntl(fds[0], FileAbi.F_SETOWN, sys.getpid());
          assertThat(sys.ioctl(fds[0], FileAbi.FIOASYNC, new int[] {0})).isZero();
          write(sys, fds[1], 1);
          assertThat(heard()).isZero();
          sys.ioctl(fds[0], FileAbi.FIOASYNC, new int[] {1});
          write(sys, fds[1], 1);
          assertThat(heard()).isEqualTo(1);
        });
  }

  @Test
  void a_group_can_own_and_questions_are_answered_L121() {
    Run.seeded(
        sys -> {
          int[] fds = Run.pipe(sys);
          listen(sys, fds[0], Signal.SIGUSR2.number());
          assertThat(sys.fcntl(fds[0], FileAbi.F_GETOWN, 0)).isEqualTo(sys.getpid());
          assertThat(sys.fcntl(fds[0], FileAbi.F_GETSIG, 0)).isEqualTo(Signal.SIGUSR2.number());
          long group = sys.getpgid(0);
          assertThat(sys.fcntl(fds[0], FileAbi.F_SETOWN, -group)).isZero();
          assertThat(sys.fcntl(fds[0], FileAbi.F_GETOWN, 0)).isEqualTo(-group);
          write(sys, fds[1], 1);
          assertThat(heard()).isEqualTo(1);
          assertThat(sys.fcntl(fds[0], FileAbi.F_SETOWN, 999)).isEqualTo(Errno.ESRCH.result());
          assertThat(sys.fcntl(fds[0], FileAbi.F_SETOWN, Integer.MIN_VALUE))
              .isEqualTo(Errno.EINVAL.result());
          assertThat(sys.fcntl(fds[0], FileAbi.F_SETSIG, 65)).isEqualTo(Errno.EINVAL.result());
        });
  }

  @Test
  void a_file_that_sends_no_signals_does_not_take_O_ASYNC() {
    Run.seeded(
        sys -> {
          int ep = Run.epoll(sys);
          assertThat(sys.fcntl(ep, FileAbi.F_SETFL, FileAbi.O_ASYNC)).isZero();
          assertThat(sys.fcntl(ep, FileAbi.F_GETFL, 0)).isEqualTo(FileAbi.O_RDWR);
          assertThat(sys.ioctl(ep, FileAbi.FIOASYNC, new int[] {1}))
              .isEqualTo(Errno.ENOTTY.result());
        });
  }
}
