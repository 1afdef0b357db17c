package org.gardenhose.pipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.gardenhose.pipe.Scene.EAGAIN;

import java.nio.ByteBuffer;
import org.gardenhose.abi.Errno;
import org.gardenhose.abi.PipeAbi;
import org.gardenhose.memory.IoVector;
import org.gardenhose.wait.Deadlines;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// Reading: what is gathered, what end of file is, and what a wait ends with (L-31 to L-40, L-172).
class PipeReadSpec {
  @Nested
  class What_is_there {
    @Test
    void one_read_gathers_from_many_slots_L32() {
      Scene scene = Scene.open();
      scene.write(4095);
      scene.write(4095);
      scene.write(10);

      assertThat(scene.occupancy()).isEqualTo(3);
      assertThat(scene.read(9000)).isEqualTo(8200);
    }

    @Test
    void a_read_stops_when_it_is_satisfied_in_the_middle_of_a_slot_L32() {
      Scene scene = Scene.open();
      scene.write("abcdef");

      assertThat(scene.text(4)).isEqualTo("abcd");
      assertThat(scene.text(4)).isEqualTo("ef");
    }

    @Test
    void a_read_never_waits_to_fill_the_buffer_L33() {
      Scene scene = Scene.open();
      scene.write("abc");

      scene.reading("reader", 100).returns(3);
    }

    @Test
    void an_empty_pipe_with_a_writer_is_EAGAIN_L33() {
      assertThat(Scene.open().read(1)).isEqualTo(EAGAIN);
    }

    @Test
    void a_read_of_no_bytes_is_0_and_takes_nothing_L31() {
      Scene scene = Scene.open();
      assertThat(scene.read(0)).isEqualTo(0);
      scene.packet("abc");

      assertThat(scene.read(0)).isEqualTo(0);

      assertThat(scene.text(9)).isEqualTo("abc");
    }

    @Test
    void a_scattering_read_fills_its_buffers_in_order_L40() {
      Scene scene = Scene.open();
      scene.write("abcdef");
      byte[] seen = new byte[6];
      ByteBuffer[] buffers = {
        ByteBuffer.wrap(seen, 0, 2), ByteBuffer.allocate(0), ByteBuffer.wrap(seen, 2, 4)
      };

      IoVector vector = new IoVector(buffers, 0, 3);
      long n = scene.pipe.read(scene.reader, vector, 0, vector.length(), Deadlines.NOW);

      assertThat(n).isEqualTo(6);
      assertThat(new String(seen)).isEqualTo("abcdef");
    }

    @Test
    void a_scattering_read_of_no_buffers_is_0_L40() {
      Scene scene = Scene.open();
      IoVector vector = new IoVector(new ByteBuffer[0], 0, 0);

      assertThat(scene.pipe.read(scene.reader, vector, 0, 0, Deadlines.NOW)).isEqualTo(0);
    }

    @Test
    void an_emptied_pipe_holds_no_slot_and_is_usable_again_L3() {
      Scene scene = Scene.open();
      for (int i = 0; i < 100; i++) {
        scene.write(5000);

        assertThat(scene.read(5000)).isEqualTo(5000);
        assertThat(scene.occupancy()).isEqualTo(0);
      }
    }
  }

  @Nested
  class End_of_file {
    @Test
    void it_is_a_state_not_an_event_L34() {
      Scene scene = Scene.open();
      scene.closeWriter();
      assertThat(scene.read(1)).isEqualTo(0);
      assertThat(scene.read(1)).isEqualTo(0);

      scene.pipe.open(true);
      assertThat(scene.read(1)).isEqualTo(EAGAIN);

      scene.closeWriter();
      assertThat(scene.read(1)).isEqualTo(0);
    }

    @Test
    void bytes_left_by_the_departed_come_first_L35() {
      Scene scene = Scene.open();
      scene.write("last words");
      scene.closeWriter();

      assertThat(scene.text(4)).isEqualTo("last");
      assertThat(scene.text(99)).isEqualTo(" words");
      assertThat(scene.read(99)).isEqualTo(0);
    }

    @Test
    void bad_memory_is_not_looked_at_L36() {
      Scene scene = Scene.open();
      scene.closeWriter();

      assertThat(scene.pipe.read(scene.reader, new byte[0], 0, 10, Deadlines.NOW)).isEqualTo(0);
    }

    @Test
    void one_of_two_writers_leaving_is_not_it_L8() {
      Scene scene = Scene.open();
      scene.pipe.open(true);
      Call reader = scene.reading("reader", 1);

      scene.closeWriter();
      reader.blocks();
      scene.closeWriter();

      reader.returns(0);
    }

    @Test
    void it_wakes_every_reader_L90() {
      Scene scene = Scene.open();
      Call first = scene.reading("first", 1);
      Call second = scene.reading("second", 1);
      Call third = scene.reading("third", 1);

      scene.closeWriter();

      first.returns(0);
      second.returns(0);
      third.returns(0);
    }
  }

  @Nested
  class Waiting {
    @Test
    void a_blocked_read_takes_the_first_byte_that_comes_L33() {
      Scene scene = Scene.open();
      Call reader = scene.reading("reader", 100);
      reader.blocks();

      scene.write("a");

      reader.returns(1);
    }

    @Test
    void a_blocked_read_gets_what_fits_and_leaves_the_rest_L32() {
      Scene scene = Scene.open();
      byte[] seen = new byte[3];
      Call reader =
          scene.start("reader", () -> scene.pipe.read(scene.reader, seen, 0, 3, Deadlines.NEVER));

      scene.write("abcdef");

      reader.returns(3);
      assertThat(new String(seen)).isEqualTo("abc");
      assertThat(scene.text(9)).isEqualTo("def");
    }

    @Test
    void a_page_whose_front_went_to_a_waiting_reader_takes_no_more_than_without_one_L44() {
      Scene scene = Scene.open(1);
      scene.reading("reader", 50);

      scene.write(100);

      assertThat(scene.write(3997)).isEqualTo(EAGAIN);
      assertThat(scene.write(3996)).isEqualTo(3996);
    }

    @Test
    void a_packet_is_kept_whole_for_a_waiting_reader_that_takes_a_part_L66() {
      Scene scene = Scene.open();
      Call reader = scene.reading("reader", 3);

      scene.packet("abcdef");

      reader.returns(3);
      assertThat(scene.available()).as("the rest is thrown away").isEqualTo(0);
    }

    @Test
    void an_interrupt_is_EINTR_and_the_flag_stays_L58() {
      Scene scene = Scene.open();
      boolean[] flag = new boolean[1];
      Call reader =
          scene.start(
              "reader",
              () -> {
                long n = scene.pipe.read(scene.reader, new byte[1], 0, 1, Deadlines.NEVER);
                flag[0] = Thread.currentThread().isInterrupted();
                return n;
              });

      reader.interrupt();

      reader.failsWith(Errno.EINTR);
      assertThat(flag[0]).isTrue();
    }

    @Test
    void a_read_that_finds_bytes_does_not_look_for_an_interrupt_L39() {
      Scene scene = Scene.open();
      scene.write("abc");

      Call reader =
          scene.start(
              "reader",
              () -> {
                Thread.currentThread().interrupt();
                return scene.pipe.read(scene.reader, new byte[9], 0, 9, Deadlines.NEVER);
              });

      reader.returns(3);
    }

    @Test
    void whoever_is_chosen_and_then_interrupted_still_reads_L60() {
      Scene scene = Scene.open();
      Call reader = scene.reading("reader", 9);
      byte[] abc = {'a', 'b', 'c'};

      // Both happen before the reader's next turn.
      scene.machine.spawn(
          "both",
          () -> {
            scene.pipe.write(scene.writer, abc, 0, 3, Deadlines.NOW);
            reader.interruptOnly();
          });
      scene.machine.settle();

      reader.returns(3);
    }

    @Test
    void setting_the_writers_flags_does_not_release_a_blocked_read_L37() {
      Scene scene = Scene.open();
      Call reader = scene.reading("reader", 1);

      scene.writer.setFlag(PipeAbi.O_NONBLOCK, true);
      scene.reader.setFlag(PipeAbi.O_NONBLOCK, true);
      scene.machine.settle();

      reader.blocks();
    }
  }
}
