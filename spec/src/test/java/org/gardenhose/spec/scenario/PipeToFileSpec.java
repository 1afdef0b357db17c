package org.gardenhose.spec.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.gardenhose.abi.Errno.EAGAIN;
import static org.gardenhose.abi.Errno.EBADF;
import static org.gardenhose.abi.Errno.EINVAL;
import static org.gardenhose.abi.FileAbi.O_APPEND;
import static org.gardenhose.abi.FileAbi.O_RDONLY;
import static org.gardenhose.abi.FileAbi.O_WRONLY;
import static org.gardenhose.abi.PipeAbi.O_NONBLOCK;
import static org.gardenhose.spec.scenario.FileWords.FULL;
import static org.gardenhose.spec.scenario.FileWords.PAGE;
import static org.gardenhose.spec.scenario.FileWords.file;
import static org.gardenhose.spec.scenario.FileWords.fill;
import static org.gardenhose.spec.scenario.FileWords.open;
import static org.gardenhose.spec.scenario.FileWords.position;
import static org.gardenhose.spec.scenario.FileWords.splice;
import static org.gardenhose.spec.scenario.FileWords.stat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Nested;

/// Splicing from a pipe to a file: L-145, L-146, L-148.
class PipeToFileSpec {
  private static Outcome at(Stage on, int pipe, int file, long[] offset, long length) {
    return on.expect("splice", on.sys().splice(pipe, null, file, offset, length, 0));
  }

  private static int[] filled(Stage on, String text) {
    int[] fds = on.pipe(O_NONBLOCK);
    on.write(fds[1], text).returns(text.length());
    return fds;
  }

  private static String text(Stage on, int file) {
    ByteBuffer memory = ByteBuffer.allocate(99);
    on.expect("pread", on.sys().pread(file, memory, 0)).succeeds();
    return Stage.text(memory.flip());
  }

  @Nested
  class It_is_refused_and_the_data_stays_if_the_file {
    @Scenario("L-145")
    void is_only_appended_to(Stage on) {
      int[] fds = filled(on, "text");
      on.close(file(on, "/f", ""));

      splice(on, fds[0], open(on, "/f", O_WRONLY | O_APPEND), 4).failsWith(EINVAL);

      assertThat(on.text(fds[0], 9)).isEqualTo("text");
    }

    @Scenario("L-145")
    void takes_no_pages(Stage on) {
      int[] fds = filled(on, "text");
      int epoll = (int) on.expect("epoll_create1", on.sys().epollCreate1(0)).succeeds();

      splice(on, fds[0], open(on, "/dev/full", O_WRONLY), 4).failsWith(EINVAL);
      splice(on, fds[0], open(on, "/", O_RDONLY), 4).failsWith(EBADF);
      splice(on, fds[0], epoll, 4).failsWith(EINVAL);
      at(on, fds[0], epoll, new long[1], 4).failsWith(EINVAL);

      assertThat(on.text(fds[0], 9)).isEqualTo("text");
    }

    @Scenario("L-145")
    void has_no_such_position(Stage on) {
      int[] fds = filled(on, "text");
      int file = file(on, "/f", "");

      at(on, fds[0], file, new long[] {-1}, 4).failsWith(EINVAL);
      at(on, fds[0], file, new long[] {Long.MAX_VALUE - 1}, 4).failsWith(EINVAL);

      assertThat(on.text(fds[0], 9)).isEqualTo("text");
    }
  }

  @Nested
  class It_moves {
    @Scenario("L-146")
    void what_is_there_and_waits_for_no_more(Stage on) {
      int[] fds = on.pipe();
      int file = file(on, "/f", "");
      on.write(fds[1], 2 * PAGE + 1).returns(2 * PAGE + 1);

      splice(on, fds[0], file, FULL).returns(2 * PAGE + 1);

      assertThat(stat(on, file).size()).isEqualTo(2 * PAGE + 1);
    }

    @Scenario("L-146")
    void the_first_byte_that_comes(Stage on) {
      int[] fds = on.pipe();
      int file = file(on, "/f", "");
      Call call = on.thread("splice", sys -> sys.splice(fds[0], null, file, null, FULL, 0));
      call.blocks();

      on.write(fds[1], 1).returns(1);

      call.returns(1);
    }

    @Scenario("L-146")
    void nothing_from_an_empty_pipe_which_ends_or_would_be_waited_for(Stage on) {
      int[] fds = on.pipe(O_NONBLOCK);
      int file = file(on, "/f", "");

      splice(on, fds[0], file, 1).failsWith(EAGAIN);
      on.close(fds[1]);
      splice(on, fds[0], file, 1).returns(0);
    }

    @Scenario("L-146")
    void a_part_of_a_slot_and_leaves_the_rest_in_it(Stage on) {
      int[] fds = filled(on, "0123456789");
      int file = file(on, "/f", "");

      splice(on, fds[0], file, 4).returns(4);

      assertThat(text(on, file)).isEqualTo("0123");
      assertThat(fill(on, fds[1])).isEqualTo(15);
      assertThat(on.text(fds[0], 6)).isEqualTo("456789");
    }
  }

  @Nested
  class The_position {
    @Scenario("L-148")
    void is_the_files_own_and_moves_by_the_count(Stage on) {
      int[] fds = filled(on, "XYZ");
      int file = file(on, "/f", "0123456789");

      splice(on, fds[0], file, 2).returns(2);
      splice(on, fds[0], file, 9).returns(1);

      assertThat(position(on, file)).isEqualTo(3);
      assertThat(text(on, file)).isEqualTo("XYZ3456789");
    }

    @Scenario("L-148")
    void that_is_given_is_used_and_moved_instead(Stage on) {
      int[] fds = filled(on, "XYZ");
      int file = file(on, "/f", "0123456789");
      long[] offset = {8};

      at(on, fds[0], file, offset, 9).returns(3);

      assertThat(offset[0]).isEqualTo(11);
      assertThat(position(on, file)).isZero();
      assertThat(text(on, file)).isEqualTo("01234567XYZ");
    }
  }

  @Scenario("L-148")
  void the_devices_that_take_all_take_pages_too(Stage on) {
    int[] fds = filled(on, "text");

    splice(on, fds[0], open(on, "/dev/null", O_WRONLY), 2).returns(2);
    splice(on, fds[0], open(on, "/dev/zero", O_WRONLY), 9).returns(2);
  }
}
