package org.gardenhose.pipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.gardenhose.abi.PipeAbi;
import org.gardenhose.memory.IoVector;
import org.gardenhose.wait.Deadlines;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// The caller's memory fails midway: what was moved counts, nothing is lost, the pipe goes on
/// (L-129 to L-131).
class PipeFaultSpec {
  /// Memory whose first `good` bytes are there and no more.
  private static MemorySegment memory(int good) {
    return MemorySegment.ofArray(Bytes.from(0, good));
  }

  private static long write(Scene scene, Object memory, int count) {
    return scene.pipe.write(scene.writer, memory, 0, count, Deadlines.NOW);
  }

  private static long read(Scene scene, Object memory, int count) {
    return scene.pipe.read(scene.reader, memory, 0, count, Deadlines.NOW);
  }

  private static byte[] rest(Scene scene) {
    byte[] bytes = new byte[70000];
    long n = scene.pipe.read(scene.reader, bytes, 0, bytes.length, Deadlines.NOW);
    return Arrays.copyOf(bytes, (int) Math.max(0, n));
  }

  @Nested
  class Writing {
    @Test
    void wherever_it_fails_whole_pages_before_it_count_L130() {
      for (int good = 0; good < 12000; good += 500) {
        Scene scene = Scene.open();
        MemorySegment memory = memory(good);
        int whole = good / 4096 * 4096;

        if (whole == 0) {
          assertThatThrownBy(() -> write(scene, memory, 12000))
              .isInstanceOf(IndexOutOfBoundsException.class);
        } else {
          assertThat(write(scene, memory, 12000)).isEqualTo(whole);
        }

        scene.invariants();
        assertThat(scene.occupancy()).isEqualTo(whole / 4096);
        assertThat(rest(scene)).isEqualTo(Bytes.from(0, whole));
      }
    }

    @Test
    void in_the_append_nothing_is_appended_L130() {
      Scene scene = Scene.open();
      scene.write("abc");

      assertThatThrownBy(() -> write(scene, memory(3), 5)).isNotNull();

      scene.invariants();
      assertThat(scene.text(9)).isEqualTo("abc");
    }

    @Test
    void in_the_append_the_page_takes_the_next_one_L130() {
      Scene scene = Scene.open();
      scene.write("abc");
      assertThatThrownBy(() -> write(scene, memory(3), 5)).isNotNull();

      scene.write("def");

      assertThat(scene.occupancy()).isEqualTo(1);
      assertThat(scene.text(9)).isEqualTo("abcdef");
    }

    @Test
    void behind_the_append_what_was_appended_counts_L130() {
      Scene scene = Scene.open();
      scene.write(10);

      assertThat(write(scene, memory(1000), 4096 + 100)).isEqualTo(100);

      assertThat(scene.available()).isEqualTo(110);
    }

    @Test
    void a_later_buffer_that_fails_takes_its_page_with_it_L131() {
      Scene scene = Scene.open();
      ByteBuffer good = ByteBuffer.allocate(10);
      ByteBuffer bad = ByteBuffer.allocate(10);
      IoVector vector = new IoVector(new ByteBuffer[] {good, bad}, 0, 2);
      bad.limit(5);

      assertThatThrownBy(() -> write(scene, vector, 20)).isNotNull();

      assertThat(scene.occupancy()).isEqualTo(0);
    }

    @Test
    void a_waiting_reader_gets_nothing_of_it_and_waits_on_L130() {
      Scene scene = Scene.open();
      Call reader = scene.reading("reader", 10);

      assertThatThrownBy(() -> write(scene, memory(3), 5)).isNotNull();
      scene.machine.settle();
      reader.blocks();
      scene.write("abc");

      reader.returns(3);
    }

    @Test
    void after_a_sleep_the_pages_before_it_count_L130() {
      Scene scene = Scene.open(1);
      Arena arena = Arena.ofShared();
      MemorySegment memory = arena.allocate(8192);
      Call writer =
          scene.start(
              "writer", () -> scene.pipe.write(scene.writer, memory, 0, 8192, Deadlines.NEVER));
      writer.blocks();

      arena.close();
      scene.read(4096);

      writer.returns(4096);
    }

    @Test
    void the_pipe_is_as_usable_as_before_every_time_L130() {
      Scene scene = Scene.open(2);
      for (int i = 0; i < 100; i++) {
        int good = i % 3;
        assertThatThrownBy(() -> write(scene, memory(good), 5)).isNotNull();
        assertThat(scene.write(5000)).isEqualTo(5000);
        assertThatThrownBy(() -> write(scene, memory(good), 5)).isNotNull();
        assertThat(scene.read(5000)).isEqualTo(5000);
        scene.invariants();
      }
    }
  }

  @Nested
  class Reading {
    @Test
    void wherever_it_fails_the_slot_being_copied_stays_L129() {
      for (int room = 0; room < 9000; room += 500) {
        Scene scene = Scene.open();
        scene.write(Bytes.from(0, 9000));
        MemorySegment memory = memory(room);
        int whole = room / 4096 * 4096;

        if (whole == 0) {
          assertThatThrownBy(() -> read(scene, memory, 9000))
              .isInstanceOf(IndexOutOfBoundsException.class);
        } else {
          assertThat(read(scene, memory, 9000)).isEqualTo(whole);
        }

        scene.invariants();
        assertThat(rest(scene)).isEqualTo(Bytes.from(whole, 9000 - whole));
      }
    }

    @Test
    void a_packet_survives_whole_L129() {
      Scene scene = Scene.open();
      scene.packet("abcdef");

      assertThatThrownBy(() -> read(scene, memory(3), 6)).isNotNull();

      assertThat(scene.text(2)).isEqualTo("ab");
      assertThat(scene.available()).isEqualTo(0);
    }

    @Test
    void a_later_buffer_that_fails_leaves_the_slot_L129() {
      Scene scene = Scene.open();
      scene.write("abcdef");
      ByteBuffer good = ByteBuffer.allocate(3);
      ByteBuffer bad = ByteBuffer.allocate(3);
      IoVector vector = new IoVector(new ByteBuffer[] {good, bad}, 0, 2);
      bad.limit(1);

      assertThatThrownBy(() -> read(scene, vector, 6)).isNotNull();

      assertThat(scene.text(9)).isEqualTo("abcdef");
    }

    @Test
    void a_full_pipe_gives_back_the_slots_that_were_copied_L129_L91() {
      Scene scene = Scene.open().fill();
      Call writer = scene.writing("writer", 1);

      assertThat(read(scene, memory(5000), 9000)).isEqualTo(4096);
      scene.machine.settle();

      writer.returns(1);
    }

    @Test
    void the_flag_of_packets_is_not_left_behind_L129() {
      Scene scene = Scene.open();
      scene.writer.setFlag(PipeAbi.O_DIRECT, true);
      assertThatThrownBy(() -> write(scene, memory(3), 5)).isNotNull();
      scene.writer.setFlag(PipeAbi.O_DIRECT, false);

      scene.write("ab");
      scene.write("cd");

      assertThat(scene.text(9)).isEqualTo("abcd");
    }
  }
}
