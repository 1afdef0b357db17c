package org.gardenhose.sys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.gardenhose.abi.PollAbi.EPOLLERR;
import static org.gardenhose.abi.PollAbi.EPOLLET;
import static org.gardenhose.abi.PollAbi.EPOLLEXCLUSIVE;
import static org.gardenhose.abi.PollAbi.EPOLLHUP;
import static org.gardenhose.abi.PollAbi.EPOLLIN;
import static org.gardenhose.abi.PollAbi.EPOLLONESHOT;
import static org.gardenhose.abi.PollAbi.EPOLLOUT;
import static org.gardenhose.abi.PollAbi.EPOLLPRI;
import static org.gardenhose.abi.PollAbi.EPOLLRDNORM;
import static org.gardenhose.abi.PollAbi.EPOLL_CTL_ADD;
import static org.gardenhose.abi.PollAbi.EPOLL_CTL_MOD;
import static org.gardenhose.sys.Run.add;
import static org.gardenhose.sys.Run.del;
import static org.gardenhose.sys.Run.epoll;
import static org.gardenhose.sys.Run.mod;
import static org.gardenhose.sys.Run.poll;
import static org.gardenhose.sys.Run.read;
import static org.gardenhose.sys.Run.ready;
import static org.gardenhose.sys.Run.write;

import java.util.ArrayList;
import java.util.List;
import org.gardenhose.abi.EpollEvent;
import org.gardenhose.abi.Errno;
import org.gardenhose.abi.FileAbi;
import org.gardenhose.abi.PollAbi;
import org.gardenhose.abi.ProcAbi;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// Epoll: errors, levels, one-shot, nesting, and whose the registration is (L-80).
class EpollSpec {
  private static final long EINVAL = Errno.EINVAL.result();
  private static final long ELOOP = Errno.ELOOP.result();

  @Nested
  class Errors {
    @Test
    void of_epoll_create1() {
      Run.seeded(
          sys -> {
            assertThat(sys.epollCreate1(1)).isEqualTo(EINVAL);
            int fd = (int) sys.epollCreate1(PollAbi.EPOLL_CLOEXEC);
            assertThat(sys.fcntl(fd, FileAbi.F_GETFD, 0)).isEqualTo(FileAbi.FD_CLOEXEC);
            assertThat(sys.fcntl(fd, FileAbi.F_GETFL, 0)).isEqualTo(FileAbi.O_RDWR);
            assertThat(read(sys, fd, 1)).isEqualTo(EINVAL);
            assertThat(write(sys, fd, 1)).isEqualTo(EINVAL);
            sys.prlimit(ProcAbi.RLIMIT_NOFILE, new long[] {1, 1024}, null);
            assertThat(sys.epollCreate1(0)).isEqualTo(Errno.EMFILE.result());
          });
    }

    @Test
    void of_the_whole_system_are_ENFILE() {
      Kernel kernel = Kernel.seeded(1);
      new Run(kernel)
          .first(
              sys -> {
                kernel.files().limit(0);
                assertThat(sys.epollCreate1(0)).isEqualTo(Errno.ENFILE.result());
              });
    }

    @Test
    void of_epoll_ctl_in_Linuxs_order() {
      Run.seeded(
          sys -> {
            int ep = epoll(sys);
            int[] fds = Run.pipe(sys);
            int r = fds[0];
            EpollEvent in = new EpollEvent(EPOLLIN, 0);
            assertThat(sys.epollCtl(-1, EPOLL_CTL_ADD, -1, null)).isEqualTo(Errno.EFAULT.result());
            assertThat(sys.epollCtl(99, EPOLL_CTL_ADD, r, in)).isEqualTo(Errno.EBADF.result());
            assertThat(add(sys, ep, 99, EPOLLIN)).isEqualTo(Errno.EBADF.result());
            assertThat(add(sys, r, fds[1], EPOLLIN)).isEqualTo(EINVAL);
            assertThat(add(sys, ep, ep, EPOLLIN)).isEqualTo(EINVAL);
            assertThat(mod(sys, ep, r, EPOLLIN)).isEqualTo(Errno.ENOENT.result());
            assertThat(del(sys, ep, r)).isEqualTo(Errno.ENOENT.result());
            assertThat(add(sys, ep, r, EPOLLIN)).isZero();
            assertThat(add(sys, ep, r, EPOLLIN)).isEqualTo(Errno.EEXIST.result());
            assertThat(sys.epollCtl(ep, 77, r, in)).isEqualTo(EINVAL);
            assertThat(sys.epollCtl(ep, EPOLL_CTL_MOD, r, null)).isEqualTo(Errno.EFAULT.result());
          });
    }

    @Test
    void of_EPOLLEXCLUSIVE() {
      Run.seeded(
          sys -> {
            int ep = epoll(sys);
            int inner = epoll(sys);
            int r = Run.pipe(sys)[0];
            int bad = EPOLLEXCLUSIVE | EPOLLIN;
            assertThat(add(sys, ep, r, bad | EPOLLONESHOT)).isEqualTo(EINVAL);
            assertThat(add(sys, ep, r, bad | EPOLLPRI)).isEqualTo(EINVAL);
            assertThat(add(sys, ep, r, EPOLLEXCLUSIVE | EPOLLRDNORM)).isEqualTo(EINVAL);
            assertThat(add(sys, ep, inner, bad)).isEqualTo(EINVAL);
            assertThat(add(sys, ep, r, bad | EPOLLET | EPOLLHUP)).isZero();
            assertThat(mod(sys, ep, r, EPOLLIN)).isEqualTo(EINVAL);
            assertThat(mod(sys, ep, r, bad)).isEqualTo(EINVAL);
          });
    }

    @Test
    void of_epoll_wait() {
      Run.seeded(
          sys -> {
            int ep = epoll(sys);
            int[] fds = Run.pipe(sys);
            assertThat(sys.epollWait(99, new EpollEvent[0], 0)).isEqualTo(Errno.EBADF.result());
            assertThat(sys.epollWait(ep, new EpollEvent[0], 0)).isEqualTo(EINVAL);
            assertThat(sys.epollWait(fds[0], new EpollEvent[1], 0)).isEqualTo(EINVAL);
            assertThat(sys.epollWait(ep, null, 0)).isZero();
            add(sys, ep, fds[1], EPOLLOUT | EPOLLET);
            assertThat(sys.epollWait(ep, null, 0)).isEqualTo(Errno.EFAULT.result());
            assertThat(ready(sys, ep)).hasSize(1);
          });
    }

    @Test
    void of_nesting() {
      Run.seeded(
          sys -> {
            int[] up = new int[6];
            int[] down = new int[6];
            for (int i = 0; i < 6; i++) {
              up[i] = epoll(sys);
              down[i] = epoll(sys);
            }
            for (int i = 1; i < 6; i++) {
              assertThat(add(sys, up[i], up[i - 1], EPOLLIN)).isEqualTo(i < 5 ? 0 : ELOOP);
              assertThat(add(sys, down[i - 1], down[i], EPOLLIN)).isEqualTo(i < 5 ? 0 : ELOOP);
            }
            assertThat(add(sys, up[0], up[1], EPOLLIN)).isEqualTo(ELOOP);
            assertThat(add(sys, up[0], up[4], EPOLLIN)).isEqualTo(ELOOP);
          });
    }
  }

  @Nested
  class Level_triggered {
    @Test
    void reports_as_long_as_it_holds_L80() {
      Run.seeded(
          sys -> {
            int ep = epoll(sys);
            int[] fds = Run.pipe(sys);
            add(sys, ep, fds[0], EPOLLIN);
            assertThat(ready(sys, ep)).isEmpty();
            write(sys, fds[1], 2);
            assertThat(ready(sys, ep)).containsExactly(fds[0] + ":" + EPOLLIN);
            read(sys, fds[0], 1);
            assertThat(ready(sys, ep)).hasSize(1);
            read(sys, fds[0], 1);
            assertThat(ready(sys, ep)).isEmpty();
          });
    }

    @Test
    void cannot_mask_HUP_and_ERR_L80() {
      Run.seeded(
          sys -> {
            int ep = epoll(sys);
            int[] fds = Run.pipe(sys);
            int[] other = Run.pipe(sys);
            add(sys, ep, fds[0], 0);
            add(sys, ep, other[1], 0);
            sys.close(fds[1]);
            sys.close(other[0]);
            assertThat(ready(sys, ep))
                .containsExactlyInAnyOrder(fds[0] + ":" + EPOLLHUP, other[1] + ":" + EPOLLERR);
          });
    }

    @Test
    void takes_turns_among_the_ready_when_there_is_little_room() {
      Run.seeded(
          sys -> {
            int ep = epoll(sys);
            List<String> seen = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
              int[] fds = Run.pipe(sys);
              add(sys, ep, fds[0], EPOLLIN);
              write(sys, fds[1], 1);
            }
            for (int i = 0; i < 6; i++) {
              seen.addAll(ready(sys, ep, 1, 0));
            }
            assertThat(seen.subList(0, 3)).doesNotHaveDuplicates();
            assertThat(seen.subList(3, 6)).isEqualTo(seen.subList(0, 3));
          });
    }
  }

  @Nested
  class One_shot {
    @Test
    void reports_once_until_it_is_armed_again_also_HUP_L80() {
      Run.seeded(
          sys -> {
            int ep = epoll(sys);
            int[] fds = Run.pipe(sys);
            add(sys, ep, fds[0], EPOLLIN | EPOLLONESHOT);
            write(sys, fds[1], 1);
            assertThat(ready(sys, ep)).hasSize(1);
            write(sys, fds[1], 1);
            sys.close(fds[1]);
            assertThat(ready(sys, ep)).isEmpty();
            mod(sys, ep, fds[0], EPOLLIN | EPOLLONESHOT);
            assertThat(ready(sys, ep)).containsExactly(fds[0] + ":" + (EPOLLIN | EPOLLHUP));
          });
    }
  }

  @Nested
  class The_registration {
    @Test
    void belongs_to_the_description_and_outlives_the_descriptor_L80() {
      Run.seeded(
          sys -> {
            int ep = epoll(sys);
            int[] fds = Run.pipe(sys);
            int dup = (int) sys.dup(fds[0]);
            add(sys, ep, fds[0], EPOLLIN);
            sys.close(fds[0]);
            write(sys, fds[1], 1);
            assertThat(ready(sys, ep)).hasSize(1);
            assertThat(del(sys, ep, fds[0])).isEqualTo(Errno.EBADF.result());
            sys.close(dup);
            assertThat(ready(sys, ep)).isEmpty();
          });
    }

    @Test
    void of_a_dup_is_another_one() {
      Run.seeded(
          sys -> {
            int ep = epoll(sys);
            int[] fds = Run.pipe(sys);
            int dup = (int) sys.dup(fds[0]);
            assertThat(add(sys, ep, fds[0], EPOLLIN)).isZero();
            assertThat(add(sys, ep, dup, EPOLLIN)).isZero();
            write(sys, fds[1], 1);
            assertThat(ready(sys, ep)).hasSize(2);
            assertThat(del(sys, ep, dup)).isZero();
            assertThat(ready(sys, ep)).hasSize(1);
          });
    }

    @Test
    void goes_with_the_instance_and_is_shared_with_a_child() {
      Run run = new Run(Kernel.seeded(1));
      run.first(
          sys -> {
            int ep = epoll(sys);
            int[] fds = Run.pipe(sys);
            add(sys, ep, fds[0], EPOLLIN | EPOLLET);
            write(sys, fds[1], 1);
            run.fork(sys, child -> assertThat(ready(child, ep)).hasSize(1));
            sys.wait(null);
            assertThat(ready(sys, ep)).isEmpty();
            sys.close(ep);
            assertThat(write(sys, fds[1], 1)).isEqualTo(1);
            sys.close(fds[0]);
          });
    }
  }

  @Nested
  class Nested_instances {
    @Test
    void are_files_that_can_be_polled_and_watched() {
      Run.seeded(
          sys -> {
            int inner = epoll(sys);
            int outer = epoll(sys);
            int[] fds = Run.pipe(sys);
            add(sys, inner, fds[0], EPOLLIN);
            add(sys, outer, inner, EPOLLIN);
            assertThat(poll(sys, inner, EPOLLIN)).isZero();
            assertThat(ready(sys, outer)).isEmpty();
            write(sys, fds[1], 1);
            assertThat(poll(sys, inner, EPOLLIN | EPOLLOUT)).isEqualTo(EPOLLIN);
            assertThat(ready(sys, outer)).containsExactly(inner + ":" + EPOLLIN);
            read(sys, fds[0], 1);
            assertThat(poll(sys, inner, EPOLLIN)).isZero();
            assertThat(ready(sys, outer)).isEmpty();
          });
    }

    @Test
    void wake_who_waits_at_the_outer_one() {
      Run run = new Run(Kernel.seeded(1));
      run.first(
          sys -> {
            int inner = epoll(sys);
            int outer = epoll(sys);
            int[] fds = Run.pipe(sys);
            add(sys, inner, fds[0], EPOLLIN);
            add(sys, outer, inner, EPOLLIN | EPOLLET);
            run.fork(
                sys,
                child -> {
                  child.nanosleep(1000);
                  write(child, fds[1], 1);
                });
            assertThat(ready(sys, outer, 1, -1)).hasSize(1);
          });
    }
  }
}
