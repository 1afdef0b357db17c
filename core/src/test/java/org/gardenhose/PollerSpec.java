package org.gardenhose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.gardenhose.Poller.Mode;
import org.gardenhose.Poller.Readiness;
import org.gardenhose.Poller.Ready;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// Waiting for many ends at once.
class PollerSpec {
  private final Pipe pipe = Pipe.open(4096);
  private final ReadEnd in = pipe.readEnd();
  private final WriteEnd out = pipe.writeEnd();
  private final Poller poller = Poller.open();

  @AfterEach
  void close() {
    poller.close();
  }

  private static Ready ready(PipeEnd end, Readiness first, Readiness... rest) {
    return new Ready(end, EnumSet.of(first, rest));
  }

  @Nested
  class Readiness_of_L75 {
    @Test
    void of_a_read_end_is_bytes_or_departed_writers() throws IOException {
      poller.add(in, Mode.LEVEL);
      assertThat(poller.tryPoll()).isEmpty();

      out.write(new byte[1]);
      assertThat(poller.tryPoll()).containsExactly(ready(in, Readiness.READABLE));

      out.close();
      assertThat(poller.tryPoll())
          .containsExactly(ready(in, Readiness.READABLE, Readiness.PEER_CLOSED));

      in.read(new byte[1]);
      assertThat(poller.tryPoll()).containsExactly(ready(in, Readiness.PEER_CLOSED));
    }

    @Test
    void of_a_write_end_is_room_or_departed_readers() throws IOException {
      poller.add(out, Mode.LEVEL);
      assertThat(poller.tryPoll()).containsExactly(ready(out, Readiness.WRITABLE));

      out.write(new byte[4096]);
      assertThat(poller.tryPoll()).isEmpty();

      in.read(new byte[4095]);
      assertThat(poller.tryPoll()).as("a page partly read is not free").isEmpty();

      in.read(new byte[1]);
      assertThat(poller.tryPoll()).containsExactly(ready(out, Readiness.WRITABLE));

      in.close();
      assertThat(poller.tryPoll())
          .containsExactly(ready(out, Readiness.WRITABLE, Readiness.PEER_CLOSED));
    }

    @Test
    void of_a_closed_end_is_told_once() {
      poller.add(in, Mode.LEVEL);

      in.close();

      assertThat(poller.tryPoll()).containsExactly(ready(in, Readiness.CLOSED));
      assertThat(poller.tryPoll()).isEmpty();
    }
  }

  @Nested
  class Edges {
    @Test
    void come_with_every_write_also_to_a_pipe_that_has_bytes_L82() throws IOException {
      poller.add(in, Mode.EDGE);
      out.write(new byte[1]);
      assertThat(poller.tryPoll()).hasSize(1);
      assertThat(poller.tryPoll()).isEmpty();

      out.write(new byte[1]);

      assertThat(poller.tryPoll()).containsExactly(ready(in, Readiness.READABLE));
    }

    @Test
    void do_not_come_with_a_partial_read_L82() throws IOException {
      out.write(new byte[2]);
      poller.add(in, Mode.EDGE);
      assertThat(poller.tryPoll()).hasSize(1);

      in.read(new byte[1]);

      assertThat(poller.tryPoll()).isEmpty();
    }

    @Test
    void come_to_a_writer_when_a_slot_of_a_full_pipe_is_freed_L83() throws IOException {
      out.write(new byte[4096]);
      poller.add(out, Mode.EDGE);
      assertThat(poller.tryPoll()).isEmpty();

      in.read(new byte[4096]);

      assertThat(poller.tryPoll()).containsExactly(ready(out, Readiness.WRITABLE));
      assertThat(poller.tryPoll()).isEmpty();
    }

    @Test
    void come_with_the_last_close_L84() {
      poller.add(in, Mode.EDGE);
      assertThat(poller.tryPoll()).isEmpty();

      out.close();

      assertThat(poller.tryPoll()).containsExactly(ready(in, Readiness.PEER_CLOSED));
    }
  }

  @Test
  void one_shot_is_told_once_until_it_is_added_anew() throws IOException {
    out.write(new byte[1]);
    poller.add(in, Mode.ONE_SHOT);
    assertThat(poller.tryPoll()).hasSize(1);
    assertThat(poller.tryPoll()).isEmpty();

    poller.add(in, Mode.ONE_SHOT);

    assertThat(poller.tryPoll()).hasSize(1);
  }

  @Test
  void a_write_to_any_of_many_pipes_ends_the_wait() throws Exception {
    List<Pipe> pipes = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      pipes.add(Pipe.open());
      poller.add(pipes.get(i).readEnd(), Mode.LEVEL);
    }
    Blocked<List<Ready>> polling = Blocked.call(true, poller::poll);

    pipes.get(777).writeEnd().write(new byte[1]);

    assertThat(polling.result())
        .containsExactly(ready(pipes.get(777).readEnd(), Readiness.READABLE));
  }

  @Test
  void readers_and_a_poller_of_one_pipe_are_all_woken_by_one_write_L89() throws Exception {
    poller.add(in, Mode.EDGE);
    Blocked<Integer> reader = Blocked.reader(in, () -> in.read(new byte[1]));

    out.write(new byte[2]);

    assertThat(reader.result()).isEqualTo(1);
    assertThat(poller.poll(Deadline.NEVER)).hasSize(1);
  }

  @Test
  void a_deadline_that_passes_gives_nothing() throws Exception {
    poller.add(in, Mode.LEVEL);

    assertThat(poller.poll(Deadline.after(Duration.ZERO))).isEmpty();
  }

  @Test
  void an_interrupt_ends_the_wait_and_keeps_the_flag() throws Exception {
    Blocked<Boolean> polling =
        Blocked.call(
            true,
            () -> {
              Thread.currentThread().interrupt();
              assertThatThrownBy(poller::poll).isInstanceOf(java.io.InterruptedIOException.class);
              return Thread.currentThread().isInterrupted();
            });

    assertThat(polling.result()).isTrue();
  }

  @Test
  void closing_the_poller_ends_the_wait_and_leaves_the_ends_open() {
    poller.add(in, Mode.LEVEL);
    Blocked<List<Ready>> polling = Blocked.call(true, poller::poll);

    poller.close();

    assertThat(polling.failure()).isInstanceOf(IllegalStateException.class);
    assertThat(in.isOpen()).isTrue();
  }

  @Test
  void an_end_that_was_removed_is_not_told_of() throws IOException {
    poller.add(in, Mode.LEVEL);
    poller.remove(in);

    out.write(new byte[1]);

    assertThat(poller.tryPoll()).isEmpty();
  }
}
