package org.gardenhose.pipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.gardenhose.pipe.Scene.EAGAIN;
import static org.gardenhose.pipe.Scene.EINVAL;
import static org.gardenhose.pipe.Scene.EPIPE;

import org.gardenhose.abi.Errno;
import org.gardenhose.wait.Deadlines;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// Duplicating a pipe's contents without consuming them (L-158 to L-161).
class PipeTeeSpec {
  private final Scene in = Scene.open();
  private final Scene out = in.another(16);

  @Nested
  class Sharing {
    @Test
    void it_consumes_nothing_L159() {
      in.write("abc");

      assertThat(in.tee(out, 99)).isEqualTo(3);

      assertThat(in.text(99)).isEqualTo("abc");
      assertThat(out.text(99)).isEqualTo("abc");
    }

    @Test
    void twice_it_duplicates_the_same_bytes_twice_L159() {
      in.write("abc");

      in.tee(out, 2);
      in.tee(out, 2);

      assertThat(out.text(99)).isEqualTo("abab");
    }

    @Test
    void it_begins_with_the_oldest_unread_byte_L159() {
      in.write("abcdef");
      in.text(4);

      in.tee(out, 99);

      assertThat(out.text(99)).isEqualTo("ef");
    }

    @Test
    void the_copy_takes_no_append_L160_L177() {
      in.write("abc");
      in.tee(out, 99);

      out.write("X");

      assertThat(out.occupancy()).isEqualTo(2);
      assertThat(in.text(99)).isEqualTo("abc");
    }

    @Test
    void the_original_goes_on_taking_appends_which_the_copy_does_not_see_L160_L7() {
      in.write("abc");
      in.tee(out, 99);

      in.write("def");

      assertThat(in.occupancy()).isEqualTo(1);
      assertThat(out.text(99)).isEqualTo("abc");
      assertThat(in.text(99)).isEqualTo("abcdef");
    }

    @Test
    void the_copy_outlives_the_original_L178() {
      in.write("abc");
      in.tee(out, 99);
      in.read(3);
      for (int i = 0; i < 40; i++) {
        in.write("x".repeat(4096));
        in.read(4096);
      }

      assertThat(out.text(99)).isEqualTo("abc");
    }

    @Test
    void it_ends_where_the_output_is_full_L161() {
      Scene small = in.another(2);
      in.write(12288);

      assertThat(in.tee(small, 99999)).isEqualTo(8192);
      assertThat(in.tee(small, 1)).isEqualTo(EAGAIN);
      assertThat(in.available()).isEqualTo(12288);
    }

    @Test
    void eight_pages_arrive_in_both_L159() {
      in.write(32768);

      in.tee(out, 32768);

      byte[] original = new byte[32768];
      byte[] copy = new byte[32768];
      in.pipe.read(in.reader, original, 0, 32768, Deadlines.NOW);
      out.pipe.read(out.reader, copy, 0, 32768, Deadlines.NOW);
      assertThat(copy).isEqualTo(original).isEqualTo(Bytes.from(0, 32768));
    }
  }

  @Nested
  class Ends_and_waits {
    @Test
    void no_bytes_is_0_and_the_same_pipe_is_EINVAL_L158() {
      assertThat(in.tee(out, 0)).isEqualTo(0);
      assertThat(in.tee(in, 1)).isEqualTo(EINVAL);
    }

    @Test
    void an_input_at_its_end_is_0_but_EPIPE_into_a_broken_output_L161() {
      in.closeWriter();
      assertThat(in.tee(out, 1)).isEqualTo(0);

      out.closeReader();
      assertThat(in.tee(out, 1)).isEqualTo(EPIPE);
    }

    @Test
    void an_empty_live_input_is_EAGAIN_L159() {
      assertThat(in.tee(out, 1)).isEqualTo(EAGAIN);
    }

    @Test
    void it_waits_for_the_input_then_for_the_output_L159() {
      out.fill();
      Call tee = in.start("tee", () -> in.pipe.tee(in.reader, out.writer, 99, Deadlines.NEVER));

      tee.blocks();
      in.write("abc");
      tee.blocks();
      out.read(4096);

      tee.returns(3);
      assertThat(in.available()).isEqualTo(3);
    }

    @Test
    void an_interrupt_is_EINTR_L62() {
      Call tee = in.start("tee", () -> in.pipe.tee(in.reader, out.writer, 99, Deadlines.NEVER));

      tee.interrupt();

      tee.failsWith(Errno.EINTR);
    }
  }
}
