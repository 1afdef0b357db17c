package org.gardenhose.sys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.gardenhose.abi.PollAbi.EPOLLET;
import static org.gardenhose.abi.PollAbi.EPOLLEXCLUSIVE;
import static org.gardenhose.abi.PollAbi.EPOLLIN;
import static org.gardenhose.sys.Run.add;
import static org.gardenhose.sys.Run.epoll;
import static org.gardenhose.sys.Run.read;
import static org.gardenhose.sys.Run.ready;
import static org.gardenhose.sys.Run.write;

import java.util.ArrayList;
import java.util.List;
import org.gardenhose.abi.EpollEvent;
import org.gardenhose.abi.Errno;
import org.gardenhose.abi.ProcAbi;
import org.gardenhose.abi.SigAction;
import org.gardenhose.abi.Signal;
import org.gardenhose.abi.Sys;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// Waiting at epoll instances: who is woken by what, and how many (L-88, L-89).
class EpollWaitSpec {
  @Nested
  class Waiting {
    @Test
    void ends_with_EINTR_or_at_its_timeout_and_events_win() {
      Run.seeded(
          sys -> {
            int ep = epoll(sys);
            int[] fds = Run.pipe(sys);
            add(sys, ep, fds[0], EPOLLIN);
            sys.sigaction(Signal.SIGALRM.number(), SigAction.handler(_ -> {}, 0), null);
            sys.alarm(1);
            assertThat(sys.epollWait(ep, new EpollEvent[1], -1)).isEqualTo(Errno.EINTR.result());
            assertThat(sys.epollWait(ep, new EpollEvent[1], 50)).isZero();
          });
    }

    @Test
    void wakes_who_came_last_first_and_one_for_each_edge() {
      Run run = new Run(Kernel.seeded(1));
      List<Integer> order = new ArrayList<>();
      run.first(
          sys -> {
            int ep = epoll(sys);
            int[] fds = Run.pipe(sys);
            add(sys, ep, fds[0], EPOLLIN | EPOLLET);
            for (int i = 0; i < 3; i++) {
              int me = i;
              run.fork(
                  sys,
                  child -> {
                    assertThat(ready(child, ep, 1, -1)).hasSize(1);
                    order.add(me);
                  });
              sys.nanosleep(1000);
            }
            for (int i = 0; i < 3; i++) {
              write(sys, fds[1], 1);
              sys.nanosleep(1000);
              assertThat(order).hasSize(i + 1);
            }
          });
      assertThat(order).containsExactly(2, 1, 0);
    }

    @Test
    void passes_a_level_on_to_the_next_who_waits() {
      Run run = new Run(Kernel.seeded(1));
      run.first(
          sys -> {
            int ep = epoll(sys);
            int[] fds = Run.pipe(sys);
            add(sys, ep, fds[0], EPOLLIN);
            for (int i = 0; i < 3; i++) {
              run.fork(sys, child -> assertThat(ready(child, ep, 1, -1)).hasSize(1));
            }
            sys.nanosleep(1000);
            write(sys, fds[1], 1);
            for (int i = 0; i < 3; i++) {
              assertThat(sys.wait(null)).isPositive();
            }
          });
    }
  }

  @Nested
  class Exclusive {
    /// Forks `count` processes that wait each in an instance of its own; returns how many woke.
    private int herd(int flags, int count) {
      Run run = new Run(Kernel.seeded(1));
      List<Long> woken = new ArrayList<>();
      run.first(
          sys -> {
            int[] fds = Run.pipe(sys);
            for (int i = 0; i < count; i++) {
              run.fork(sys, child -> waitAlone(child, fds[0], flags, woken));
            }
            sys.nanosleep(1000);
            write(sys, fds[1], 1);
            sys.nanosleep(1000);
          });
      return woken.size();
    }

    private void waitAlone(Sys sys, int fd, int flags, List<Long> woken) {
      int ep = epoll(sys);
      add(sys, ep, fd, flags);
      EpollEvent[] events = new EpollEvent[1];
      if (sys.epollWait(ep, events, 1000) == 1) {
        woken.add(sys.getpid());
      }
    }

    @Test
    void wakes_one_instance_of_many_and_otherwise_all_wake_L88() {
      assertThat(herd(EPOLLIN | EPOLLEXCLUSIVE, 64)).isEqualTo(1);
      assertThat(herd(EPOLLIN | EPOLLEXCLUSIVE | EPOLLET, 64)).isEqualTo(1);
      assertThat(herd(EPOLLIN, 64)).isEqualTo(64);
    }

    @Test
    void has_one_budget_with_blocked_readers_L88_L89() {
      Run run = new Run(Kernel.seeded(1));
      List<Long> woken = new ArrayList<>();
      run.first(
          sys -> {
            int[] fds = Run.blockingPipe(sys);
            run.fork(sys, child -> waitAlone(child, fds[0], EPOLLIN | EPOLLEXCLUSIVE, woken));
            sys.nanosleep(10);
            long reader = run.fork(sys, child -> assertThat(read(child, fds[0], 1)).isEqualTo(1));
            sys.nanosleep(10);
            write(sys, fds[1], 1);
            sys.nanosleep(10);
            assertThat(woken).hasSize(1);
            assertThat(sys.wait4(reader, null, ProcAbi.WNOHANG)).isZero();
            write(sys, fds[1], 1);
            assertThat(sys.wait4(reader, null, 0)).isEqualTo(reader);
          });
    }

    @Test
    void leaves_the_wake_to_the_next_if_nobody_waits_in_it() {
      Run run = new Run(Kernel.seeded(1));
      List<Long> woken = new ArrayList<>();
      run.first(
          sys -> {
            int[] fds = Run.pipe(sys);
            int idle = epoll(sys);
            add(sys, idle, fds[0], EPOLLIN | EPOLLEXCLUSIVE);
            run.fork(sys, child -> waitAlone(child, fds[0], EPOLLIN | EPOLLEXCLUSIVE, woken));
            sys.nanosleep(1000);
            write(sys, fds[1], 1);
            sys.nanosleep(1000);
            assertThat(woken).hasSize(1);
            assertThat(ready(sys, idle)).hasSize(1);
          });
    }
  }
}
