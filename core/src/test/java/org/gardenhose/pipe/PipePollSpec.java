package org.gardenhose.pipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.gardenhose.abi.PipeAbi.POLLERR;
import static org.gardenhose.abi.PipeAbi.POLLHUP;
import static org.gardenhose.abi.PipeAbi.POLLIN;
import static org.gardenhose.abi.PipeAbi.POLLOUT;
import static org.gardenhose.pipe.Scene.EAGAIN;

import org.gardenhose.abi.PipeAbi;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// What poll reports, and which calls are edges for those who watch (L-55, L-75 to L-84).
class PipePollSpec {
  @Nested
  class The_read_end {
    @Test
    void is_nothing_while_empty_with_a_writer_L75() {
      assertThat(Scene.open().pollRead()).isEqualTo(0);
    }

    @Test
    void is_IN_with_bytes_L75() {
      Scene scene = Scene.open();
      scene.write(1);

      assertThat(scene.pollRead()).isEqualTo(POLLIN);
    }

    @Test
    void is_IN_and_HUP_with_bytes_and_no_writer_L75() {
      Scene scene = Scene.open();
      scene.write(1);
      scene.closeWriter();

      assertThat(scene.pollRead()).isEqualTo(POLLIN | POLLHUP);
    }

    @Test
    void is_HUP_alone_at_end_of_file_L75() {
      Scene scene = Scene.open();
      scene.closeWriter();

      assertThat(scene.pollRead()).isEqualTo(POLLHUP);
    }

    @Test
    void loses_HUP_when_a_writer_comes_back_L78() {
      Scene scene = Scene.open();
      scene.closeWriter();

      scene.pipe.open(true);

      assertThat(scene.pollRead()).isEqualTo(0);
    }
  }

  @Nested
  class The_write_end {
    @Test
    void is_OUT_with_a_free_slot_L75() {
      assertThat(Scene.open().pollWrite()).isEqualTo(POLLOUT);
    }

    @Test
    void is_nothing_when_full_L75() {
      assertThat(Scene.open().fill().pollWrite()).isEqualTo(0);
    }

    @Test
    void is_OUT_and_ERR_without_a_reader_L75() {
      Scene scene = Scene.open();
      scene.closeReader();

      assertThat(scene.pollWrite()).isEqualTo(POLLOUT | POLLERR);
    }

    @Test
    void is_ERR_alone_when_full_without_a_reader_L75() {
      Scene scene = Scene.open().fill();
      scene.closeReader();

      assertThat(scene.pollWrite()).isEqualTo(POLLERR);
    }

    @Test
    void is_not_OUT_although_an_append_would_fit_L55() {
      Scene scene = Scene.open().fill();
      scene.read(4096);
      scene.write(3996);

      assertThat(scene.pollWrite()).isEqualTo(0);
      assertThat(scene.write(100)).isEqualTo(100);
    }

    @Test
    void is_not_OUT_before_a_slot_is_read_to_its_end_L55() {
      Scene scene = Scene.open().fill();

      scene.read(4095);
      assertThat(scene.pollWrite()).isEqualTo(0);

      scene.read(1);
      assertThat(scene.pollWrite()).isEqualTo(POLLOUT);
    }

    @Test
    void promises_that_a_page_fits_L55() {
      Scene scene = Scene.open();
      while (scene.pollWrite() == POLLOUT) {
        assertThat(scene.write(4096)).isEqualTo(4096);
      }

      assertThat(scene.write(4096)).isEqualTo(EAGAIN);
    }
  }

  /// A watcher on a queue is what edge-triggered epoll is: each wake is an edge.
  @Nested
  class An_edge_for_reading {
    private final Scene scene = Scene.open();
    private int edges;

    private int edges(Runnable call) {
      scene.pollRead();
      edges = 0;
      scene.pipe.readQueue().watch(() -> edges++);
      call.run();
      return edges;
    }

    @Test
    void comes_with_every_write_also_to_a_pipe_that_is_not_empty_L82() {
      assertThat(edges(() -> scene.write(1))).isEqualTo(1);

      assertThat(edgesAgain(() -> scene.write(1))).isEqualTo(1);
    }

    @Test
    void comes_even_with_a_write_that_fails_with_EAGAIN_L82() {
      scene.fill();

      assertThat(edges(() -> scene.write(1))).isEqualTo(1);
    }

    @Test
    void comes_not_with_a_write_of_no_bytes_L82() {
      assertThat(edges(() -> scene.write(0))).isEqualTo(0);
    }

    @Test
    void comes_not_with_a_read_L82() {
      scene.write(100);

      assertThat(edges(() -> scene.read(50))).isEqualTo(0);
    }

    @Test
    void comes_with_the_last_writer_leaving_L84() {
      assertThat(edges(scene::closeWriter)).isEqualTo(1);
    }

    @Test
    void comes_with_a_splice_a_tee_and_a_gift_L90() {
      Scene from = scene.another(16);
      from.write(100);

      assertThat(edges(() -> from.tee(scene, 10))).as("tee").isEqualTo(1);
      assertThat(edgesAgain(() -> from.splice(scene, 10))).as("splice").isEqualTo(1);
      assertThat(edgesAgain(() -> scene.gift(0, 10))).as("gift").isEqualTo(1);
      assertThat(edgesAgain(() -> from.splice(scene, 0))).as("nothing spliced").isEqualTo(0);
    }

    private int edgesAgain(Runnable call) {
      edges = 0;
      call.run();
      return edges;
    }
  }

  @Nested
  class An_edge_for_writing {
    private final Scene scene = Scene.open();
    private int edges;

    private int edges(Runnable call) {
      scene.pollWrite();
      edges = 0;
      scene.pipe.writeQueue().watch(() -> edges++);
      call.run();
      return edges;
    }

    @Test
    void comes_with_a_read_that_frees_a_slot_of_a_full_pipe_L83() {
      scene.fill();

      assertThat(edges(() -> scene.read(4096))).isEqualTo(1);
    }

    @Test
    void comes_not_with_a_read_of_a_part_of_a_slot_L83() {
      scene.fill();

      assertThat(edges(() -> scene.read(4095))).isEqualTo(0);
    }

    @Test
    void comes_not_with_a_read_of_a_pipe_that_is_not_full_L83_L91() {
      scene.write(8192);

      assertThat(edges(() -> scene.read(4096))).isEqualTo(0);
    }

    @Test
    void comes_with_a_splice_out_that_frees_a_slot_full_or_not_L83_L91() {
      scene.write(8192);

      assertThat(edges(() -> scene.splice(scene.another(16), 4096))).isEqualTo(1);
    }

    @Test
    void comes_not_with_a_splice_of_half_a_slot_nor_with_a_tee_L83() {
      scene.fill();
      Scene out = scene.another(16);

      assertThat(edges(() -> scene.splice(out, 2048))).isEqualTo(0);
      scene.tee(out, 8192);
      assertThat(edges).isEqualTo(0);
    }

    @Test
    void comes_with_a_resize_L83() {
      assertThat(edges(() -> scene.resize(4096))).isEqualTo(1);
    }

    @Test
    void comes_not_with_a_resize_that_is_refused_L91() {
      scene.fill();

      assertThat(edges(() -> scene.resize(4096))).isEqualTo(0);
      scene.pipe.resize(PipeAbi.PIPE_MAX_SIZE * 2L, PipeAbi.PIPE_MAX_SIZE);
      assertThat(edges).isEqualTo(0);
    }

    @Test
    void comes_with_the_last_reader_leaving_L84() {
      assertThat(edges(scene::closeReader)).isEqualTo(1);
    }

    @Test
    void comes_again_when_another_writer_leaves_a_pipe_without_readers_L95() {
      scene.pipe.open(true);
      scene.closeReader();

      assertThat(edges(scene::closeWriter)).isEqualTo(1);
    }

    @Test
    void comes_not_when_nobody_is_left_L95() {
      scene.closeReader();

      assertThat(edges(scene::closeWriter)).isEqualTo(0);
    }
  }
}
