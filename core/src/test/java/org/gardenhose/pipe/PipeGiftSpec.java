package org.gardenhose.pipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.gardenhose.pipe.Scene.EAGAIN;
import static org.gardenhose.pipe.Scene.EPIPE;

import org.gardenhose.abi.Errno;
import org.gardenhose.wait.Deadlines;
import org.junit.jupiter.api.Test;

/// Giving memory away instead of copying it: vmsplice(2) from memory to a pipe (L-162 to L-165).
/// Pages count from index 0 of the array.
class PipeGiftSpec {
  private final Scene scene = Scene.open();

  @Test
  void every_page_touched_is_one_slot_L164() {
    assertThat(scene.gift(4000, 200)).isEqualTo(200);

    assertThat(scene.occupancy()).isEqualTo(2);
  }

  @Test
  void a_mebibyte_from_a_pages_start_fills_the_pipe_and_one_byte_further_on_less_L164() {
    assertThat(scene.gift(0, 1 << 20)).isEqualTo(65536);

    assertThat(scene.another(16).gift(1, 1 << 20)).isEqualTo(65535);
  }

  @Test
  void a_gift_takes_no_append_and_is_none_L164_L177() {
    scene.write(10);
    scene.gift(0, 10);

    scene.write(10);

    assertThat(scene.occupancy()).isEqualTo(3);
  }

  @Test
  void memory_changed_afterwards_changes_what_is_read_L165() {
    byte[] given = "abc".getBytes();
    scene.pipe.gift(scene.writer, given, 0, 3, Deadlines.NOW);

    given[1] = 'X';

    assertThat(scene.text(9)).isEqualTo("aXc");
  }

  @Test
  void the_givers_array_is_never_written_to_L7_L165() {
    byte[] given = "abcdef".getBytes();
    scene.pipe.gift(scene.writer, given, 0, 3, Deadlines.NOW);
    scene.write("XYZ");
    scene.read(99);
    for (int i = 0; i < 40; i++) {
      scene.write("x".repeat(4096));
      scene.read(4096);
    }

    assertThat(new String(given)).isEqualTo("abcdef");
  }

  @Test
  void a_gift_of_no_bytes_is_0_L162() {
    scene.closeReader();

    assertThat(scene.gift(0, 0)).isEqualTo(0);
  }

  @Test
  void without_a_reader_it_is_EPIPE_L163() {
    scene.fill().closeReader();

    assertThat(scene.gift(0, 1)).isEqualTo(EPIPE);
  }

  @Test
  void a_full_pipe_is_EAGAIN_or_a_wait_for_one_slot_L163() {
    scene.fill();
    assertThat(scene.gift(0, 1)).isEqualTo(EAGAIN);
    byte[] given = new byte[8192];
    Call gift =
        scene.start("gift", () -> scene.pipe.gift(scene.writer, given, 0, 8192, Deadlines.NEVER));
    gift.blocks();

    scene.read(4096);

    gift.returns(4096);
  }

  @Test
  void it_never_waits_again_after_the_first_slot_L163() {
    byte[] given = new byte[1 << 17];

    scene
        .start("gift", () -> scene.pipe.gift(scene.writer, given, 0, 1 << 17, Deadlines.NEVER))
        .returns(65536);
  }

  @Test
  void an_interrupt_is_EINTR_and_a_leaving_reader_EPIPE_L163() {
    scene.fill();
    byte[] given = new byte[1];
    Call first =
        scene.start("first", () -> scene.pipe.gift(scene.writer, given, 0, 1, Deadlines.NEVER));
    Call second =
        scene.start("second", () -> scene.pipe.gift(scene.writer, given, 0, 1, Deadlines.NEVER));

    first.interrupt();
    first.failsWith(Errno.EINTR);
    scene.closeReader();

    second.failsWith(Errno.EPIPE);
  }

  @Test
  void a_gift_is_spliced_and_read_like_any_slot_L72() {
    Scene out = scene.another(16);
    scene.pipe.gift(scene.writer, "abcdef".getBytes(), 0, 6, Deadlines.NOW);

    scene.splice(out, 2);

    assertThat(out.text(9)).isEqualTo("ab");
    assertThat(scene.text(9)).isEqualTo("cdef");
  }
}
