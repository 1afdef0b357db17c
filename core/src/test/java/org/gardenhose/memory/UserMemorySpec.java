package org.gardenhose.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// Copies between the caller's memory of every kind and a page, and the pages themselves.
class UserMemorySpec {
  private static final byte[] TEXT = "0123456789".getBytes();

  /// The same ten bytes as memory of every kind, each with some offset of its own.
  private static List<Object> kinds() {
    ByteBuffer direct = ByteBuffer.allocateDirect(20).position(3);
    return List.of(
        new byte[10],
        ByteBuffer.allocate(10),
        direct.slice(3, 10),
        MemorySegment.ofArray(new byte[10]),
        MemorySegment.ofBuffer(ByteBuffer.allocateDirect(10)),
        new IoVector(
            new ByteBuffer[] {
              ByteBuffer.allocate(99),
              ByteBuffer.allocate(3),
              ByteBuffer.allocate(0),
              ByteBuffer.allocateDirect(9).position(2)
            },
            1,
            3));
  }

  @Nested
  class Copies {
    @Test
    void what_is_copied_out_comes_in_again_whatever_the_memory() {
      for (Object memory : kinds()) {
        Page page = Page.gift(TEXT.clone(), 0);
        Page back = Page.gift(new byte[20], 5);

        UserMemory.copyOut(memory, 0, page, 0, 10);
        UserMemory.copyIn(memory, 0, back, 1, 10);

        assertThat(new String(back.bytes(), 6, 10)).as("%s", memory).isEqualTo("0123456789");
      }
    }

    @Test
    void any_part_of_it_can_be_copied() {
      for (Object memory : kinds()) {
        UserMemory.copyOut(memory, 0, Page.gift(TEXT.clone(), 0), 0, 10);
        for (int at = 0; at < 10; at++) {
          for (int count = 1; count <= 10 - at; count++) {
            byte[] seen = new byte[count];

            UserMemory.copyIn(memory, at, seen, 0, count);

            assertThat(new String(seen)).isEqualTo("0123456789".substring(at, at + count));
          }
        }
      }
    }

    @Test
    void beyond_its_end_every_kind_throws() {
      for (Object memory : kinds()) {
        assertThatThrownBy(() -> UserMemory.copyIn(memory, 5, new byte[10], 0, 10))
            .as("%s", memory)
            .isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> UserMemory.copyOut(memory, 5, Page.gift(new byte[10], 0), 0, 10))
            .as("%s", memory)
            .isInstanceOf(IndexOutOfBoundsException.class);
      }
    }
  }

  @Nested
  class Vectors {
    @Test
    void the_length_is_what_the_chosen_buffers_have_remaining_L40() {
      ByteBuffer[] buffers = {
        ByteBuffer.allocate(5), ByteBuffer.allocate(7).position(2), ByteBuffer.allocate(9)
      };

      assertThat(new IoVector(buffers, 0, 2).length()).isEqualTo(10);
      assertThat(new IoVector(buffers, 1, 2).length()).isEqualTo(14);
      assertThat(new IoVector(buffers, 3, 0).length()).isEqualTo(0);
    }

    @Test
    void positions_move_in_order_and_only_when_told_L40() {
      ByteBuffer[] buffers = {
        ByteBuffer.allocate(5), ByteBuffer.allocate(0), ByteBuffer.allocate(9)
      };
      IoVector vector = new IoVector(buffers, 0, 3);
      UserMemory.copyOut(vector, 0, Page.gift(TEXT.clone(), 0), 0, 10);
      assertThat(buffers[0].position()).isEqualTo(0);

      vector.advance(7);

      assertThat(buffers[0].position()).isEqualTo(5);
      assertThat(buffers[2].position()).isEqualTo(2);
    }
  }

  @Nested
  class Pages {
    @Test
    void a_page_goes_back_to_the_pool_when_the_last_slot_lets_go_L178() {
      Page page = PagePool.of(0).take();
      page.get();
      page.get();

      assertThat(page.references()).isEqualTo(3);
      assertThat(page.put()).isFalse();
      assertThat(page.put()).isFalse();
      assertThat(page.put()).isTrue();
    }

    @Test
    void a_gift_never_goes_to_the_pool_L165() {
      Page page = Page.gift(new byte[4096], 0);
      PagePool pool = PagePool.of(0);

      pool.put(page);

      for (int i = 0; i < 300; i++) {
        assertThat(pool.take()).isNotSameAs(page);
      }
    }

    @Test
    void the_pool_hands_out_each_page_once_L178() {
      PagePool pool = PagePool.of(3);
      List<Page> pages = new ArrayList<>();
      for (int i = 0; i < 300; i++) {
        pages.add(pool.take());
      }
      pages.forEach(pool::put);

      Set<Page> seen = Collections.newSetFromMap(new IdentityHashMap<>());
      for (int i = 0; i < 600; i++) {
        assertThat(seen.add(pool.take())).isTrue();
      }
    }

    @Test
    void a_page_comes_back_to_whoever_gave_it_last() {
      PagePool pool = PagePool.of(5);
      Page page = pool.take();

      pool.put(page);

      assertThat(pool.take()).isSameAs(page);
      assertThat(page.references()).isEqualTo(1);
    }
  }
}
