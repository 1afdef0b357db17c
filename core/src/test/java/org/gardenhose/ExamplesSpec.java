package org.gardenhose;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The examples of the documents, run. That each one in a document stands here to the letter is
/// checked by the house rules.
class ExamplesSpec {
  private final ByteArrayOutputStream uploaded = new ByteArrayOutputStream();
  private Report report = out -> out.write("rows".getBytes(UTF_8));

  private interface Report {
    void writeTo(OutputStream out) throws IOException;
  }

  private void upload(InputStream in) throws IOException {
    in.transferTo(uploaded);
  }

  private static void produce(WriteEnd out) {
    try (out) {
      out.write("hello".getBytes(UTF_8));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private void consume(byte[] bytes, int n) {
    uploaded.write(bytes, 0, n);
  }

  private void consume(ReadEnd in) throws IOException {
    in.inputStream().transferTo(uploaded);
  }

  @Test
  void code_that_writes_becomes_a_stream_to_read() throws IOException {
    try (InputStream in = Pipe.readableFrom(out -> report.writeTo(out))) {
      upload(in);
    }

    assertThat(uploaded.toString(UTF_8)).isEqualTo("rows");
  }

  @Test
  void two_threads_are_joined() throws IOException {
    Pipe pipe = Pipe.open();
    Thread.startVirtualThread(() -> produce(pipe.writeEnd()));
    try (ReadEnd in = pipe.readEnd()) {
      byte[] bytes = new byte[8192];
      for (int n = in.read(bytes); n != ReadEnd.END_OF_STREAM; n = in.read(bytes)) {
        consume(bytes, n);
      }
    }

    assertThat(uploaded.toString(UTF_8)).isEqualTo("hello");
  }

  @Test
  void a_pipe_closes_both_ends() throws IOException {
    try (Pipe pipe = Pipe.open()) {
      Thread.startVirtualThread(() -> produce(pipe.writeEnd()));
      consume(pipe.readEnd());
    }

    assertThat(uploaded.toString(UTF_8)).isEqualTo("hello");
  }

  @Test
  void ends_do_many_things() throws IOException {
    Pipe pipe = Pipe.open();
    Pipe log = Pipe.open();
    Pipe next = Pipe.open();
    ReadEnd in = pipe.readEnd();
    WriteEnd out = pipe.writeEnd();
    byte[] bytes = new byte[100];
    byte[] record = "record".getBytes(UTF_8);
    out.write(new byte[1]);

    in.read(bytes, 0, bytes.length, Deadline.after(Duration.ofSeconds(5)));
    out.tryWrite(record, 0, record.length);
    in.tee(log.writeEnd(), Long.MAX_VALUE);
    in.splice(next.writeEnd(), Long.MAX_VALUE);
    System.err.println(in);

    assertThat(log.readEnd().available()).isEqualTo(6);
    assertThat(next.readEnd().available()).isEqualTo(6);
  }

  @Test
  void the_two_ends_are_kept() throws IOException {
    Pipe pipe = Pipe.open();
    OutputStream out = pipe.writeEnd().outputStream();
    InputStream in = pipe.readEnd().inputStream();

    out.write(7);
    assertThat(in.read()).isEqualTo(7);
  }

  @Test
  void the_writing_side_says_how_it_ended() {
    Pipe pipe = Pipe.open();
    report =
        to -> {
          throw new IOException("no more rows");
        };

    assertThatThrownBy(() -> write(pipe)).hasMessage("no more rows");

    assertThatThrownBy(() -> pipe.readEnd().read(new byte[1])).hasRootCauseMessage("no more rows");
  }

  private void write(Pipe pipe) throws IOException {
    WriteEnd out = pipe.writeEnd();
    try {
      report.writeTo(out.outputStream());
      out.close();
    } catch (Throwable e) {
      out.closeWithError(e);
      throw e;
    }
  }

  @Test
  void many_ends_are_polled() throws IOException {
    Pipe pipe = Pipe.open();
    ReadEnd in = pipe.readEnd();
    pipe.writeEnd().write(new byte[1]);
    List<PipeEnd> served = new ArrayList<>();

    try (Poller poller = Poller.open()) {
      poller.add(in, Poller.Mode.LEVEL);
      for (Poller.Ready ready : poller.poll()) {
        served.add(ready.end());
      }
    }

    assertThat(served).containsExactly(in);
  }
}
