package org.gardenhose.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.gardenhose.bench.peers.Peer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Every measurement runs for a moment and finds its bytes. Nothing here judges speed.
@Timeout(60)
class MeasurementsTest {
  private static final long MOMENT = 20_000_000;

  @ParameterizedTest
  @EnumSource(ThreadKind.class)
  void a_transfer_by_time_moves_something(ThreadKind kind) throws Exception {
    assertThat(new Transfer(Peer.GARDENHOSE, kind, 1 << 16, 512).run(MOMENT)).isPositive();
  }

  @ParameterizedTest
  @EnumSource(ThreadKind.class)
  void a_transfer_by_amount_moves_exactly_that(ThreadKind kind) throws Exception {
    assertThat(new Transfer(Peer.GARDENHOSE, kind, 1 << 16, 1).move(10_000)).isEqualTo(10_000);
  }

  @ParameterizedTest
  @EnumSource(ThreadKind.class)
  void a_crowd_gets_each_message_once_and_whole(ThreadKind kind) throws Exception {
    assertThat(new Crowd(kind, 4, 3, 512).move(1000, 0)).isEqualTo(4000);
  }

  @ParameterizedTest
  @EnumSource(ThreadKind.class)
  void hackbench_delivers_every_message(ThreadKind kind) throws Exception {
    assertThat(new Hackbench(kind, 20_000).run()).isPositive();
  }

  @ParameterizedTest
  @EnumSource(ThreadKind.class)
  void a_token_goes_round(ThreadKind kind) throws Exception {
    assertThat(new Token(kind, 4).run(MOMENT)).isPositive();
  }

  @ParameterizedTest
  @EnumSource(ThreadKind.class)
  void a_parked_thread_hears_of_a_byte_and_of_both_closes(ThreadKind kind) throws Exception {
    Wake wake = new Wake(kind);

    assertThat(wake.bytes(Peer.GARDENHOSE, MOMENT)).isNotEmpty();
    assertThat(wake.closes(Wake.By.END_OF_STREAM, MOMENT)).isNotEmpty();
    assertThat(wake.closes(Wake.By.BROKEN_PIPE, MOMENT)).isNotEmpty();
  }

  @ParameterizedTest
  @EnumSource(ThreadKind.class)
  void pages_pass_by_reference(ThreadKind kind) throws Exception {
    assertThat(ZeroCopy.splice(MOMENT)).isPositive();
    assertThat(ZeroCopy.teeAndDrop(MOMENT)).isPositive();
    assertThat(ZeroCopy.teeToMany(3, MOMENT)).isPositive();
    assertThat(ZeroCopy.gift(kind, true, MOMENT)).isPositive();
    assertThat(ZeroCopy.gift(kind, false, MOMENT)).isPositive();
    assertThat(ZeroCopy.chain(kind, 3, MOMENT)).isPositive();
  }

  @Test
  void a_chain_of_utilities_passes_all_bytes_on() {
    assertThat(ShellChain.run(1_000_001, MOMENT)).isPositive();
  }

  @Test
  void memory_and_processor_time_are_counted() throws Exception {
    assertThat(Footprint.bytes(1000, pipe -> Footprint.pass(pipe, 1))).isPositive();
    assertThat(Footprint.idle(4, MOMENT)).isNotNegative();
  }

  /// What notices lost bytes must itself be tried.
  @Nested
  class The_pattern {
    @Test
    void is_content_with_what_belongs_there() {
      byte[] third = Pattern.chunk(64);
      Pattern.stamp(third, 2);

      Pattern.check(third, 64, 128, 64);
    }

    @Test
    void notices_a_chunk_that_came_too_early() {
      byte[] third = Pattern.chunk(64);
      Pattern.stamp(third, 2);

      assertThatThrownBy(() -> Pattern.check(third, 64, 64, 64))
          .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void notices_a_shift_by_one_byte() {
      byte[] chunk = Pattern.chunk(64);

      assertThatThrownBy(() -> Pattern.check(chunk, 63, 1, 64))
          .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void notices_a_lost_byte_in_chunks_of_one() {
      byte[] chunk = Pattern.chunk(1);
      Pattern.stamp(chunk, 7);

      assertThatThrownBy(() -> Pattern.check(chunk, 1, 6, 1)).hasMessageContaining("byte 6");
    }
  }
}
