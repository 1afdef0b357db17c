package org.gardenhose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ReadOnlyBufferException;
import java.nio.channels.Channels;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Every kind of memory that bytes come from and go to.
class MemorySpec {
  private final Pipe pipe = Pipe.open();
  private final ReadEnd in = pipe.readEnd();
  private final WriteEnd out = pipe.writeEnd();

  private static byte[] pattern(int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) (i * 31 + i / 256);
    }
    return bytes;
  }

  private byte[] readAll(int length) throws IOException {
    return in.inputStream().readNBytes(length);
  }

  @Nested
  class Buffers {
    @ParameterizedTest(name = "direct = {0}")
    @ValueSource(booleans = {true, false})
    void move_their_position_by_what_was_moved(boolean direct) throws IOException {
      ByteBuffer from = direct ? ByteBuffer.allocateDirect(20_000) : ByteBuffer.allocate(20_000);
      from.put(pattern(20_000)).flip().position(5);
      ByteBuffer to = direct ? ByteBuffer.allocateDirect(30_000) : ByteBuffer.allocate(30_000);
      to.position(7);

      assertThat(out.write(from)).isEqualTo(19_995);
      assertThat(in.read(to)).isEqualTo(19_995);

      assertThat(from.hasRemaining()).isFalse();
      assertThat(to.position()).isEqualTo(20_002);
      assertThat(to.flip().position(7).mismatch(from.position(5))).isEqualTo(-1);
    }

    @Test
    void that_are_slices_are_read_where_they_lie() throws IOException {
      out.write(ByteBuffer.wrap(pattern(100), 10, 50).slice().position(5));

      assertThat(readAll(45)).isEqualTo(java.util.Arrays.copyOfRange(pattern(100), 15, 60));
    }

    @Test
    void that_are_read_only_can_be_written_but_not_read_into() throws IOException {
      assertThat(out.write(ByteBuffer.wrap(pattern(10)).asReadOnlyBuffer())).isEqualTo(10);
      assertThatThrownBy(() -> in.read(ByteBuffer.allocate(10).asReadOnlyBuffer()))
          .isInstanceOf(ReadOnlyBufferException.class);
      assertThat(in.available()).isEqualTo(10);
    }

    @Test
    void without_room_or_bytes_move_nothing() throws IOException {
      assertThat(out.write(ByteBuffer.allocate(0))).isZero();
      assertThat(in.read(ByteBuffer.allocate(0))).isZero();
    }

    @Test
    void in_a_row_are_one_write_and_one_read() throws IOException {
      ByteBuffer[] from = {
        ByteBuffer.wrap(pattern(10)), ByteBuffer.allocate(0), ByteBuffer.allocateDirect(5000)
      };
      ByteBuffer[] to = {ByteBuffer.allocate(3000), ByteBuffer.allocateDirect(3000)};

      assertThat(out.write(from)).isEqualTo(5010);
      assertThat(in.read(to)).isEqualTo(5010);

      assertThat(from[2].hasRemaining()).isFalse();
      assertThat(to[0].hasRemaining()).isFalse();
      assertThat(to[1].position()).isEqualTo(2010);
      assertThat(to[0].get(9)).isEqualTo(pattern(10)[9]);
    }

    @Test
    void in_a_row_that_fit_a_page_are_never_split() throws IOException {
      out.write(new byte[65536 - 4096]);
      assertThat(out.write(new ByteBuffer[] {ByteBuffer.allocate(4000), ByteBuffer.allocate(96)}))
          .isEqualTo(4096);
      assertThat(out.room()).isZero();
    }
  }

  @Nested
  class Segments {
    @Test
    void of_native_memory_confined_to_the_caller_will_do() throws IOException {
      try (Arena arena = Arena.ofConfined()) {
        MemorySegment from = arena.allocateFrom(ValueLayout.JAVA_BYTE, pattern(10_000));
        MemorySegment to = arena.allocate(10_000);

        out.write(from);
        assertThat(in.read(to)).isEqualTo(10_000);

        assertThat(to.mismatch(from)).isEqualTo(-1);
      }
    }

    @Test
    void that_are_closed_lose_nothing() throws IOException {
      MemorySegment closed;
      try (Arena arena = Arena.ofConfined()) {
        closed = arena.allocate(10);
      }
      out.write(pattern(10));

      assertThatThrownBy(() -> in.read(closed)).isInstanceOf(IllegalStateException.class);
      assertThatThrownBy(() -> out.write(closed)).isInstanceOf(IllegalStateException.class);

      assertThat(readAll(10)).isEqualTo(pattern(10));
    }
  }

  @Nested
  class Arrays {
    @Test
    void are_checked_before_anything_moves() throws IOException {
      out.write(pattern(10));

      assertThatThrownBy(() -> in.read(new byte[5], 3, 3))
          .isInstanceOf(IndexOutOfBoundsException.class);
      assertThatThrownBy(() -> out.write(new byte[5], -1, 3))
          .isInstanceOf(IndexOutOfBoundsException.class);
      assertThatThrownBy(() -> out.gift(new byte[5], 3, 3))
          .isInstanceOf(IndexOutOfBoundsException.class);
      assertThat(in.available()).isEqualTo(10);
    }

    @Test
    void that_are_given_away_are_not_copied() throws IOException {
      byte[] gift = pattern(10);
      out.gift(gift, 0, 10);

      gift[0] = 99;

      assertThat(readAll(10)[0]).isEqualTo((byte) 99);
    }

    @Test
    void that_are_given_away_may_be_larger_than_the_pipe() throws Exception {
      byte[] gift = pattern(1 << 20);
      Blocked<byte[]> reader = Blocked.call(true, () -> readAll(1 << 20));

      out.gift(gift, 0, gift.length);

      assertThat(reader.result()).isEqualTo(gift);
    }
  }

  @Nested
  class Streams {
    @Test
    void read_single_bytes_as_unsigned() throws IOException {
      out.outputStream().write(0xff);
      out.outputStream().write(0x100 + 5);
      out.close();

      assertThat(in.inputStream().read()).isEqualTo(0xff);
      assertThat(in.inputStream().read()).isEqualTo(5);
      assertThat(in.inputStream().read()).isEqualTo(-1);
    }

    @Test
    void return_what_is_there_instead_of_filling_the_array() throws IOException {
      out.write(pattern(10));

      assertThat(in.inputStream().read(new byte[100])).isEqualTo(10);
      assertThat(in.inputStream().available()).isZero();
    }

    @Test
    void move_pages_when_both_are_pipes() throws Exception {
      Pipe second = Pipe.open();
      out.write(pattern(60_000));
      out.close();

      assertThat(in.inputStream().transferTo(second.writeEnd().outputStream())).isEqualTo(60_000);

      assertThat(second.readEnd().inputStream().readNBytes(60_000)).isEqualTo(pattern(60_000));
    }

    @Test
    void copy_when_the_other_is_something_else() throws IOException {
      ByteArrayOutputStream copy = new ByteArrayOutputStream();
      out.write(pattern(60_000));
      out.close();

      assertThat(in.inputStream().transferTo(copy)).isEqualTo(60_000);
      assertThat(copy.toByteArray()).isEqualTo(pattern(60_000));
    }

    @Test
    void transfer_to_and_from_channels() throws Exception {
      ByteArrayOutputStream copy = new ByteArrayOutputStream();
      Blocked<Long> writer =
          Blocked.call(
              true,
              () -> {
                var source = Channels.newChannel(new ByteArrayInputStream(pattern(200_000)));
                long n = out.transferFrom(source);
                out.close();
                return n;
              });

      assertThat(in.transferTo(Channels.newChannel(copy))).isEqualTo(200_000);
      assertThat(writer.result()).isEqualTo(200_000);
      assertThat(copy.toByteArray()).isEqualTo(pattern(200_000));
    }

    @Test
    void skip_what_is_not_wanted() throws IOException {
      out.write(pattern(10_000));

      in.inputStream().skipNBytes(9_999);

      assertThat(readAll(1)[0]).isEqualTo(pattern(10_000)[9_999]);
    }

    @Test
    void give_up_after_their_timeout() {
      assertThatThrownBy(() -> in.inputStream(java.time.Duration.ZERO).read())
          .isInstanceOf(PipeTimeoutException.class);
    }
  }
}
