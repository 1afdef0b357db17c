package org.gardenhose;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// What hurts users of pipes in Java today, each shown on the JDK's own class where it can be shown
/// without a clock, and gone here. P7 and the process half of P10 concern the machine's pipes.
class TenPainsSpec {
  private final Pipe pipe = Pipe.open();
  private final ReadEnd in = pipe.readEnd();
  private final WriteEnd out = pipe.writeEnd();

  @Nested
  class P1_latency {
    @Test
    void a_byte_that_is_not_flushed_wakes_the_reader() throws Exception {
      Blocked<Integer> reader = Blocked.reader(in, () -> in.read(new byte[10]));

      out.write(new byte[] {7});

      assertThat(reader.result()).isEqualTo(1);
    }

    @Test
    void the_JDK_leaves_the_reader_asleep_until_its_next_tick() throws Exception {
      PipedInputStream jdkIn = new PipedInputStream();
      PipedOutputStream jdkOut = new PipedOutputStream(jdkIn);
      Blocked<Integer> reader = Blocked.call(false, jdkIn::read);
      awaitState(reader.thread(), Thread.State.TIMED_WAITING);

      jdkOut.write(7);

      // The write has returned and notified nobody: the reader still waits for its tick.
      assertThat(reader.thread().getState()).isEqualTo(Thread.State.TIMED_WAITING);
      jdkOut.flush();
      assertThat(reader.result()).isEqualTo(7);
    }
  }

  @Nested
  class P2_death_of_a_thread {
    @Test
    void a_writer_thread_that_ends_means_nothing() throws Exception {
      run(() -> out.write(new byte[] {1}));
      run(() -> out.write(new byte[] {2}));

      assertThat(in.read(new byte[2])).isEqualTo(2);
      assertThat(in.tryRead(new byte[1], 0, 1)).isEqualTo(ReadEnd.WOULD_BLOCK);
    }

    @Test
    void a_reader_thread_that_ends_means_nothing() throws Exception {
      out.write(new byte[] {1, 2});
      run(() -> in.read(new byte[1]));

      out.write(new byte[] {3});

      assertThat(in.read(new byte[2])).isEqualTo(2);
    }

    @Test
    void the_JDK_breaks_when_the_reading_thread_ends() throws Exception {
      PipedInputStream jdkIn = new PipedInputStream();
      PipedOutputStream jdkOut = new PipedOutputStream(jdkIn);
      jdkOut.write(1);
      run(jdkIn::read);

      assertThatThrownBy(() -> jdkOut.write(2)).hasMessage("Read end dead");
    }
  }

  @Nested
  class P3_close {
    @Test
    void of_the_read_end_frees_its_own_reader() {
      Blocked<Integer> reader = Blocked.reader(in, () -> in.read(new byte[1]));

      in.close();

      assertThat(reader.failure()).isInstanceOf(java.nio.channels.AsynchronousCloseException.class);
    }

    @Test
    void the_JDK_leaves_its_own_reader_waiting() throws Exception {
      PipedInputStream jdkIn = new PipedInputStream();
      PipedOutputStream jdkOut = new PipedOutputStream(jdkIn);
      Blocked<Integer> reader = Blocked.call(false, jdkIn::read);
      awaitState(reader.thread(), Thread.State.TIMED_WAITING);

      jdkIn.close();

      assertThat(reader.returned()).isFalse();
      jdkOut.close();
      reader.result();
    }
  }

  @Nested
  class P4_the_failure_of_the_writer {
    @Test
    void is_not_a_clean_end() throws Exception {
      InputStream csv =
          Pipe.readableFrom(
              to -> {
                to.write("a,b\n".getBytes(UTF_8));
                throw new IllegalStateException("row 2 is missing");
              });

      assertThat(csv.readNBytes(4)).isEqualTo("a,b\n".getBytes(UTF_8));
      assertThatThrownBy(csv::read)
          .isInstanceOf(PeerFailedException.class)
          .hasRootCauseMessage("row 2 is missing");
    }

    @Test
    void the_JDK_makes_it_a_clean_end() throws Exception {
      PipedInputStream jdkIn = new PipedInputStream();
      PipedOutputStream jdkOut = new PipedOutputStream(jdkIn);
      Thread writer =
          Thread.ofPlatform()
              .start(
                  () -> {
                    try (jdkOut) {
                      jdkOut.write(1);
                      throw new IllegalStateException("row 2 is missing");
                    } catch (IllegalStateException | IOException e) {
                      // What the reader ought to hear of.
                    }
                  });
      writer.join();

      assertThat(jdkIn.readAllBytes()).as("a truncated stream that looks whole").hasSize(1);
    }
  }

  @Nested
  class P5_one_thread {
    @Test
    void the_one_call_bridges_need_no_second_thread_of_the_caller() throws Exception {
      byte[] large = new byte[1 << 20];
      Arrays.fill(large, (byte) 'x');

      assertThat(Pipe.readableFrom(to -> to.write(large)).readAllBytes()).isEqualTo(large);
    }

    @Test
    void what_does_not_fit_can_be_seen_instead_of_waited_for() throws IOException {
      out.write(new byte[65536]);

      assertThat(out.room()).isZero();
      assertThat(out.tryWrite(new byte[1], 0, 1)).isEqualTo(WriteEnd.WOULD_BLOCK);
    }
  }

  @Nested
  class P6_a_side_that_walks_away {
    @Test
    void frees_a_waiting_writer_when_it_closes() throws Exception {
      out.write(new byte[65536]);
      Blocked<Void> writer = Blocked.writer(out, () -> writeOne());

      in.close();

      assertThat(writer.failure()).isInstanceOf(BrokenPipeException.class);
    }

    @Test
    void frees_a_waiting_reader_when_it_forgets_to_close() {
      ReadEnd reading = Pipe.open(PipeOptions.DEFAULT.withAbandonedTraced(true)).readEnd();
      Blocked<Integer> reader = Blocked.reader(reading, () -> reading.read(new byte[1]));

      while (!reader.returned()) {
        System.gc();
        Thread.yield();
      }

      assertThat(reader.failure())
          .isInstanceOf(PeerFailedException.class)
          .hasCauseInstanceOf(AbandonedEndException.class);
      assertThat(reader.failure().getCause().getCause()).hasMessageContaining("opened here");
    }

    private Void writeOne() throws IOException {
      out.write(new byte[1]);
      return null;
    }
  }

  @Nested
  class P8_the_wrong_direction {
    @Test
    void is_turned_in_one_call_from_writing_to_reading() throws Exception {
      try (InputStream text = Pipe.readableFrom(to -> to.write("hello".getBytes(UTF_8)))) {
        assertThat(text.readAllBytes()).isEqualTo("hello".getBytes(UTF_8));
      }
    }

    @Test
    void is_turned_in_one_call_from_reading_to_writing() throws Exception {
      List<String> got = new ArrayList<>();
      try (OutputStream to = Pipe.writableInto(from -> got.add(new String(from.readAllBytes())))) {
        to.write("hello".getBytes(UTF_8));
      }

      assertThat(got).containsExactly("hello");
    }

    @Test
    void tells_the_producer_when_the_stream_is_closed_early() throws Exception {
      CountDownLatch stopped = new CountDownLatch(1);
      InputStream endless =
          Pipe.readableFrom(
              to -> {
                try {
                  for (; ; ) {
                    to.write(new byte[1000]);
                  }
                } catch (BrokenPipeException | InterruptedIOException e) {
                  stopped.countDown();
                  throw e;
                }
              });
      endless.read();

      endless.close();

      stopped.await();
    }
  }

  @Nested
  class P9_small_writes {
    @Test
    void share_a_page_instead_of_costing_one_each() throws IOException {
      for (int i = 0; i < 65536; i++) {
        out.write(new byte[] {1});
      }

      assertThat(in.available()).isEqualTo(65536);
    }
  }

  @Nested
  class P10_unix_verbs {
    @Test
    void move_and_share_pages_between_pipes() throws IOException {
      Pipe second = Pipe.open();
      Pipe third = Pipe.open();
      out.write("abc".getBytes(UTF_8));

      assertThat(in.tee(second.writeEnd(), 100)).isEqualTo(3);
      assertThat(in.splice(third.writeEnd(), 100)).isEqualTo(3);

      assertThat(read(second.readEnd())).isEqualTo("abc");
      assertThat(read(third.readEnd())).isEqualTo("abc");
      assertThat(in.available()).isZero();
    }
  }

  @Nested
  class Torn_records {
    @Test
    void the_JDK_tears_what_this_pipe_keeps_whole() throws Exception {
      // Larger than the JDK's ring, so that a record cannot go in at once.
      PipedInputStream jdkIn = new PipedInputStream(64);
      PipedOutputStream jdkOut = new PipedOutputStream(jdkIn);
      CountDownLatch allRead = new CountDownLatch(1);
      Thread[] writers = {
        record(jdkOut, 'a', allRead), record(jdkOut, 'b', allRead),
        record(out.outputStream(), 'a', allRead), record(out.outputStream(), 'b', allRead)
      };

      byte[] jdk = jdkIn.readNBytes(2 * 4096 * 20);
      byte[] ours = in.inputStream().readNBytes(2 * 4096 * 20);
      allRead.countDown();
      for (Thread writer : writers) {
        writer.join();
      }

      assertThat(torn(jdk)).as("torn by the JDK").isPositive();
      assertThat(torn(ours)).as("torn here").isZero();
    }

    /// Writes records, and then stays alive, for the JDK's sake, until all are read.
    private static Thread record(OutputStream to, char letter, CountDownLatch allRead) {
      byte[] record = new byte[4096];
      Arrays.fill(record, (byte) letter);
      return Thread.ofPlatform()
          .start(
              () -> {
                try {
                  for (int i = 0; i < 20; i++) {
                    to.write(record);
                    to.flush();
                  }
                  allRead.await();
                } catch (IOException | InterruptedException e) {
                  throw new AssertionError(e);
                }
              });
    }

    private static int torn(byte[] all) {
      int torn = 0;
      for (int i = 0; i < all.length; i += 4096) {
        for (int j = i; j < i + 4096; j++) {
          if (all[j] != all[i]) {
            torn++;
            break;
          }
        }
      }
      return torn;
    }
  }

  @Nested
  class Interrupted_channels {
    @Test
    void stay_open_here_and_are_closed_by_nio() throws Exception {
      java.nio.channels.Pipe nio = java.nio.channels.Pipe.open();
      Blocked<Integer> nioReader =
          Blocked.call(
              false,
              () -> {
                Thread.currentThread().interrupt();
                return nio.source().read(ByteBuffer.allocate(1));
              });
      assertThat(nioReader.failure()).isInstanceOf(ClosedByInterruptException.class);
      assertThat(nio.source().isOpen()).isFalse();
      nio.sink().close();

      Blocked<Integer> reader =
          Blocked.call(
              false,
              () -> {
                Thread.currentThread().interrupt();
                return in.read(ByteBuffer.allocate(1));
              });
      assertThat(reader.failure()).isInstanceOf(InterruptedIOException.class);
      assertThat(in.isOpen()).isTrue();
    }
  }

  private static String read(ReadEnd end) throws IOException {
    byte[] bytes = new byte[100];
    return new String(bytes, 0, end.read(bytes), UTF_8);
  }

  private static void awaitState(Thread thread, Thread.State state) {
    while (thread.getState() != state) {
      Thread.yield();
    }
  }

  private interface Action {
    void run() throws Exception;
  }

  /// Runs `action` in a thread of its own, and returns when that thread is dead.
  private static void run(Action action) throws Exception {
    Blocked<Void> call =
        Blocked.call(
            false,
            () -> {
              action.run();
              return null;
            });
    call.result();
    call.thread().join();
  }
}
