package org.gardenhose.pipe;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.gardenhose.abi.Errno;
import org.gardenhose.wait.Deadlines;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// A thread that was chosen by a wake-up and leaves something behind wakes the next one, for
/// whatever reason it leaves.
class PipeBatonSpec {
  @Nested
  class Among_readers {
    @Test
    void one_write_of_four_bytes_releases_four_readers_of_one_byte_L92() {
      Scene scene = Scene.open();
      List<Call> readers = readers(scene, 4, 1);

      scene.write("abcd");

      readers.forEach(reader -> reader.returns(1));
    }

    @Test
    void one_byte_releases_exactly_one_reader_L92() {
      Scene scene = Scene.open();
      List<Call> readers = readers(scene, 4, 1);

      scene.write("a");

      readers.getFirst().returns(1);
      readers.subList(1, 4).forEach(Call::blocks);
    }

    @Test
    void single_bytes_are_served_in_the_order_of_coming_L88() {
      Scene scene = Scene.open();
      List<Call> readers = readers(scene, 4, 1);

      for (int i = 0; i < 4; i++) {
        scene.write("a");

        readers.get(i).returns(1);
        readers.subList(i + 1, 4).forEach(Call::blocks);
      }
    }

    @Test
    void an_interrupted_reader_that_was_chosen_passes_the_baton_L60_L90() {
      Scene scene = Scene.open();
      List<Call> readers = readers(scene, 2, 1);

      readers.getFirst().interrupt();
      scene.write("a");

      readers.get(0).failsWith(Errno.EINTR);
      readers.get(1).returns(1);
    }

    @Test
    void a_reader_whose_memory_fails_passes_the_baton_L90_L129_L180() {
      Scene scene = Scene.open();
      Arena arena = Arena.ofShared();
      MemorySegment memory = arena.allocate(10);
      Call first =
          scene.start(
              "faulty", () -> scene.pipe.read(scene.reader, memory, 0, 10, Deadlines.NEVER));
      Call second = scene.reading("second", 10);
      arena.close();

      scene.write("abc");

      first.faults();
      second.returns(3);
    }
  }

  @Nested
  class Among_writers {
    @Test
    void reading_two_pages_of_a_full_pipe_releases_two_of_three_writers_L92() {
      Scene scene = Scene.open().fill();
      List<Call> writers = writers(scene, 3, 1);

      scene.read(8192);

      writers.get(0).returns(1);
      writers.get(1).returns(1);
      writers.get(2).blocks();
    }

    @Test
    void an_interrupted_writer_leaves_the_slot_to_the_next_L61() {
      Scene scene = Scene.open().fill();
      List<Call> writers = writers(scene, 2, 1);

      writers.getFirst().interrupt();
      scene.read(4096);

      writers.get(0).failsWith(Errno.EINTR);
      writers.get(1).returns(1);
    }

    @Test
    void a_writer_whose_memory_fails_passes_the_baton_L61_L130_L180() {
      Scene scene = Scene.open().fill();
      Arena arena = Arena.ofShared();
      MemorySegment memory = arena.allocate(10);
      Call first =
          scene.start(
              "faulty", () -> scene.pipe.write(scene.writer, memory, 0, 10, Deadlines.NEVER));
      Call second = scene.writing("second", 10);
      arena.close();

      scene.read(4096);

      first.faults();
      second.returns(10);
    }

    @Test
    void two_large_writers_alternate_page_by_page_L50() {
      Scene scene = Scene.open(1).fill();
      String seen = "";
      byte[] a = "A".repeat(16384).getBytes();
      byte[] b = "B".repeat(16384).getBytes();
      scene.start("A", () -> scene.pipe.write(scene.writer, a, 0, 16384, Deadlines.NEVER));
      scene.start("B", () -> scene.pipe.write(scene.writer, b, 0, 16384, Deadlines.NEVER));
      scene.read(4096);

      for (int i = 0; i < 8; i++) {
        seen += scene.text(4096).substring(4095);
      }

      assertThat(seen).isEqualTo("ABABABAB");
    }
  }

  private static List<Call> readers(Scene scene, int count, int bytes) {
    List<Call> calls = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      calls.add(scene.reading("reader " + i, bytes));
    }
    return calls;
  }

  private static List<Call> writers(Scene scene, int count, int bytes) {
    List<Call> calls = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      calls.add(scene.writing("writer " + i, bytes));
    }
    return calls;
  }
}
