package org.gardenhose.pipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.gardenhose.pipe.Scene.EAGAIN;

import java.nio.ByteBuffer;
import org.gardenhose.abi.PipeAbi;
import org.gardenhose.memory.IoVector;
import org.gardenhose.wait.Deadlines;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// Packets: writes through an end with `O_DIRECT` (L-64 to L-73).
class PipePacketSpec {
  @Nested
  class Making {
    @Test
    void each_write_is_one_packet_L65() {
      Scene scene = Scene.open();
      scene.packet("ab");
      scene.packet("cde");

      assertThat(scene.text(99)).isEqualTo("ab");
      assertThat(scene.text(99)).isEqualTo("cde");
    }

    @Test
    void more_than_a_page_is_one_packet_for_each_page_L65() {
      Scene scene = Scene.open();

      scene.packet(5000);
      scene.packet(12288);

      assertThat(scene.occupancy()).isEqualTo(5);
      assertThat(scene.read(9999)).isEqualTo(4096);
      assertThat(scene.read(9999)).isEqualTo(904);
      assertThat(scene.read(9999)).isEqualTo(4096);
    }

    @Test
    void there_is_no_empty_packet_L65() {
      Scene scene = Scene.open();

      assertThat(scene.packet("")).isEqualTo(0);

      assertThat(scene.occupancy()).isEqualTo(0);
    }

    @Test
    void a_gathering_write_is_one_packet_L65_L52() {
      Scene scene = Scene.open();
      scene.writer.setFlag(PipeAbi.O_DIRECT, true);
      ByteBuffer[] buffers = {ByteBuffer.wrap("ab".getBytes()), ByteBuffer.wrap("cd".getBytes())};

      scene.pipe.write(scene.writer, new IoVector(buffers, 0, 2), 0, 4, Deadlines.NOW);
      scene.write("ef");

      assertThat(scene.text(99)).isEqualTo("abcd");
    }

    @Test
    void sixteen_packets_of_one_byte_fill_a_default_pipe_L70() {
      Scene scene = Scene.open();
      for (int i = 0; i < 16; i++) {
        assertThat(scene.packet("x")).isEqualTo(1);
      }

      assertThat(scene.packet("x")).isEqualTo(EAGAIN);
      assertThat(scene.available()).isEqualTo(16);
    }

    @Test
    void the_read_ends_flag_means_nothing_L64() {
      Scene scene = Scene.open();
      scene.reader.setFlag(PipeAbi.O_DIRECT, true);
      scene.write("ab");
      scene.write("cd");

      assertThat(scene.text(99)).isEqualTo("abcd");
    }

    @Test
    void the_flag_counts_at_the_moment_of_the_write_L64_L74() {
      Scene scene = Scene.open();
      scene.packet("ab");
      scene.write("cd");
      scene.write("ef");

      assertThat(scene.text(99)).isEqualTo("ab");
      assertThat(scene.text(99)).isEqualTo("cdef");
    }
  }

  @Nested
  class Taking {
    @Test
    void a_short_read_throws_the_rest_of_the_packet_away_L66() {
      Scene scene = Scene.open();
      scene.packet("abcdef");
      scene.packet("gh");

      assertThat(scene.text(2)).isEqualTo("ab");
      assertThat(scene.available()).as("falls by the whole packet (L-71)").isEqualTo(2);
      assertThat(scene.text(99)).isEqualTo("gh");
    }

    @Test
    void a_scattering_read_shorter_than_the_packet_does_too_L66() {
      Scene scene = Scene.open();
      scene.packet("abcdef");
      ByteBuffer[] buffers = {ByteBuffer.allocate(1), ByteBuffer.allocate(1)};

      long n = scene.pipe.read(scene.reader, new IoVector(buffers, 0, 2), 0, 2, Deadlines.NOW);

      assertThat(n).isEqualTo(2);
      assertThat(scene.available()).isEqualTo(0);
    }

    @Test
    void available_counts_all_packets_L71() {
      Scene scene = Scene.open();
      scene.packet("abc");
      scene.packet("de");

      assertThat(scene.available()).isEqualTo(5);
    }

    @Test
    void a_read_runs_on_from_stream_bytes_into_the_packet_and_stops_behind_it_L67() {
      Scene scene = Scene.open();
      scene.write(4096);
      scene.packet("abcde");
      scene.packet("fg");

      assertThat(scene.read(8192)).isEqualTo(4101);
      assertThat(scene.text(99)).isEqualTo("fg");
    }

    @Test
    void what_has_no_room_behind_stream_bytes_is_lost_L67() {
      Scene scene = Scene.open();
      scene.write(4090);
      scene.packet(100);
      scene.packet("x");

      scene.read(4084);
      assertThat(scene.read(10)).isEqualTo(10);

      assertThat(scene.available()).as("96 of the packet are gone").isEqualTo(1);
    }
  }

  @Nested
  class Beside_a_stream {
    @Test
    void a_packet_written_behind_stream_bytes_is_appended_and_loses_its_boundary_L68() {
      Scene scene = Scene.open();
      scene.write("0123456789");
      scene.packet("abcde");
      scene.packet("fghij");

      assertThat(scene.text(99)).isEqualTo("0123456789abcdefghij");
    }

    @Test
    void stream_bytes_behind_a_packet_begin_a_new_slot_and_merge_there_L69() {
      Scene scene = Scene.open();
      scene.packet("ab");
      scene.write("cd");
      scene.write("ef");

      assertThat(scene.occupancy()).isEqualTo(2);
      assertThat(scene.text(99)).isEqualTo("ab");
      assertThat(scene.text(99)).isEqualTo("cdef");
    }
  }

  @Nested
  class Moved_on {
    @Test
    void a_splice_sees_no_boundaries_and_throws_nothing_away_L72() {
      Scene scene = Scene.open();
      Scene out = scene.another(16);
      scene.packet("0123456789");
      scene.packet("abcdefghij");

      assertThat(scene.splice(out, 15)).isEqualTo(15);

      assertThat(scene.text(99)).isEqualTo("fghij");
    }

    @Test
    void both_halves_of_a_split_packet_are_packets_L72() {
      Scene scene = Scene.open();
      Scene out = scene.another(16);
      scene.packet("0123456789");

      scene.splice(out, 4);
      scene.splice(out, 99);

      assertThat(out.text(99)).isEqualTo("0123");
      assertThat(out.text(99)).isEqualTo("456789");
    }

    @Test
    void a_tee_keeps_boundaries_L160() {
      Scene scene = Scene.open();
      Scene out = scene.another(16);
      scene.packet("ab");
      scene.packet("cd");

      scene.tee(out, 99);

      assertThat(out.text(99)).isEqualTo("ab");
      assertThat(out.text(99)).isEqualTo("cd");
    }

    @Test
    void a_stream_slot_stays_one_in_a_pipe_of_packets_L73() {
      Scene scene = Scene.open();
      Scene out = scene.another(16);
      scene.write("ab");
      scene.splice(out, 99);

      out.packet("cd");

      assertThat(out.text(99)).isEqualTo("abcd");
    }
  }
}
