package org.gardenhose.sys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.gardenhose.abi.PollAbi.EPOLLET;
import static org.gardenhose.abi.PollAbi.EPOLLEXCLUSIVE;
import static org.gardenhose.abi.PollAbi.EPOLLHUP;
import static org.gardenhose.abi.PollAbi.EPOLLIN;
import static org.gardenhose.abi.PollAbi.EPOLLONESHOT;

import org.gardenhose.abi.EpollEvent;
import org.gardenhose.abi.PollFd;
import org.gardenhose.abi.Sys;
import org.junit.jupiter.api.Test;

/// Writers, closers and those who wait for them in every way at once: everybody wakes, nobody
/// hangs. A hang would be a deadlock, which the seeded kernel reports with its seed.
class PollRaceSpec {
  private static final int SEEDS = 3000;
  private static final int WRITERS = 3;
  private static final int WAITERS = 6;
  private static final int BYTES = 5;

  @Test
  void everybody_wakes_under_every_seed() {
    for (long seed = 0; seed < SEEDS; seed++) {
      try {
        play(new Run(Kernel.seeded(seed)));
      } catch (RuntimeException | AssertionError e) {
        throw new AssertionError("seed " + seed, e);
      }
    }
  }

  @Test
  void everybody_wakes_in_parallel() {
    for (int round = 0; round < 100; round++) {
      play(new Run(Kernel.parallel()));
    }
  }

  private static void play(Run run) {
    run.first(
        sys -> {
          int[] fds = Run.pipe(sys);
          int shared = Run.epoll(sys);
          Run.add(sys, shared, fds[0], EPOLLIN);
          for (int i = 0; i < WAITERS; i++) {
            int way = i;
            run.fork(sys, child -> drain(child, fds, way, shared));
          }
          for (int i = 0; i < WRITERS; i++) {
            run.fork(sys, child -> fill(child, fds));
          }
          sys.close(fds[0]);
          sys.close(fds[1]);
          for (int i = 0; i < WAITERS + WRITERS; i++) {
            assertThat(sys.wait(null)).isPositive();
          }
        });
  }

  private static void fill(Sys sys, int[] fds) {
    sys.close(fds[0]);
    for (int i = 0; i < BYTES; i++) {
      Run.write(sys, fds[1], 1);
    }
  }

  /// Waits in one of several ways and reads, until the end of file.
  private static void drain(Sys sys, int[] fds, int way, int shared) {
    sys.close(fds[1]);
    int ep = way == 1 ? shared : Run.epoll(sys);
    if (way > 1) {
      int[] ways = {0, 0, EPOLLET, EPOLLEXCLUSIVE, EPOLLONESHOT, EPOLLEXCLUSIVE | EPOLLET};
      Run.add(sys, ep, fds[0], EPOLLIN | ways[way]);
    }
    for (; ; ) {
      awaitInput(sys, fds[0], way, ep);
      long done;
      do {
        done = Run.read(sys, fds[0], 2);
      } while (done > 0);
      if (done == 0) {
        return;
      }
      if (way == 4) {
        Run.mod(sys, ep, fds[0], EPOLLIN | EPOLLHUP | EPOLLONESHOT);
      }
    }
  }

  private static void awaitInput(Sys sys, int fd, int way, int ep) {
    if (way == 0) {
      assertThat(sys.poll(new PollFd[] {new PollFd(fd, EPOLLIN)}, -1)).isEqualTo(1);
    } else {
      assertThat(sys.epollWait(ep, new EpollEvent[1], -1)).isEqualTo(1);
    }
  }
}
