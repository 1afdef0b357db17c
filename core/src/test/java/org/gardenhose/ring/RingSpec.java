package org.gardenhose.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.gardenhose.abi.Panic;
import org.gardenhose.memory.Page;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// The ring by itself, one thread being both sides (L-2 to L-7, L-12, L-43).
class RingSpec {
  /// Puts one slot of `length` bytes in.
  private static void fill(Ring ring, int length) {
    int head = Ring.index(ring.fillVolatile());
    ring.push(head, ring.pool().take(), 0, length, Slot.CAN_MERGE);
    ring.countFilled(length);
    ring.fillGetAndSet(Ring.filled(head + 1, length, Slot.CAN_MERGE));
  }

  /// Takes the oldest slot out and returns its length.
  private static int drain(Ring ring) {
    int tail = Ring.index(ring.drainVolatile());
    int length = ring.oldestLength(ring.seeFill(), tail);
    assertThat(ring.seal(tail, length)).isTrue();
    ring.pool().put(ring.slot(tail).clear());
    ring.countDrained(length);
    ring.drainGetAndSet(Ring.word(tail + 1, 0));
    return length;
  }

  @Nested
  class Counters {
    /// Where the counters begin: at nought, and so that they pass the largest int, or wrap.
    private final int[] firsts = {0, 1, Integer.MAX_VALUE - 3, -3, Integer.MIN_VALUE};

    @Test
    void no_slot_is_wasted_and_full_is_not_empty_wherever_they_stand_L3() {
      for (int first : firsts) {
        Ring ring = new Ring(8, first);
        for (int i = 1; i <= 8; i++) {
          assertThat(ring.full()).isFalse();
          fill(ring, i);
          assertThat(ring.occupancy()).isEqualTo(i);
          ring.invariants();
        }

        assertThat(ring.full()).isTrue();
        for (int i = 1; i <= 8; i++) {
          assertThat(ring.readable()).isTrue();
          assertThat(drain(ring)).isEqualTo(i);
          ring.invariants();
        }
        assertThat(ring.readable()).isFalse();
      }
    }

    @Test
    void the_order_is_kept_over_many_turns_L3() {
      for (int first : firsts) {
        Ring ring = new Ring(4, first);
        for (int i = 1; i <= 3; i++) {
          fill(ring, i);
        }
        for (int i = 4; i < 40; i++) {
          fill(ring, i);
          assertThat(drain(ring)).isEqualTo(i - 3);
          ring.invariants();
        }
      }
    }

    @Test
    void a_resize_keeps_the_slots_wherever_they_stand_L26() {
      for (int first : firsts) {
        for (int count : new int[] {4, 8, 16, 64}) {
          Ring ring = new Ring(8, first);
          for (int i = 1; i <= 4; i++) {
            fill(ring, i);
          }

          ring.resize(count);

          ring.invariants();
          assertThat(ring.slots()).isEqualTo(count);
          for (int i = 1; i <= 4; i++) {
            assertThat(drain(ring)).isEqualTo(i);
          }
        }
      }
    }

    @Test
    void totals_of_a_tebibyte_and_more_leave_no_mark_L175() {
      Ring ring = new Ring(8);
      for (int i = 0; i < 40; i++) {
        ring.countFilled(1L << 40);
        ring.countDrained(1L << 40);
      }

      fill(ring, 100);

      ring.invariants();
      assertThat(ring.heldBytes()).isEqualTo(100);
      assertThat(ring.writtenBytes()).isEqualTo(40 * (1L << 40) + 100);
      assertThat(ring.readBytes()).isEqualTo(40 * (1L << 40));
    }

    @Test
    void the_two_words_hold_every_index_and_length() {
      for (int index : new int[] {0, 1, -1, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
        for (int length : new int[] {0, 1, 4095, 4096}) {
          long word = Ring.word(index, length);

          assertThat(Ring.index(word)).isEqualTo(index);
          assertThat(Ring.bytes(word)).isEqualTo(length);
        }
      }
    }
  }

  @Nested
  class Appending {
    @Test
    void fits_up_to_the_end_of_the_page_and_no_further_L43() {
      Ring ring = new Ring(2);
      fill(ring, 4000);

      assertThat(ring.appendable(ring.fillVolatile(), 96)).isTrue();
      assertThat(ring.appendable(ring.fillVolatile(), 97)).isFalse();
      assertThat(ring.appendable(ring.fillVolatile(), 0)).as("no residue (L-44)").isFalse();
    }

    @Test
    void is_over_once_the_slot_is_sealed_L43() {
      Ring ring = new Ring(2);
      fill(ring, 10);

      assertThat(ring.seal(Ring.index(ring.drainVolatile()), 10)).isTrue();

      assertThat(ring.appendable(ring.fillVolatile(), 1)).isFalse();
    }

    @Test
    void is_refused_by_an_empty_ring_L43() {
      Ring ring = new Ring(2);

      assertThat(ring.appendable(ring.fillVolatile(), 1)).isFalse();
    }

    @Test
    void a_slot_with_more_than_was_consumed_is_not_sealed() {
      Ring ring = new Ring(2);
      fill(ring, 10);

      assertThat(ring.seal(Ring.index(ring.drainVolatile()), 9)).isFalse();

      assertThat(ring.appendable(ring.fillVolatile(), 1)).isTrue();
    }
  }

  @Nested
  class A_slot_used_again {
    @Test
    void has_no_flag_left_over_L5() {
      Ring ring = new Ring(1);
      fill(ring, 10);
      drain(ring);
      int head = Ring.index(ring.fillVolatile());
      Page gift = Page.gift(new byte[4096], 0);

      ring.push(head, gift, 5, 10, 0);

      Slot slot = ring.slot(head);
      assertThat(slot.flags()).isEqualTo(0);
      assertThat(slot.packet()).isFalse();
      assertThat(slot.start()).isEqualTo(5);
      assertThat(slot.page()).isSameAs(gift);
    }
  }

  @Nested
  class Misuse {
    @Test
    void slots_that_are_no_power_of_two_are_a_panic_L2() {
      for (int slots : new int[] {0, 3, 12, -1}) {
        assertThatThrownBy(() -> new Ring(slots)).isInstanceOf(Panic.class);
      }
    }

    @Test
    void a_resize_below_what_is_in_use_is_a_panic_L24() {
      Ring ring = new Ring(8);
      fill(ring, 1);
      fill(ring, 1);
      fill(ring, 1);

      assertThatThrownBy(() -> ring.resize(2)).isInstanceOf(Panic.class);
      assertThatThrownBy(() -> ring.resize(6)).isInstanceOf(Panic.class);
    }

    @Test
    void bytes_that_nobody_counted_break_the_invariants_L175() {
      Ring ring = new Ring(8);
      fill(ring, 10);
      ring.countFilled(1);

      assertThatThrownBy(ring::invariants).isInstanceOf(Panic.class);
    }
  }
}
