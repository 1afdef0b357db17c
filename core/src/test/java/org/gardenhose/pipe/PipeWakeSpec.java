package org.gardenhose.pipe;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.util.function.BooleanSupplier;
import org.gardenhose.abi.Errno;
import org.gardenhose.wait.Deadlines;
import org.gardenhose.wait.WaitQueue;
import org.gardenhose.wait.Waiter;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// Who is woken by what: one where one can go on, all where the state is final (L-87 to L-96).
class PipeWakeSpec {
  @Nested
  class Readers {
    @Test
    void a_write_wakes_every_poller_and_one_reader_L89() {
      Scene scene = Scene.open();
      Call first = scene.reading("first", 1);
      Call second = scene.reading("second", 1);
      Call poller = poller(scene, "poller", scene.pipe.readQueue(), scene.pipe::readReady);
      Call other = poller(scene, "other", scene.pipe.readQueue(), scene.pipe::readReady);

      scene.write("a");

      poller.returns(0);
      other.returns(0);
      first.returns(1);
      second.blocks();
    }

    @Test
    void a_writer_about_to_sleep_wakes_the_reader_of_what_it_wrote_L90() {
      Scene scene = Scene.open(1);
      Call reader = scene.reading("reader", 10);

      Call writer = scene.writing("writer", 8192);

      reader.returns(10);
      writer.blocks();
    }

    @Test
    void bytes_left_by_one_reader_go_to_the_next_L90_L92() {
      Scene scene = Scene.open();
      Call first = scene.reading("first", 4);
      Call second = scene.reading("second", 4);
      Call third = scene.reading("third", 4);

      scene.write("abcdef");

      first.returns(4);
      second.returns(2);
      third.blocks();
    }

    @Test
    void a_splice_a_tee_and_a_gift_into_it_wake_a_reader_L90() {
      Scene from = Scene.open();
      from.write(100);
      Scene scene = from.another(16);

      Call first = scene.reading("first", 10);
      from.tee(scene, 10);
      first.returns(10);

      Call second = scene.reading("second", 10);
      from.splice(scene, 10);
      second.returns(10);

      Call third = scene.reading("third", 10);
      scene.gift(5, 10);
      third.returns(10);
    }

    @Test
    void a_splice_that_waits_for_bytes_does_not_use_up_a_readers_turn_L88() {
      Scene scene = Scene.open();
      Scene out = scene.another(16);
      Call reader = scene.reading("reader", 1);
      Call splice =
          scene.start(
              "splice", () -> scene.pipe.splice(scene.reader, out.writer, 9, Deadlines.NEVER));

      scene.write("ab");
      scene.write("cd");

      reader.returns(1);
      assertThat(splice.blocked()).isFalse();
    }

    @Test
    void the_end_of_one_of_both_kinds_wakes_all_on_both_sides_L90() {
      Scene scene = Scene.open();
      Call reader = scene.reading("reader", 1);
      Call poller = poller(scene, "poller", scene.pipe.readQueue(), scene.pipe::readReady);

      scene.closeWriter();

      reader.returns(0);
      poller.returns(0);
    }
  }

  @Nested
  class Writers {
    @Test
    void a_read_of_a_part_of_a_slot_wakes_nobody_L91() {
      Scene scene = Scene.open().fill();
      Call writer = scene.writing("writer", 1);
      Call poller = poller(scene, "poller", scene.pipe.writeQueue(), scene.pipe::writeReady);

      scene.read(4095);
      writer.blocks();
      poller.blocks();
      scene.read(1);

      writer.returns(1);
      poller.returns(0);
    }

    @Test
    void a_slot_freed_releases_exactly_one_writer_L89() {
      Scene scene = Scene.open().fill();
      Call first = scene.writing("first", 10);
      Call second = scene.writing("second", 10);

      scene.read(4096);

      first.returns(10);
      second.blocks();
    }

    @Test
    void slots_freed_by_a_splice_out_release_a_writer_each_L91_L92() {
      Scene scene = Scene.open().fill();
      Scene out = scene.another(16);
      Call first = scene.writing("first", 10);
      Call second = scene.writing("second", 10);
      Call third = scene.writing("third", 10);

      scene.splice(out, 8192);

      first.returns(10);
      second.returns(10);
      third.blocks();
    }

    @Test
    void small_and_large_writers_wait_for_the_same_thing_L93() {
      Scene scene = Scene.open().fill();
      Call large = scene.writing("large", 8192);
      Call small = scene.writing("small", 1);

      scene.read(4096);
      large.blocks();
      small.blocks();
      scene.read(4096);

      small.returns(1);
      large.blocks();
    }

    @Test
    void a_gift_waits_beside_the_line_L88_L163() {
      Scene scene = Scene.open().fill();
      Call writer = scene.writing("writer", 10);
      byte[] given = new byte[10];
      Call gift =
          scene.start("gift", () -> scene.pipe.gift(scene.writer, given, 0, 10, Deadlines.NEVER));

      scene.read(8192);

      writer.returns(10);
      gift.returns(10);
    }

    @Test
    void a_wake_up_for_nothing_does_no_harm_L94() {
      Scene scene = Scene.open().fill();
      Call writer = scene.writing("writer", 10);
      Call reader = Scene.open().reading("reader", 10);

      scene.pipe.writeQueue().wakeAll(scene.machine);
      scene.machine.settle();

      writer.blocks();
      reader.blocks();
    }
  }

  @Nested
  class Revoked_and_aborted {
    @Test
    void closing_an_end_under_a_blocked_call_ends_that_call_and_no_other() {
      Scene scene = Scene.open();
      End doomed = End.open(scene.pipe, false);
      Call other = scene.reading("other", 1);
      byte[] bytes = new byte[1];
      Call call = scene.start("call", () -> scene.pipe.read(doomed, bytes, 0, 1, Deadlines.NEVER));

      doomed.revoke();
      scene.pipe.wakeRevoked(doomed);
      scene.machine.settle();

      call.failsWith(Errno.EBADF);
      other.blocks();
    }

    @Test
    void a_writer_whose_end_is_closed_keeps_its_count() {
      Scene scene = Scene.open();
      Call writer = scene.writing("writer", 100000);

      scene.writer.revoke();
      scene.pipe.wakeRevoked(scene.writer);
      scene.machine.settle();

      writer.returns(65536);
    }

    @Test
    void whoever_was_chosen_and_is_revoked_passes_the_baton_L90() {
      Scene scene = Scene.open();
      End doomed = End.open(scene.pipe, false);
      MemorySegment memory = MemorySegment.ofArray(new byte[9]);
      Call call = scene.start("call", () -> scene.pipe.read(doomed, memory, 0, 9, Deadlines.NEVER));
      Call next = scene.reading("next", 9);

      scene.machine.spawn(
          "both",
          () -> {
            scene.pipe.write(scene.writer, new byte[3], 0, 3, Deadlines.NOW);
            doomed.revoke();
            scene.pipe.wakeRevoked(doomed);
          });
      scene.machine.settle();

      call.failsWith(Errno.EBADF);
      next.returns(3);
    }

    @Test
    void an_abort_ends_every_call_on_both_sides_and_frees_the_pages() {
      Scene scene = Scene.open(1);
      Call reader = scene.reading("reader", 1);
      Scene full = scene.another(1).fill();
      Call writer = full.writing("writer", 1);
      Call splice =
          scene.start(
              "splice", () -> scene.pipe.splice(scene.reader, full.writer, 9, Deadlines.NEVER));

      scene.pipe.abort();
      full.pipe.abort();
      scene.machine.settle();

      reader.failsWith(Errno.ECANCELED);
      writer.failsWith(Errno.ECANCELED);
      splice.failsWith(Errno.ECANCELED);
      assertThat(full.occupancy()).isEqualTo(0);
    }
  }

  /// Waits as poll(2) does: woken with everybody else, without a place in the line.
  private static Call poller(Scene scene, String name, WaitQueue queue, BooleanSupplier ready) {
    return scene.start(
        name,
        () -> {
          while (!ready.getAsBoolean()) {
            Waiter waiter = queue.enter(scene);
            while (!ready.getAsBoolean() && !waiter.signalled()) {
              scene.machine.park(scene, Deadlines.NEVER);
            }
            queue.withdraw(waiter);
            queue.release(waiter);
          }
          return 0;
        });
  }
}
