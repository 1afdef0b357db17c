package org.gardenhose.pipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.gardenhose.abi.PipeAbi.PIPE_MAX_SIZE;
import static org.gardenhose.abi.PipeAbi.POLLOUT;
import static org.gardenhose.pipe.Scene.EAGAIN;
import static org.gardenhose.pipe.Scene.EBUSY;
import static org.gardenhose.pipe.Scene.EINVAL;
import static org.gardenhose.pipe.Scene.EPERM;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// Capacity: what may be asked for, what it does to the contents, and to those who wait (L-20 to
/// L-26).
class PipeSizeSpec {
  @Nested
  class Asking {
    @Test
    void a_new_pipe_has_sixteen_slots_L20() {
      assertThat(Scene.open().pipe.size()).isEqualTo(65536);
    }

    @Test
    void a_size_is_rounded_up_to_a_power_of_two_pages_L22() {
      Scene scene = Scene.open();

      assertThat(scene.resize(0)).isEqualTo(4096);
      assertThat(scene.resize(1)).isEqualTo(4096);
      assertThat(scene.resize(4097)).isEqualTo(8192);
      assertThat(scene.resize(12288)).isEqualTo(16384);
      assertThat(scene.resize(65537)).isEqualTo(131072);
      assertThat(scene.pipe.size()).isEqualTo(131072);
    }

    @Test
    void the_argument_is_taken_modulo_2_to_the_32_L22() {
      Scene scene = Scene.open();

      assertThat(scene.resize(0x100001000L)).isEqualTo(4096);
      assertThat(scene.resize(0x80000001L)).isEqualTo(EINVAL);
      assertThat(scene.resize(0xffffffffL)).isEqualTo(EINVAL);
      assertThat(scene.resize(0x7fffffffffffffffL)).isEqualTo(EINVAL);
    }

    @Test
    void growing_above_the_limit_is_EPERM_L23() {
      Scene scene = Scene.open();

      assertThat(scene.resize(PIPE_MAX_SIZE)).isEqualTo(PIPE_MAX_SIZE);
      assertThat(scene.resize(PIPE_MAX_SIZE + 1)).isEqualTo(EPERM);
      assertThat(scene.resize(0x80000000L)).isEqualTo(EPERM);
      assertThat(scene.pipe.size()).isEqualTo(PIPE_MAX_SIZE);
    }

    @Test
    void shrinking_is_allowed_above_the_limit_L27() {
      Scene scene = Scene.open();

      assertThat(scene.pipe.resize(32768, 4096)).isEqualTo(32768);
    }
  }

  @Nested
  class In_use {
    @Test
    void fewer_slots_than_are_in_use_is_EBUSY_and_changes_nothing_L24() {
      Scene scene = Scene.open();
      scene.packet("a");
      scene.packet("b");
      scene.packet("c");

      assertThat(scene.resize(8192)).isEqualTo(EBUSY);

      assertThat(scene.pipe.size()).isEqualTo(65536);
      assertThat(scene.resize(12288)).isEqualTo(16384);
    }

    @Test
    void a_slot_read_down_to_its_last_byte_still_counts_L24() {
      Scene scene = Scene.open();
      scene.write(8192);
      scene.read(4095);

      assertThat(scene.resize(4096)).isEqualTo(EBUSY);
      scene.read(1);
      assertThat(scene.resize(4096)).isEqualTo(4096);
    }

    @Test
    void shrunk_to_what_is_in_use_it_is_full_L25() {
      Scene scene = Scene.open();
      scene.write(8192);
      assertThat(scene.pollWrite()).isEqualTo(POLLOUT);

      scene.resize(8192);

      assertThat(scene.pollWrite()).isEqualTo(0);
      assertThat(scene.write(4096)).isEqualTo(EAGAIN);
    }

    @Test
    void grown_a_full_pipe_is_writable_L25() {
      Scene scene = Scene.open(1).fill();

      scene.resize(8192);

      assertThat(scene.pollWrite()).isEqualTo(POLLOUT);
      assertThat(scene.write(4096)).isEqualTo(4096);
    }

    @Test
    void the_newest_page_still_takes_appends_afterwards_L26() {
      Scene scene = Scene.open();
      scene.write("ab");

      scene.resize(4096);
      scene.write("cd");

      assertThat(scene.text(9)).isEqualTo("abcd");
    }

    @Test
    void a_wrapped_ring_keeps_its_order_whatever_it_is_resized_to_L26() {
      for (int turn = 0; turn < 16; turn++) {
        Scene scene = Scene.open(8);
        for (int i = 0; i < turn; i++) {
          scene.write(4096);
          scene.read(4096);
        }
        scene.write("a".repeat(4096));
        scene.write("b".repeat(4096));
        scene.write("c".repeat(4096));
        scene.read(1);

        scene.resize(4096L << 2 + turn % 5);

        scene.write("d");
        assertThat(scene.text(4095)).matches("a{4095}");
        assertThat(scene.text(8192)).matches("b{4096}c{4096}");
        assertThat(scene.text(9)).isEqualTo("d");
      }
    }
  }

  @Nested
  class Those_who_wait {
    @Test
    void growing_wakes_a_writer_and_it_the_next_L26_L91() {
      Scene scene = Scene.open(1).fill();
      Call first = scene.writing("first", 1);
      Call second = scene.writing("second", 1);
      Call third = scene.writing("third", 1);
      Call fourth = scene.writing("fourth", 1);

      scene.resize(16384);

      first.returns(1);
      second.returns(1);
      third.returns(1);
      fourth.blocks();
    }

    @Test
    void shrinking_leaves_a_blocked_writer_asleep_L25() {
      Scene scene = Scene.open(2).fill();
      Call writer = scene.writing("writer", 1);
      scene.resize(8192);

      writer.blocks();
    }

    @Test
    void a_reader_stays_asleep_L26() {
      Scene scene = Scene.open();
      Call reader = scene.reading("reader", 1);

      scene.resize(4096);

      reader.blocks();
      scene.write(1);
      reader.returns(1);
    }
  }
}
