package org.gardenhose.pipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.gardenhose.pipe.Scene.EAGAIN;
import static org.gardenhose.pipe.Scene.EINVAL;
import static org.gardenhose.pipe.Scene.EPIPE;

import org.gardenhose.abi.Errno;
import org.gardenhose.wait.Deadlines;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// Moving slots from one pipe to another without copying (L-132 to L-137, L-149 to L-155).
class PipeSpliceSpec {
  private final Scene in = Scene.open();
  private final Scene out = in.another(16);

  private Call splicing(String name, Scene from, Scene to, long count) {
    return in.start(name, () -> from.pipe.splice(from.reader, to.writer, count, Deadlines.NEVER));
  }

  @Nested
  class Moving {
    @Test
    void a_whole_slot_moves_with_its_page_and_still_takes_appends_L151() {
      in.write("abc");

      assertThat(in.splice(out, 99)).isEqualTo(3);
      out.write("def");

      assertThat(in.available()).isEqualTo(0);
      assertThat(out.occupancy()).isEqualTo(1);
      assertThat(out.text(99)).isEqualTo("abcdef");
    }

    @Test
    void the_source_does_not_append_to_what_has_moved_L151() {
      in.write("abc");
      in.splice(out, 99);

      in.write("xyz");

      assertThat(out.text(99)).isEqualTo("abc");
      assertThat(in.text(99)).isEqualTo("xyz");
    }

    @Test
    void a_part_of_a_slot_is_shared_and_takes_no_append_L151_L177() {
      in.write("abcdef");

      assertThat(in.splice(out, 2)).isEqualTo(2);
      out.write("X");

      assertThat(out.occupancy()).isEqualTo(2);
      assertThat(out.text(99)).isEqualTo("abX");
    }

    @Test
    void the_rest_of_a_parted_slot_goes_on_taking_appends_L151() {
      in.write("abcdef");
      in.splice(out, 2);

      in.write("gh");

      assertThat(in.occupancy()).isEqualTo(1);
      assertThat(in.text(99)).isEqualTo("cdefgh");
      assertThat(out.text(99)).isEqualTo("ab");
    }

    @Test
    void byte_by_byte_sixteen_bytes_fill_the_output_L153() {
      in.write(20);
      int moved = 0;
      while (in.splice(out, 1) == 1) {
        moved++;
      }

      assertThat(moved).isEqualTo(16);
      assertThat(in.splice(out, 1)).isEqualTo(EAGAIN);
      assertThat(in.available()).isEqualTo(4);
    }

    @Test
    void the_output_counts_slots_L154() {
      in.write(100);
      in.write(9900);

      assertThat(in.splice(out, 10000)).isEqualTo(10000);

      assertThat(out.occupancy()).isEqualTo(in.occupancy() + 3);
      assertThat(out.read(99999)).isEqualTo(10000);
    }

    @Test
    void it_stops_when_the_output_is_full_L136() {
      Scene small = in.another(2);
      in.write(12288);

      assertThat(in.splice(small, 12288)).isEqualTo(8192);

      assertThat(in.available()).isEqualTo(4096);
    }

    @Test
    void a_write_into_the_output_does_not_disturb_what_the_source_still_has_L7() {
      in.write("abcdef");
      in.tee(out, 99);
      in.splice(out, 3);
      out.write("ZZZ");

      assertThat(in.text(99)).isEqualTo("def");
      assertThat(out.text(99)).isEqualTo("abcdefabcZZZ");
    }

    @Test
    void pages_stay_whole_whatever_is_freed_first_L178() {
      in.write("abcdef");
      in.splice(out, 3);
      assertThat(in.text(99)).isEqualTo("def");
      for (int i = 0; i < 40; i++) {
        in.write("x".repeat(4096));
        in.read(4096);
      }

      assertThat(out.text(99)).isEqualTo("abc");
    }
  }

  @Nested
  class What_is_tested_first {
    @Test
    void no_bytes_is_0_whatever_else_is_wrong_L132() {
      out.closeReader();

      assertThat(in.splice(out, 0)).isEqualTo(0);
      assertThat(in.splice(in, 0)).isEqualTo(0);
    }

    @Test
    void both_ends_of_one_pipe_is_EINVAL_even_if_empty_L133() {
      assertThat(in.splice(in, 1)).isEqualTo(EINVAL);
      in.write(1);
      assertThat(in.splice(in, 1)).isEqualTo(EINVAL);
    }

    @Test
    void an_empty_live_input_is_EAGAIN_even_into_a_broken_output_L152() {
      out.closeReader();

      assertThat(in.splice(out, 1)).isEqualTo(EAGAIN);
    }

    @Test
    void an_input_at_its_end_into_a_broken_output_is_EPIPE_L152() {
      in.closeWriter();
      out.closeReader();

      assertThat(in.splice(out, 1)).isEqualTo(EPIPE);
    }

    @Test
    void a_broken_output_takes_nothing_from_the_input_L152() {
      in.write("abc");
      out.closeReader();

      assertThat(in.splice(out, 99)).isEqualTo(EPIPE);
      assertThat(in.text(99)).isEqualTo("abc");
    }

    @Test
    void an_input_at_its_end_is_0_L149() {
      in.closeWriter();

      assertThat(in.splice(out, 1)).isEqualTo(0);
    }

    @Test
    void a_full_output_is_EAGAIN_L149() {
      in.write(1);
      out.fill();

      assertThat(in.splice(out, 1)).isEqualTo(EAGAIN);
    }
  }

  @Nested
  class Waiting {
    @Test
    void it_waits_for_the_input_then_for_the_output_L149() {
      out.fill();
      Call splice = splicing("splice", in, out, 99);
      splice.blocks();

      in.write("abc");
      splice.blocks();
      out.read(4096);

      splice.returns(3);
    }

    @Test
    void after_the_first_byte_it_waits_no_more_L136() {
      in.write("abc");

      splicing("splice", in, out, 1000).returns(3);
    }

    @Test
    void it_ends_with_0_when_the_inputs_writer_leaves_L149() {
      Call splice = splicing("splice", in, out, 1);

      in.closeWriter();

      splice.returns(0);
    }

    @Test
    void it_ends_with_EPIPE_when_the_outputs_reader_leaves_L149() {
      in.write(1);
      out.fill();
      Call splice = splicing("splice", in, out, 1);

      out.closeReader();

      splice.failsWith(Errno.EPIPE);
      assertThat(in.available()).isEqualTo(1);
    }

    @Test
    void an_interrupt_ends_the_wait_for_either_side_L62() {
      Call first = splicing("first", in, out, 1);
      first.interrupt();
      first.failsWith(Errno.EINTR);

      in.write(1);
      out.fill();
      Call second = splicing("second", in, out, 1);
      second.interrupt();
      second.failsWith(Errno.EINTR);
      assertThat(in.available()).isEqualTo(1);
    }

    @Test
    void with_bytes_and_room_an_interrupt_is_not_looked_for_L62() {
      in.write(3);

      in.start(
              "splice",
              () -> {
                Thread.currentThread().interrupt();
                return in.pipe.splice(in.reader, out.writer, 9, Deadlines.NEVER);
              })
          .returns(3);
    }

    @Test
    void opposite_splices_do_not_block_each_other_L155() {
      Call there = splicing("there", in, out, 99);
      Call back = splicing("back", out, in, 99);

      in.write("abc");
      in.machine.settle();

      there.returns(3);
      back.returns(3);
      assertThat(in.text(99)).isEqualTo("abc");
    }
  }
}
