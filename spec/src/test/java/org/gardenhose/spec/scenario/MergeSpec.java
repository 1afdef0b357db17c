package org.gardenhose.spec.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.gardenhose.abi.Errno.EAGAIN;
import static org.gardenhose.abi.PipeAbi.O_NONBLOCK;

import java.nio.ByteBuffer;
import org.gardenhose.abi.FileAbi;
import org.junit.jupiter.api.Nested;

/// When a write goes into the page that is there already: L-4 to L-7, L-43, L-44, L-177.
///
/// Most of these use a pipe of one slot: what does not append to it has no room.
class MergeSpec {
  @Nested
  class A_write {
    @Scenario("L-43")
    void appends_to_the_newest_page_if_all_of_it_fits(Stage on) {
      int[] fds = on.slot();
      on.write(fds[1], "abc").returns(3);

      on.write(fds[1], "def").returns(3);
      on.write(fds[1], 4091).failsWith(EAGAIN);
      on.write(fds[1], 4090).returns(4090);

      assertThat(on.text(fds[0], 6)).isEqualTo("abcdef");
    }

    @Scenario("L-44")
    void of_whole_pages_never_appends(Stage on) {
      int[] fds = on.pipe(O_NONBLOCK);
      on.resize(fds[1], 8192).returns(8192);
      on.write(fds[1], 1).returns(1);

      on.write(fds[1], 4096).returns(4096);

      on.write(fds[1], 4096).failsWith(EAGAIN);
      assertThat(on.available(fds[0])).isEqualTo(4097);
    }

    @Scenario({"L-43", "L-44"})
    void appends_what_is_over_whole_pages_and_then_takes_pages(Stage on) {
      int[] fds = on.pipe(O_NONBLOCK);
      on.resize(fds[1], 8192).returns(8192);
      on.write(fds[1], 1).returns(1);

      on.write(fds[1], 8191).returns(8191);

      on.write(fds[1], 1).failsWith(EAGAIN);
      assertThat(on.available(fds[0])).isEqualTo(8192);
    }

    @Scenario({"L-4", "L-44"})
    void does_not_use_again_what_was_consumed_at_the_front(Stage on) {
      int[] fds = on.slot();
      on.write(fds[1], 100).returns(100);
      on.read(fds[0], 50).returns(50);

      on.write(fds[1], 3997).failsWith(EAGAIN);
      on.write(fds[1], 3996).returns(3996);
      on.write(fds[1], 1).failsWith(EAGAIN);

      assertThat(on.available(fds[0])).isEqualTo(4046);
    }

    @Scenario({"L-4", "L-43"})
    void begins_a_new_page_once_the_last_one_has_been_read_to_its_end(Stage on) {
      int[] fds = on.slot();
      on.write(fds[1], 100).returns(100);
      on.read(fds[0], 100).returns(100);

      on.write(fds[1], 4096).returns(4096);
    }
  }

  @Nested
  class Nothing_is_appended_to {
    @Scenario({"L-5", "L-6", "L-177"})
    void pages_of_the_callers_memory(Stage on) {
      int[] fds = on.slot();
      ByteBuffer[] memory = {Stage.bytes("abc")};

      on.expect("vmsplice", on.sys().vmsplice(fds[1], memory, FileAbi.SPLICE_F_NONBLOCK))
          .returns(3);

      on.write(fds[1], 1).failsWith(EAGAIN);
      assertThat(on.text(fds[0], 9)).isEqualTo("abc");
    }

    @Scenario({"L-5", "L-7", "L-177"})
    void the_copy_that_tee_made(Stage on) {
      int[] from = on.slot();
      int[] to = on.slot();
      on.write(from[1], "abc").returns(3);

      on.tee(from[0], to[1], 9).returns(3);

      on.write(to[1], 1).failsWith(EAGAIN);
      on.write(from[1], "def").returns(3);
      assertThat(on.text(from[0], 9)).isEqualTo("abcdef");
      assertThat(on.text(to[0], 9)).isEqualTo("abc");
    }

    @Scenario({"L-5", "L-7", "L-177"})
    void the_part_of_a_page_that_was_split_off(Stage on) {
      int[] from = on.slot();
      int[] to = on.slot();
      on.write(from[1], "abcdef").returns(6);

      on.splice(from[0], to[1], 2).returns(2);

      on.write(to[1], 1).failsWith(EAGAIN);
      on.write(from[1], "ghi").returns(3);
      assertThat(on.text(from[0], 9)).isEqualTo("cdefghi");
      assertThat(on.text(to[0], 9)).isEqualTo("ab");
    }
  }

  @Nested
  class A_page {
    @Scenario({"L-5", "L-177"})
    void that_is_passed_on_whole_is_still_appended_to(Stage on) {
      int[] from = on.slot();
      int[] to = on.slot();
      on.write(from[1], "abc").returns(3);

      on.splice(from[0], to[1], 9).returns(3);
      on.write(to[1], "def").returns(3);

      assertThat(on.text(to[0], 9)).isEqualTo("abcdef");
    }

    @Scenario("L-7")
    void that_two_pipes_share_is_not_written_to_by_the_next_user(Stage on) {
      int[] from = on.slot();
      int[] to = on.slot();
      on.write(from[1], "abc").returns(3);
      on.tee(from[0], to[1], 9).returns(3);

      on.read(from[0], 9).returns(3);
      on.write(from[1], "xyz").returns(3);

      assertThat(on.text(to[0], 9)).isEqualTo("abc");
      assertThat(on.text(from[0], 9)).isEqualTo("xyz");
    }
  }
}
