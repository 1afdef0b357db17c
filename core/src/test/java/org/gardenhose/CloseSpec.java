package org.gardenhose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Closing: who is waiting, who closes, on which kind of thread; and errors that go across.
class CloseSpec {
  private final Pipe pipe = Pipe.open(4096);
  private final ReadEnd in = pipe.readEnd();
  private final WriteEnd out = pipe.writeEnd();

  private void fill() throws IOException {
    out.write(new byte[4096]);
  }

  /// The matrix of [Pipe]'s documentation.
  @Nested
  class Everybody_who_waits_is_freed {
    @ParameterizedTest(name = "virtual = {0}")
    @ValueSource(booleans = {true, false})
    void a_waiting_reader_by_its_own_end(boolean virtual) {
      Blocked<Integer> reader = Blocked.reader(virtual, in, () -> in.read(new byte[1]));

      in.close();

      assertThat(reader.failure()).isInstanceOf(AsynchronousCloseException.class);
    }

    @ParameterizedTest(name = "virtual = {0}")
    @ValueSource(booleans = {true, false})
    void a_waiting_reader_by_the_write_end(boolean virtual) throws Exception {
      Blocked<Integer> reader = Blocked.reader(virtual, in, () -> in.read(new byte[1]));

      out.close();

      assertThat(reader.result()).isEqualTo(ReadEnd.END_OF_STREAM);
    }

    @ParameterizedTest(name = "virtual = {0}")
    @ValueSource(booleans = {true, false})
    void a_waiting_writer_by_its_own_end(boolean virtual) throws Exception {
      fill();
      Blocked<Void> writer = Blocked.writer(virtual, out, () -> write(1));

      out.close();

      assertThat(writer.failure()).isInstanceOf(AsynchronousCloseException.class);
    }

    @ParameterizedTest(name = "virtual = {0}")
    @ValueSource(booleans = {true, false})
    void a_waiting_writer_by_the_read_end(boolean virtual) throws Exception {
      fill();
      Blocked<Void> writer = Blocked.writer(virtual, out, () -> write(1));

      in.close();

      assertThat(writer.failure()).isInstanceOf(BrokenPipeException.class);
    }

    @Test
    void several_readers_at_once() throws Exception {
      Blocked<Integer> one = Blocked.reader(in, () -> in.read(new byte[1]));
      Blocked<Integer> two = Blocked.reader(false, in, () -> in.read(new byte[1]));

      out.close();

      assertThat(one.result()).isEqualTo(ReadEnd.END_OF_STREAM);
      assertThat(two.result()).isEqualTo(ReadEnd.END_OF_STREAM);
    }
  }

  private Void write(int count) throws IOException {
    out.write(new byte[count]);
    return null;
  }

  @Nested
  class Closing {
    @Test
    void may_be_done_twice_and_never_throws() {
      in.close();
      in.close();
      out.close();
      out.close();
      pipe.close();

      assertThat(in.isOpen()).isFalse();
      assertThat(out.isOpen()).isFalse();
    }

    @Test
    void lets_what_is_left_be_read_before_the_end() throws IOException {
      out.write(new byte[] {1, 2});
      out.close();

      assertThat(in.read(new byte[10])).isEqualTo(2);
      assertThat(in.read(new byte[10])).isEqualTo(ReadEnd.END_OF_STREAM);
      assertThat(in.read(new byte[10])).isEqualTo(ReadEnd.END_OF_STREAM);
    }

    @Test
    void makes_every_later_call_through_that_end_fail() {
      in.close();
      out.close();

      assertThatThrownBy(() -> in.read(new byte[1])).isInstanceOf(ClosedChannelException.class);
      assertThatThrownBy(() -> in.tryRead(new byte[1], 0, 1))
          .isInstanceOf(ClosedChannelException.class);
      assertThatThrownBy(() -> out.write(new byte[1])).isInstanceOf(ClosedChannelException.class);
      assertThatThrownBy(in::dup).isInstanceOf(ClosedChannelException.class);
    }

    @Test
    void shows_the_other_side_without_a_call() {
      assertThat(out.peerClosed()).isFalse();

      in.close();

      assertThat(out.peerClosed()).isTrue();
    }
  }

  @Nested
  class Duplicates {
    @Test
    void end_the_stream_at_the_last_close_only() throws IOException {
      WriteEnd other = out.dup();
      out.close();

      assertThat(in.tryRead(new byte[1], 0, 1)).isEqualTo(ReadEnd.WOULD_BLOCK);

      other.close();
      assertThat(in.tryRead(new byte[1], 0, 1)).isEqualTo(ReadEnd.END_OF_STREAM);
    }

    @Test
    void break_the_pipe_at_the_last_close_only() throws IOException {
      ReadEnd other = in.dup();
      in.close();
      out.write(new byte[] {7});

      assertThat(other.read(new byte[1])).isEqualTo(1);

      other.close();
      assertThatThrownBy(() -> out.write(new byte[1])).isInstanceOf(BrokenPipeException.class);
    }

    @Test
    void are_closed_without_waking_who_waits_through_another() throws Exception {
      ReadEnd other = in.dup();
      Blocked<Integer> reader = Blocked.reader(in, () -> in.read(new byte[1]));

      other.close();
      out.write(new byte[] {7});

      assertThat(reader.result()).isEqualTo(1);
    }
  }

  @Nested
  class Errors {
    private final IllegalStateException cause = new IllegalStateException("no more rows");

    @Test
    void of_the_writer_reach_the_reader_after_the_data() throws IOException {
      out.write(new byte[] {1, 2, 3});
      out.closeWithError(cause);

      assertThat(in.read(new byte[10])).isEqualTo(3);
      assertThatThrownBy(() -> in.read(new byte[10]))
          .isInstanceOf(PeerFailedException.class)
          .hasCause(cause);
    }

    @Test
    void are_thrown_anew_each_time_with_the_cause_shared() {
      out.closeWithError(cause);

      Throwable first = catchRead();
      Throwable second = catchRead();

      assertThat(first).isNotSameAs(second);
      assertThat(first.getCause()).isSameAs(second.getCause()).isSameAs(cause);
    }

    private Throwable catchRead() {
      try {
        in.read(new byte[1]);
        throw new AssertionError("the read returned");
      } catch (IOException e) {
        return e;
      }
    }

    @Test
    void of_the_reader_reach_a_waiting_writer_at_once() throws Exception {
      fill();
      Blocked<Void> writer = Blocked.writer(out, () -> write(1));

      in.closeWithError(cause);

      assertThat(writer.failure()).isInstanceOf(BrokenPipeException.class).hasCause(cause);
    }

    @Test
    void are_not_replaced_by_a_later_one_nor_erased_by_a_close() {
      out.closeWithError(cause);
      out.closeWithError(new IOException("second"));
      out.close();

      assertThatThrownBy(() -> in.read(new byte[1])).hasCause(cause);
    }

    @Test
    void by_an_abort_drop_the_data_and_fail_both_ends_now() throws IOException {
      out.write(new byte[] {1, 2, 3});

      pipe.abort(cause);

      assertThatThrownBy(() -> in.read(new byte[10]))
          .isInstanceOf(PipeAbortedException.class)
          .hasCause(cause);
      assertThatThrownBy(() -> out.write(new byte[10]))
          .isInstanceOf(PipeAbortedException.class)
          .hasCause(cause);
      assertThat(in.available()).isZero();
    }

    @Test
    void by_an_abort_free_both_who_wait() throws Exception {
      Blocked<Integer> reader = Blocked.reader(in, () -> in.read(new byte[1]));

      out.abort(cause);

      assertThat(reader.failure()).isInstanceOf(PipeAbortedException.class).hasCause(cause);
    }

    @Test
    void name_errno_and_pipe() {
      in.close();

      assertThatThrownBy(() -> out.write(new byte[1]))
          .hasMessage("write: EPIPE (Broken pipe) on " + out.name());
    }
  }

  @Nested
  class Interrupts {
    @ParameterizedTest(name = "virtual = {0}")
    @ValueSource(booleans = {true, false})
    void keep_the_flag_and_leave_the_pipe_usable(boolean virtual) throws Exception {
      Blocked<Boolean> reader =
          Blocked.reader(
              virtual,
              in,
              () -> {
                try {
                  in.read(new byte[1]);
                  return false;
                } catch (InterruptedIOException e) {
                  return Thread.currentThread().isInterrupted();
                }
              });

      reader.thread().interrupt();

      assertThat(reader.result()).as("interrupt flag").isTrue();
      out.write(new byte[] {7});
      assertThat(in.read(new byte[1])).isEqualTo(1);
    }

    @Test
    void say_how_much_was_written_before() throws Exception {
      Blocked<Void> writer = Blocked.writer(out, () -> write(10_000));

      writer.thread().interrupt();

      Throwable failure = writer.failure();
      assertThat(failure).isInstanceOf(InterruptedIOException.class);
      assertThat(((InterruptedIOException) failure).bytesTransferred).isEqualTo(4096);
      assertThat(in.available()).isEqualTo(4096);
    }

    @Test
    void close_the_interruptible_channel() throws Exception {
      var channel = in.interruptibleChannel();
      Blocked<Integer> reader =
          Blocked.reader(in, () -> channel.read(java.nio.ByteBuffer.allocate(1)));

      reader.thread().interrupt();

      assertThat(reader.failure()).isInstanceOf(ClosedByInterruptException.class);
      assertThat(in.isOpen()).isFalse();
    }
  }

  @Nested
  class Deadlines {
    private final Deadline passed = Deadline.after(Duration.ZERO);

    @Test
    void end_a_read_that_would_wait() {
      assertThatThrownBy(() -> in.read(new byte[1], 0, 1, passed))
          .isInstanceOf(PipeTimeoutException.class);
    }

    @Test
    void do_not_keep_a_read_from_what_is_there() throws IOException {
      out.write(new byte[] {7});

      assertThat(in.read(new byte[1], 0, 1, passed)).isEqualTo(1);
    }

    @Test
    void end_a_write_and_say_how_much_was_written() {
      assertThatThrownBy(() -> out.write(new byte[10_000], 0, 10_000, passed))
          .isInstanceOfSatisfying(
              PipeTimeoutException.class, e -> assertThat(e.bytesTransferred).isEqualTo(4096));
    }

    @Test
    void leave_nothing_of_an_atomic_write_that_does_not_fit() throws IOException {
      out.write(new byte[4000]);

      assertThatThrownBy(() -> out.write(new byte[200], 0, 200, passed))
          .isInstanceOfSatisfying(
              PipeTimeoutException.class, e -> assertThat(e.bytesTransferred).isZero());
      assertThat(in.available()).isEqualTo(4000);
    }

    @Test
    void move_a_buffer_on_by_what_was_written() {
      var buffer = java.nio.ByteBuffer.allocate(10_000);

      assertThatThrownBy(() -> out.write(buffer, passed)).isInstanceOf(PipeTimeoutException.class);
      assertThat(buffer.position()).isEqualTo(4096);
    }
  }
}
