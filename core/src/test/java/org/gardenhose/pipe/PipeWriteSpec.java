package org.gardenhose.pipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.gardenhose.pipe.Scene.EAGAIN;
import static org.gardenhose.pipe.Scene.EPIPE;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.gardenhose.abi.Errno;
import org.gardenhose.memory.IoVector;
import org.gardenhose.wait.Deadlines;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// Writing: where the bytes go, how many are taken, and what ends it (L-41 to L-54, L-171).
class PipeWriteSpec {
  @Nested
  class Merging {
    @Test
    void a_small_write_is_appended_to_the_newest_page_L43() {
      Scene scene = Scene.open();
      scene.write("abc");

      assertThat(scene.write("def")).isEqualTo(3);

      assertThat(scene.occupancy()).isEqualTo(1);
      assertThat(scene.text(10)).isEqualTo("abcdef");
    }

    @Test
    void a_whole_number_of_pages_is_never_appended_L44() {
      Scene scene = Scene.open();
      scene.write(1);

      scene.write(4096);

      assertThat(scene.occupancy()).isEqualTo(2);
    }

    @Test
    void the_residue_is_appended_and_the_rest_is_whole_pages_L43_L44() {
      Scene scene = Scene.open();
      scene.write(1);

      scene.write(8191);

      assertThat(scene.occupancy()).isEqualTo(2);
      assertThat(scene.available()).isEqualTo(8192);
    }

    @Test
    void the_residue_goes_in_ahead_of_the_rest_and_the_order_stays_the_users_L43() {
      Scene scene = Scene.open();
      byte[] bytes = Bytes.from(0, 65538);
      byte[] first = Bytes.from(0, 1);
      byte[] rest = Bytes.from(1, 65537);
      scene.write(first);

      long written = scene.write(rest);

      assertThat(written).isEqualTo(61441);
      byte[] seen = new byte[61442];
      scene.pipe.read(scene.reader, seen, 0, seen.length, Deadlines.NOW);
      assertThat(seen).isEqualTo(Arrays.copyOf(bytes, 61442));
    }

    @Test
    void the_append_is_all_or_nothing_L43_L48() {
      Scene scene = Scene.open();
      scene.fill().read(4096);
      scene.write(3996);

      assertThat(scene.write(101)).isEqualTo(EAGAIN);
      assertThat(scene.write(4096)).isEqualTo(EAGAIN);
      assertThat(scene.write(4095)).isEqualTo(EAGAIN);
      assertThat(scene.write(4197)).isEqualTo(EAGAIN);
      assertThat(scene.write(4196)).as("only the odd hundred fits").isEqualTo(100);
    }

    @Test
    void space_consumed_at_the_front_of_a_page_is_not_used_again_L44() {
      Scene scene = Scene.open(1);
      scene.write(100);
      scene.read(50);

      assertThat(scene.write(3997)).isEqualTo(EAGAIN);
      assertThat(scene.write(3996)).isEqualTo(3996);
      assertThat(scene.write(1)).isEqualTo(EAGAIN);
      assertThat(scene.available()).isEqualTo(4046);
    }

    @Test
    void a_page_that_was_read_empty_is_not_appended_to_L44() {
      Scene scene = Scene.open(1);
      scene.write(100);
      scene.read(100);

      assertThat(scene.write(4096)).isEqualTo(4096);
    }

    @Test
    void an_append_to_a_half_read_page_is_read_behind_the_rest_L43() {
      Scene scene = Scene.open();
      scene.write("abcd");
      scene.text(2);

      scene.write("ef");

      assertThat(scene.text(10)).isEqualTo("cdef");
    }
  }

  @Nested
  class How_much_fits {
    @Test
    void capacity_is_slots_not_bytes_L21_L49() {
      Scene scene = Scene.open();

      int writes = 0;
      while (scene.write(2049) > 0) {
        writes++;
      }

      assertThat(writes).isEqualTo(16);
      assertThat(scene.available()).isEqualTo(32784);
    }

    @Test
    void single_bytes_fill_it_to_the_last_byte_L49() {
      Scene scene = Scene.open();

      int writes = 0;
      while (scene.write(1) > 0) {
        writes++;
      }

      assertThat(writes).isEqualTo(65536);
    }

    @Test
    void sixteen_writes_of_4095_leave_room_for_one_byte_in_the_last_page_only_L49() {
      Scene scene = Scene.open();
      for (int i = 0; i < 16; i++) {
        assertThat(scene.write(4095)).isEqualTo(4095);
      }

      assertThat(scene.write(2)).isEqualTo(EAGAIN);
      assertThat(scene.write(1)).isEqualTo(1);
      assertThat(scene.write(1)).isEqualTo(EAGAIN);
    }

    @Test
    void one_byte_then_a_pipeful_leaves_the_last_page_out_L48() {
      Scene scene = Scene.open();
      scene.write(1);

      assertThat(scene.write(65536)).isEqualTo(61440);
      assertThat(scene.write(4095)).isEqualTo(EAGAIN);
      assertThat(scene.write(1)).isEqualTo(EAGAIN);
    }

    @Test
    void at_most_a_page_goes_in_whole_or_not_at_all_L48_L50() {
      for (int count = 1; count <= 4096; count += 273) {
        Scene scene = Scene.open(2);
        scene.write(4096);

        assertThat(scene.write(count)).isEqualTo(count);

        scene.write(4096 - count + 1);
        assertThat(scene.available()).as("after %d bytes", count).isEqualTo(4096 + count);
      }
    }

    @Test
    void more_than_fits_is_taken_in_part_L48() {
      Scene scene = Scene.open();

      assertThat(scene.write(65537)).isEqualTo(65536);
      assertThat(scene.write(5000)).isEqualTo(EAGAIN);
    }

    @Test
    void a_full_pipe_takes_nothing_until_a_slot_is_read_to_its_end_L46() {
      Scene scene = Scene.open().fill();

      scene.read(4095);
      assertThat(scene.write(1)).isEqualTo(EAGAIN);

      scene.read(1);
      assertThat(scene.write(4096)).isEqualTo(4096);
    }

    @Test
    void the_count_is_capped_before_anything_else_L54() {
      Scene scene = Scene.open();

      long n = scene.pipe.write(scene.writer, new byte[65536], 0, 1L << 40, Deadlines.NOW);

      assertThat(n).as("the cap is whole pages, so there is no residue").isEqualTo(65536);
    }

    @Test
    void a_gathering_write_is_one_write_of_the_whole_L52() {
      Scene scene = Scene.open();
      ByteBuffer[] buffers = {
        ByteBuffer.wrap("ab".getBytes()), ByteBuffer.allocate(0), ByteBuffer.wrap("cde".getBytes())
      };
      scene.write("x");

      IoVector vector = new IoVector(buffers, 0, 3);
      long n = scene.pipe.write(scene.writer, vector, 0, vector.length(), Deadlines.NOW);

      assertThat(n).isEqualTo(5);
      assertThat(scene.occupancy()).isEqualTo(1);
      assertThat(scene.text(9)).isEqualTo("xabcde");
    }
  }

  @Nested
  class Nothing_and_nobody {
    @Test
    void a_write_of_no_bytes_is_0_even_without_a_reader_L41() {
      Scene scene = Scene.open();
      scene.closeReader();

      assertThat(scene.write(0)).isEqualTo(0);
    }

    @Test
    void a_write_of_no_bytes_makes_no_slot_L41() {
      Scene scene = Scene.open();

      scene.write(0);

      assertThat(scene.occupancy()).isEqualTo(0);
    }

    @Test
    void without_a_reader_a_write_is_EPIPE_L42() {
      Scene scene = Scene.open();
      scene.closeReader();

      assertThat(scene.write(1)).isEqualTo(EPIPE);
    }

    @Test
    void without_a_reader_bad_memory_is_not_looked_at_L42() {
      Scene scene = Scene.open();
      scene.closeReader();

      long n = scene.pipe.write(scene.writer, new byte[0], 0, 10, Deadlines.NOW);

      assertThat(n).isEqualTo(EPIPE);
    }

    @Test
    void a_reader_that_comes_back_makes_it_writable_again_L11() {
      Scene scene = Scene.open();
      scene.write("hello");
      scene.closeReader();
      assertThat(scene.write("lost")).isEqualTo(EPIPE);

      scene.pipe.open(false);

      assertThat(scene.text(9)).as("data outlives readers").isEqualTo("hello");
      assertThat(scene.write("x")).isEqualTo(1);
    }
  }

  @Nested
  class Waiting {
    @Test
    void a_blocking_write_of_at_most_a_page_waits_for_one_slot_L48() {
      Scene scene = Scene.open().fill();
      Call writer = scene.writing("writer", 4096);
      writer.blocks();

      scene.read(4095);
      writer.blocks();
      scene.read(1);

      writer.returns(4096);
    }

    @Test
    void a_blocking_write_of_more_goes_on_until_all_is_in_L45() {
      Scene scene = Scene.open();
      Call writer = scene.writing("writer", 200000);
      long read = 0;
      while (writer.blocked()) {
        read += scene.read(10000);
      }

      writer.returns(200000);
      assertThat(read + scene.available()).isEqualTo(200000);
    }

    @Test
    void a_blocked_writer_needs_a_whole_slot_even_for_one_byte_L46() {
      Scene scene = Scene.open(1);
      scene.write(4096);
      Call writer = scene.writing("writer", 1);

      scene.read(4000);

      writer.blocks();
    }

    @Test
    void a_newcomer_may_append_and_overtake_those_who_wait_L47() {
      Scene scene = Scene.open().fill();
      Call first = scene.writing("first", 1);
      Call second = scene.writing("second", 1);
      Call third = scene.writing("third", 1);

      scene.read(4096);

      first.returns(1);
      assertThat(scene.write(1)).as("appended to the first one's page").isEqualTo(1);
      second.blocks();
      third.blocks();
    }

    @Test
    void when_the_last_reader_leaves_what_is_in_the_ring_counts_L51() {
      Scene scene = Scene.open();
      Call writer = scene.writing("writer", 200000);
      scene.read(8192);

      scene.closeReader();

      writer.returns(73728);
    }

    @Test
    void when_the_last_reader_leaves_each_blocked_writer_gets_EPIPE_L51_L90() {
      Scene scene = Scene.open().fill();
      Call first = scene.writing("first", 1);
      Call second = scene.writing("second", 1);
      Call third = scene.writing("third", 5000);

      scene.closeReader();

      first.failsWith(Errno.EPIPE);
      second.failsWith(Errno.EPIPE);
      third.failsWith(Errno.EPIPE);
    }

    @Test
    void an_interrupt_before_the_first_byte_is_EINTR_L58_L59() {
      Scene scene = Scene.open().fill();
      Call writer = scene.writing("writer", 1);

      writer.interrupt();

      writer.failsWith(Errno.EINTR);
    }

    @Test
    void an_interrupt_after_some_bytes_is_their_count_L59() {
      Scene scene = Scene.open();
      Call writer = scene.writing("writer", 100000);

      writer.interrupt();

      writer.returns(65536);
      assertThat(scene.available()).isEqualTo(65536);
    }
  }
}
