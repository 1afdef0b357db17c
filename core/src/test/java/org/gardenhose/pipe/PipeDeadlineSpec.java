package org.gardenhose.pipe;

import static org.assertj.core.api.Assertions.assertThat;

import org.gardenhose.abi.Errno;
import org.gardenhose.wait.Deadlines;
import org.junit.jupiter.api.Test;

/// A call with a deadline waits until then and no longer, and keeps what it has moved.
class PipeDeadlineSpec {
  private static final long LATER = 1000;

  private final Scene scene = Scene.open();

  @Test
  void a_read_of_an_empty_pipe_ends_with_ETIMEDOUT_at_that_moment() {
    Call reader = scene.reading("reader", 1, LATER);
    reader.blocks();

    scene.machine.run();

    reader.failsWith(Errno.ETIMEDOUT);
    assertThat(scene.machine.nanoTime()).isEqualTo(LATER);
  }

  @Test
  void bytes_that_come_before_it_are_read() {
    Call reader = scene.reading("reader", 9, LATER);

    scene.write("abc");

    reader.returns(3);
    assertThat(scene.machine.nanoTime()).isEqualTo(0);
  }

  @Test
  void a_deadline_that_has_passed_does_not_keep_a_call_from_what_is_there() {
    pass(LATER);
    scene.write("abc");

    scene.reading("reader", 9, LATER - 1).returns(3);
    scene.reading("late reader", 9, LATER - 1).failsWith(Errno.ETIMEDOUT);
    scene.writing("writer", 9, LATER - 1).returns(9);
  }

  @Test
  void a_write_keeps_the_count_of_what_went_in() {
    Call writer = scene.writing("writer", 100000, LATER);

    scene.machine.run();

    writer.returns(65536);
    assertThat(scene.available()).isEqualTo(65536);
  }

  @Test
  void a_write_of_nothing_yet_is_ETIMEDOUT() {
    scene.fill();
    Call writer = scene.writing("writer", 1, LATER);

    scene.machine.run();

    writer.failsWith(Errno.ETIMEDOUT);
    assertThat(scene.available()).isEqualTo(65536);
  }

  @Test
  void a_gift_a_splice_and_a_tee_end_too() {
    Scene out = scene.another(16).fill();
    Call splice =
        scene.start("splice", () -> scene.pipe.splice(scene.reader, out.writer, 1, LATER));
    Call tee = scene.start("tee", () -> scene.pipe.tee(scene.reader, out.writer, 1, LATER));
    byte[] given = new byte[1];
    Call gift = scene.start("gift", () -> out.pipe.gift(out.writer, given, 0, 1, LATER));

    scene.machine.run();

    splice.failsWith(Errno.ETIMEDOUT);
    tee.failsWith(Errno.ETIMEDOUT);
    gift.failsWith(Errno.ETIMEDOUT);
  }

  @Test
  void a_reader_that_gives_up_leaves_the_line_to_the_next_L90() {
    Call first = scene.reading("first", 1, LATER);
    Call second = scene.reading("second", 1);
    scene.machine.run();
    first.failsWith(Errno.ETIMEDOUT);

    scene.write("a");

    second.returns(1);
  }

  @Test
  void whoever_is_chosen_at_the_last_moment_still_reads_L60() {
    Call reader = scene.reading("reader", 1, LATER);
    byte[] a = {'a'};
    scene.machine.spawn(
        "writer at the same moment",
        () -> {
          scene.machine.park(this, LATER);
          scene.pipe.write(scene.writer, a, 0, 1, Deadlines.NOW);
        });

    scene.machine.run();

    // Either came first; in neither case is the byte lost.
    assertThat(scene.available() == 0 || reader.blocked() || scene.read(1) == 1).isTrue();
  }

  private void pass(long nanos) {
    scene.machine.spawn("clock", () -> scene.machine.park(this, nanos));
    scene.machine.run();
  }
}
