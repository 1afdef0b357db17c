package org.gardenhose.sys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.gardenhose.sys.Run.write;

import org.gardenhose.abi.Errno;
import org.gardenhose.abi.SigAction;
import org.gardenhose.abi.Signal;
import org.junit.jupiter.api.Test;

/// select(2): the three sets (L-79).
class SelectSpec {
  private static long[] set(int... fds) {
    long[] set = new long[1];
    for (int fd : fds) {
      set[0] |= 1L << fd;
    }
    return set;
  }

  @Test
  void leaves_only_what_is_ready_and_counts_bits_of_all_sets_L79() {
    Run.seeded(
        sys -> {
          int[] fds = Run.pipe(sys);
          write(sys, fds[1], 1);
          long[] readable = set(fds);
          long[] writable = set(fds);
          long[] exceptional = set(fds);
          assertThat(sys.select(8, readable, writable, exceptional, -1)).isEqualTo(2);
          assertThat(readable).isEqualTo(set(fds[0]));
          assertThat(writable).isEqualTo(set(fds[1]));
          assertThat(exceptional).isEqualTo(set());
        });
  }

  @Test
  void says_of_a_write_end_without_readers_that_it_is_both_L79() {
    Run.seeded(
        sys -> {
          int[] fds = Run.pipe(sys);
          write(sys, fds[1], 65536);
          sys.close(fds[0]);
          long[] readable = set(fds[1]);
          long[] writable = set(fds[1]);
          assertThat(sys.select(8, readable, writable, null, 0)).isEqualTo(2);
          assertThat(readable).isEqualTo(set(fds[1]));
          assertThat(writable).isEqualTo(set(fds[1]));
        });
  }

  @Test
  void says_of_a_read_end_at_end_of_file_that_it_is_readable_L79() {
    Run.seeded(
        sys -> {
          int[] fds = Run.pipe(sys);
          sys.close(fds[1]);
          assertThat(sys.select(8, set(fds[0]), null, null, -1)).isEqualTo(1);
        });
  }

  @Test
  void leaves_the_sets_alone_on_every_error() {
    Run.seeded(
        sys -> {
          int[] fds = Run.pipe(sys);
          long[] bad = set(fds[0], 9);
          assertThat(sys.select(10, bad, null, null, 0)).isEqualTo(Errno.EBADF.result());
          assertThat(bad).isEqualTo(set(fds[0], 9));
          assertThat(sys.select(-1, bad, null, null, 0)).isEqualTo(Errno.EINVAL.result());
          assertThat(sys.select(8, new long[0], null, null, 0)).isEqualTo(Errno.EFAULT.result());
          sys.sigaction(Signal.SIGALRM.number(), SigAction.handler(_ -> {}, 0), null);
          sys.alarm(1);
          long[] waiting = set(fds[0]);
          assertThat(sys.select(8, waiting, null, null, -1)).isEqualTo(Errno.EINTR.result());
          assertThat(waiting).isEqualTo(set(fds[0]));
        });
  }

  @Test
  void clears_the_sets_at_its_timeout_and_ignores_numbers_from_count_on() {
    Run.seeded(
        sys -> {
          int[] fds = Run.pipe(sys);
          long[] readable = set(fds[0], 9);
          assertThat(sys.select(fds[0] + 1, readable, null, null, 1_000_000)).isZero();
          assertThat(readable).isEqualTo(set());
        });
  }

  @Test
  void leaves_numbers_beyond_the_table_as_they_are_like_Linux() {
    Run.seeded(
        sys -> {
          long[] readable = new long[16];
          readable[14] = 1;
          assertThat(sys.select(1024, readable, null, null, 0)).isZero();
          assertThat(readable[14]).isEqualTo(1);
        });
  }
}
