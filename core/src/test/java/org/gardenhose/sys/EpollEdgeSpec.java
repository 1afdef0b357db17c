package org.gardenhose.sys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.gardenhose.abi.PollAbi.EPOLLERR;
import static org.gardenhose.abi.PollAbi.EPOLLET;
import static org.gardenhose.abi.PollAbi.EPOLLHUP;
import static org.gardenhose.abi.PollAbi.EPOLLIN;
import static org.gardenhose.abi.PollAbi.EPOLLOUT;
import static org.gardenhose.sys.Run.add;
import static org.gardenhose.sys.Run.epoll;
import static org.gardenhose.sys.Run.mod;
import static org.gardenhose.sys.Run.read;
import static org.gardenhose.sys.Run.ready;
import static org.gardenhose.sys.Run.write;

import java.nio.ByteBuffer;
import org.gardenhose.abi.Errno;
import org.gardenhose.abi.FileAbi;
import org.gardenhose.abi.Sys;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// Edges: what makes an `EPOLLET` registration report again (L-81 to L-84).
class EpollEdgeSpec {
  private static final int FULL = 65536;
  private static final int PAGE = 4096;

  /// What a scene is about: a pipe, whose end `fd` is watched by `ep`, and another pipe.
  private record Watched(Sys sys, int ep, int reader, int writer, int[] other) {
    boolean edge() {
      return !ready(sys, ep).isEmpty();
    }
  }

  private interface Scene {
    void play(Watched watched);
  }

  private static void reading(Scene scene) {
    watched(scene, 0, EPOLLIN | EPOLLET);
  }

  private static void writing(Scene scene) {
    watched(scene, 1, EPOLLOUT | EPOLLET);
  }

  private static void watched(Scene scene, int end, int events) {
    Run.seeded(
        sys -> {
          int[] fds = Run.pipe(sys);
          int ep = epoll(sys);
          add(sys, ep, fds[end], events);
          scene.play(new Watched(sys, ep, fds[0], fds[1], Run.pipe(sys)));
        });
  }

  @Nested
  class The_read_end_has_an_edge {
    @Test
    void with_every_write_also_to_a_pipe_that_is_not_empty_L82() {
      reading(
          w -> {
            write(w.sys, w.writer, 1);
            assertThat(w.edge()).isTrue();
            assertThat(w.edge()).isFalse();
            write(w.sys, w.writer, 1);
            assertThat(w.edge()).isTrue();
            write(w.sys, w.writer, 2 * PAGE);
            assertThat(w.edge()).isTrue();
            assertThat(w.edge()).isFalse();
          });
    }

    @Test
    void with_a_write_that_failed_with_EAGAIN_L82() {
      reading(
          w -> {
            write(w.sys, w.writer, FULL);
            assertThat(w.edge()).isTrue();
            assertThat(write(w.sys, w.writer, 1)).isEqualTo(Errno.EAGAIN.result());
            assertThat(w.edge()).isTrue();
          });
    }

    @Test
    void not_with_a_write_of_nothing_nor_with_a_partial_read_L82() {
      reading(
          w -> {
            write(w.sys, w.writer, 10);
            assertThat(w.edge()).isTrue();
            write(w.sys, w.writer, 0);
            assertThat(w.edge()).isFalse();
            read(w.sys, w.reader, 5);
            assertThat(w.edge()).isFalse();
          });
    }

    @Test
    void at_the_last_writers_close_with_and_without_data_L84() {
      reading(
          w -> {
            write(w.sys, w.writer, 1);
            assertThat(w.edge()).isTrue();
            w.sys.close(w.writer);
            assertThat(ready(w.sys, w.ep)).containsExactly(w.reader + ":" + (EPOLLIN | EPOLLHUP));
            assertThat(w.edge()).isFalse();
          });
      reading(
          w -> {
            w.sys.close(w.writer);
            assertThat(ready(w.sys, w.ep)).containsExactly(w.reader + ":" + EPOLLHUP);
          });
    }

    @Test
    void when_pages_are_spliced_or_teed_in_L90() {
      reading(
          w -> {
            write(w.sys, w.other[1], 10);
            assertThat(w.sys.tee(w.other[0], w.writer, 5, 0)).isEqualTo(5);
            assertThat(w.edge()).isTrue();
            assertThat(w.sys.splice(w.other[0], null, w.writer, null, 5, 0)).isEqualTo(5);
            assertThat(w.edge()).isTrue();
            w.sys.vmsplice(w.writer, new ByteBuffer[] {ByteBuffer.allocate(3)}, 0);
            assertThat(w.edge()).isTrue();
          });
    }

    @Test
    void when_it_is_armed_again_with_data() {
      reading(
          w -> {
            write(w.sys, w.writer, 1);
            assertThat(w.edge()).isTrue();
            mod(w.sys, w.ep, w.reader, EPOLLIN | EPOLLET);
            assertThat(w.edge()).isTrue();
            assertThat(w.edge()).isFalse();
          });
    }

    @Test
    void before_a_writer_sleeps_only_if_the_pipe_was_empty_L90() {
      sleepingWriter(0, true);
      sleepingWriter(1, false);
    }

    private void sleepingWriter(int before, boolean edge) {
      Run run = new Run(Kernel.seeded(1));
      run.first(
          sys -> {
            int[] fds = Run.blockingPipe(sys);
            int ep = epoll(sys);
            write(sys, fds[1], before);
            add(sys, ep, fds[0], EPOLLIN | EPOLLET);
            assertThat(ready(sys, ep)).hasSize(before);
            run.fork(sys, child -> write(child, fds[1], 100_000));
            sys.nanosleep(1000);
            assertThat(!ready(sys, ep).isEmpty()).isEqualTo(edge);
            read(sys, fds[0], FULL);
            sys.nanosleep(1000);
            assertThat(ready(sys, ep)).hasSize(1);
            read(sys, fds[0], FULL);
            sys.wait(null);
          });
    }
  }

  @Nested
  class The_write_end_has_an_edge {
    @Test
    void when_a_read_frees_a_slot_of_a_full_pipe_and_only_then_L83() {
      writing(
          w -> {
            assertThat(w.edge()).isTrue();
            write(w.sys, w.writer, FULL);
            assertThat(w.edge()).isFalse();
            read(w.sys, w.reader, PAGE / 2);
            assertThat(w.edge()).isFalse();
            read(w.sys, w.reader, PAGE / 2);
            assertThat(w.edge()).isTrue();
            read(w.sys, w.reader, PAGE);
            assertThat(w.edge()).isFalse();
          });
    }

    @Test
    void when_splicing_out_frees_a_slot_full_or_not_L83() {
      writing(
          w -> {
            assertThat(w.edge()).isTrue();
            write(w.sys, w.writer, 2 * PAGE);
            w.sys.splice(w.reader, null, w.other[1], null, PAGE / 2, 0);
            assertThat(w.edge()).isFalse();
            w.sys.splice(w.reader, null, w.other[1], null, PAGE / 2, 0);
            assertThat(w.edge()).isTrue();
            w.sys.tee(w.reader, w.other[1], PAGE, 0);
            assertThat(w.edge()).isFalse();
            w.sys.vmsplice(w.reader, new ByteBuffer[] {ByteBuffer.allocate(PAGE)}, 0);
            assertThat(w.edge()).isTrue();
          });
    }

    @Test
    void when_the_capacity_is_set_L83() {
      writing(
          w -> {
            assertThat(w.edge()).isTrue();
            assertThat(w.sys.fcntl(w.writer, FileAbi.F_SETPIPE_SZ, FULL)).isEqualTo(FULL);
            assertThat(w.edge()).isTrue();
            w.sys.fcntl(w.writer, FileAbi.F_SETPIPE_SZ, 2 * FULL);
            assertThat(w.edge()).isTrue();
          });
    }

    @Test
    void at_the_last_readers_close_L84() {
      writing(
          w -> {
            assertThat(w.edge()).isTrue();
            w.sys.close(w.reader);
            assertThat(ready(w.sys, w.ep)).containsExactly(w.writer + ":" + (EPOLLOUT | EPOLLERR));
          });
      writing(
          w -> {
            write(w.sys, w.writer, FULL);
            w.sys.close(w.reader);
            assertThat(ready(w.sys, w.ep)).containsExactly(w.writer + ":" + EPOLLERR);
          });
    }
  }
}
