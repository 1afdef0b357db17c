package org.gardenhose.spec.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.gardenhose.abi.Errno.EAGAIN;
import static org.gardenhose.abi.Errno.EINTR;
import static org.gardenhose.abi.Errno.EINVAL;
import static org.gardenhose.abi.Errno.EPIPE;
import static org.gardenhose.abi.FileAbi.O_RDONLY;
import static org.gardenhose.abi.FileAbi.O_RDWR;
import static org.gardenhose.abi.PipeAbi.O_NONBLOCK;
import static org.gardenhose.spec.scenario.FileWords.FULL;
import static org.gardenhose.spec.scenario.FileWords.PAGE;
import static org.gardenhose.spec.scenario.FileWords.file;
import static org.gardenhose.spec.scenario.FileWords.fill;
import static org.gardenhose.spec.scenario.FileWords.open;
import static org.gardenhose.spec.scenario.FileWords.position;
import static org.gardenhose.spec.scenario.FileWords.splice;

import org.gardenhose.abi.Signal;
import org.junit.jupiter.api.Nested;

/// Splicing from a file to a pipe: L-138 to L-144.
class FileToPipeSpec {
  private static Outcome at(Stage on, int file, long[] offset, int pipe, long length) {
    return on.expect("splice", on.sys().splice(file, offset, pipe, null, length, 0));
  }

  @Nested
  class Space_in_the_pipe {
    @Scenario("L-138")
    void is_no_use_without_a_reader_even_at_the_end_of_the_file(Stage on) {
      int[] fds = on.pipe();
      int[] count = on.count(Signal.SIGPIPE, 0);
      int file = file(on, "/f", "");
      on.close(fds[0]);

      splice(on, file, fds[1], 1).failsWith(EPIPE);

      assertThat(count[0]).isEqualTo(1);
    }

    @Scenario("L-138")
    void is_waited_for_before_the_file_is_asked(Stage on) {
      int[] fds = on.pipe(O_NONBLOCK);
      on.write(fds[1], FULL).returns(FULL);

      splice(on, file(on, "/f", ""), fds[1], 1).failsWith(EAGAIN);
      splice(on, open(on, "/dev/null", O_RDONLY), fds[1], 1).failsWith(EAGAIN);
      splice(on, open(on, "/", O_RDONLY), fds[1], 1).failsWith(EAGAIN);
    }

    @Scenario("L-138")
    void is_waited_for_until_a_signal_comes(Stage on) {
      int[] fds = on.pipe();
      on.count(Signal.SIGUSR1, 0);
      int file = file(on, "/f", "text");
      on.write(fds[1], FULL).returns(FULL);
      Call call = on.child("splice", sys -> sys.splice(file, null, fds[1], null, 4, 0)).blocks();

      on.sys().kill(call.tid(), Signal.SIGUSR1.number());

      call.failsWith(EINTR);
    }

    @Scenario({"L-138", "L-139"})
    void of_one_slot_is_enough_and_no_more_is_waited_for(Stage on) {
      int[] fds = on.pipe();
      int file = file(on, "/f", "a".repeat(3 * PAGE));
      on.write(fds[1], FULL).returns(FULL);
      Call call = on.thread("splice", sys -> sys.splice(file, null, fds[1], null, 3 * PAGE, 0));
      call.blocks();

      on.read(fds[0], PAGE).returns(PAGE);

      call.returns(PAGE);
    }
  }

  @Nested
  class One_pass {
    @Scenario("L-139")
    void fills_all_slots_at_most(Stage on) {
      int[] fds = on.pipe();
      int file = file(on, "/f", "a".repeat(FULL + PAGE));

      splice(on, file, fds[1], 1 << 20).returns(FULL);
    }

    @Scenario({"L-139", "L-140"})
    void holds_less_if_it_does_not_begin_with_a_page(Stage on) {
      int[] fds = on.pipe();
      int file = file(on, "/f", "a".repeat(FULL + PAGE));

      at(on, file, new long[] {100}, fds[1], 1 << 20).returns(FULL - 100);
    }

    @Scenario("L-139")
    void stops_at_the_end_of_the_file(Stage on) {
      int[] fds = on.pipe();
      int file = file(on, "/f", "a".repeat(PAGE + 1));

      splice(on, file, fds[1], 1 << 20).returns(PAGE + 1);
    }

    @Scenario("L-140")
    void makes_a_slot_of_every_page_it_touches(Stage on) {
      int[] fds = on.pipe(O_NONBLOCK);
      int file = file(on, "/f", "a".repeat(2 * PAGE));

      at(on, file, new long[] {PAGE - 100}, fds[1], 200).returns(200);

      assertThat(fill(on, fds[1])).isEqualTo(14);
    }

    @Scenario("L-140")
    void is_neither_added_to_what_is_there_nor_added_to(Stage on) {
      int[] fds = on.pipe(O_NONBLOCK);
      int file = file(on, "/f", "text");
      on.write(fds[1], "a").returns(1);

      splice(on, file, fds[1], 1).returns(1);
      on.write(fds[1], "x").returns(1);

      assertThat(fill(on, fds[1])).isEqualTo(13);
      assertThat(on.text(fds[0], 3)).isEqualTo("atx");
      assertThat(on.text(file, 9)).isEqualTo("ext");
      assertThat(on.sys().lseek(file, 0, 0)).isZero();
      assertThat(on.text(file, 9)).isEqualTo("text");
    }
  }

  @Nested
  class The_position {
    @Scenario("L-141")
    void is_the_files_own_and_moves_by_the_count(Stage on) {
      int[] fds = on.pipe();
      int file = file(on, "/f", "0123456789");

      splice(on, file, fds[1], 4).returns(4);
      splice(on, file, fds[1], 100).returns(6);
      splice(on, file, fds[1], 100).returns(0);

      assertThat(position(on, file)).isEqualTo(10);
      assertThat(on.text(fds[0], 99)).isEqualTo("0123456789");
    }

    @Scenario("L-141")
    void that_is_given_is_used_and_moved_instead(Stage on) {
      int[] fds = on.pipe();
      int file = file(on, "/f", "0123456789");
      long[] offset = {3};

      at(on, file, offset, fds[1], 4).returns(4);
      at(on, file, new long[] {10}, fds[1], 4).returns(0);
      at(on, file, new long[] {99}, fds[1], 4).returns(0);

      assertThat(offset[0]).isEqualTo(7);
      assertThat(position(on, file)).isZero();
      assertThat(on.text(fds[0], 99)).isEqualTo("3456");
    }

    @Scenario("L-141")
    void can_be_neither_negative_nor_too_large(Stage on) {
      int[] fds = on.pipe();
      int file = file(on, "/f", "text");

      at(on, file, new long[] {-1}, fds[1], 4).failsWith(EINVAL);
      at(on, file, new long[] {Long.MAX_VALUE}, fds[1], 4).failsWith(EINVAL);
    }

    @Scenario("L-144")
    void cannot_be_given_for_a_file_that_has_none(Stage on) {
      int[] fds = on.pipe();
      int epoll = (int) on.expect("epoll_create1", on.sys().epollCreate1(0)).succeeds();

      at(on, epoll, new long[1], fds[1], 4).failsWith(EINVAL);
    }
  }

  @Nested
  class The_pages {
    @Scenario("L-142")
    void are_the_files_so_that_a_change_is_seen_by_the_reader(Stage on) {
      int[] fds = on.pipe();
      int file = file(on, "/f", "0123456789");
      splice(on, file, fds[1], 10).returns(10);

      on.expect("pwrite", on.sys().pwrite(file, Stage.bytes("XY"), 4)).returns(2);

      assertThat(on.text(fds[0], 99)).isEqualTo("0123XY6789");
    }

    @Scenario("L-142")
    void keep_their_length_when_the_file_loses_it(Stage on) {
      int[] fds = on.pipe();
      int file = file(on, "/f", "a".repeat(PAGE));
      splice(on, file, fds[1], PAGE).returns(PAGE);

      on.expect("ftruncate", on.sys().ftruncate(file, 0)).returns(0);

      on.read(fds[0], FULL).returns(PAGE);
    }
  }

  @Nested
  class A_device {
    @Scenario("L-143")
    void of_zeros_gives_copies(Stage on) {
      int[] fds = on.pipe(O_NONBLOCK);

      splice(on, open(on, "/dev/zero", O_RDONLY), fds[1], 2).returns(2);
      splice(on, open(on, "/dev/full", O_RDONLY), fds[1], 2).returns(2);

      assertThat(fill(on, fds[1])).isEqualTo(14);
      assertThat(on.text(fds[0], 4)).isEqualTo("\0\0\0\0");
    }

    @Scenario("L-143")
    void of_nothing_gives_none_nor_do_directories_and_what_has_no_pages(Stage on) {
      int[] fds = on.pipe();
      int epoll = (int) on.expect("epoll_create1", on.sys().epollCreate1(0)).succeeds();
      int info = open(on, "/proc/self/fdinfo/" + fds[0], O_RDONLY);

      splice(on, info, fds[1], 2).failsWith(EINVAL);
      splice(on, open(on, "/dev/null", O_RDWR), fds[1], 2).failsWith(EINVAL);
      splice(on, open(on, "/", O_RDONLY), fds[1], 2).failsWith(EINVAL);
      splice(on, epoll, fds[1], 2).failsWith(EINVAL);
    }

    @Scenario("L-143")
    void of_the_kernels_settings_gives_them(Stage on) {
      int[] fds = on.pipe();
      int setting = open(on, "/proc/sys/fs/pipe-max-size", O_RDONLY);

      splice(on, setting, fds[1], 99).succeeds();

      assertThat(on.text(fds[0], 99)).endsWith("\n");
    }
  }
}
