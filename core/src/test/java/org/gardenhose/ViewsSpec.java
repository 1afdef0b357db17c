package org.gardenhose;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Writer;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Scanner;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.SubmissionPublisher;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// Text, lines, reactive streams and the one-call bridges.
class ViewsSpec {
  private final Pipe pipe = Pipe.open();
  private final ReadEnd in = pipe.readEnd();
  private final WriteEnd out = pipe.writeEnd();

  @Nested
  class Text {
    @Test
    void goes_through_a_writer_and_a_reader() throws IOException {
      try (Writer writer = out.writer(UTF_8)) {
        writer.write("größer → kleiner");
      }

      try (var reader = in.reader(UTF_8)) {
        assertThat(reader.readAllAsString()).isEqualTo("größer → kleiner");
      }
    }

    @Test
    void comes_as_lines_while_it_is_written() throws Exception {
      try (Stream<String> lines = in.lines(UTF_8)) {
        var iterator = lines.iterator();
        out.write("one\ntwo\n".getBytes(UTF_8));
        assertThat(iterator.next()).isEqualTo("one");
        assertThat(iterator.next()).isEqualTo("two");
        out.close();
        assertThat(iterator.hasNext()).isFalse();
      }

      assertThat(in.isOpen()).isFalse();
    }

    @Test
    void can_be_scanned() throws IOException {
      out.write("12 34".getBytes(UTF_8));
      out.close();

      try (Scanner scanner = new Scanner(in, UTF_8)) {
        assertThat(scanner.nextInt() + scanner.nextInt()).isEqualTo(46);
      }
    }
  }

  @Nested
  class Bridges_between_writing_and_reading {
    @Test
    void compress_and_expand_on_the_way() throws Exception {
      String text = "garden hose ".repeat(10_000);

      try (InputStream packed =
              Pipe.readableFrom(
                  to -> {
                    try (OutputStream gzip = new GZIPOutputStream(to)) {
                      gzip.write(text.getBytes(UTF_8));
                    }
                  });
          InputStream plain = new GZIPInputStream(packed)) {
        assertThat(new String(plain.readAllBytes(), UTF_8)).isEqualTo(text);
      }
    }

    @Test
    void throw_on_close_what_the_consumer_threw() {
      OutputStream to =
          Pipe.writableInto(
              from -> {
                throw new IllegalStateException("cannot parse");
              });

      assertThatThrownBy(to::close)
          .isInstanceOf(IOException.class)
          .hasRootCauseMessage("cannot parse");
    }

    @Test
    void fail_a_write_with_what_the_consumer_threw() {
      OutputStream to =
          Pipe.writableInto(
              from -> {
                from.read();
                throw new IllegalStateException("cannot parse");
              });

      assertThatThrownBy(
              () -> {
                for (; ; ) {
                  to.write(new byte[10_000]);
                }
              })
          .isInstanceOf(BrokenPipeException.class)
          .hasRootCauseMessage("cannot parse");
    }

    @Test
    void let_a_consumer_stop_early() throws Exception {
      List<Integer> first = new ArrayList<>();
      try (OutputStream to = Pipe.writableInto(from -> first.add(from.read()))) {
        for (int i = 0; i < 100; i++) {
          to.write(new byte[10_000]);
        }
      }

      assertThat(first).containsExactly(0);
    }
  }

  @Nested
  class Reactive_streams {
    @Test
    void publish_what_is_read() throws Exception {
      Collector collector = new Collector(Long.MAX_VALUE);
      PipeFlow.publisher(in).subscribe(collector);

      byte[] text = "hello".repeat(50_000).getBytes(UTF_8);
      out.write(text);
      out.close();

      assertThat(collector.bytes.get()).isEqualTo(text);
    }

    @Test
    void fail_with_the_cause_of_the_writer() {
      Collector collector = new Collector(Long.MAX_VALUE);
      PipeFlow.publisher(in).subscribe(collector);

      out.closeWithError(new IllegalStateException("no more"));

      assertThatThrownBy(collector.bytes::get).hasRootCauseMessage("no more");
    }

    @Test
    void read_no_more_than_was_asked_for() throws Exception {
      Collector collector = new Collector(1);
      PipeFlow.publisher(in).subscribe(collector);
      out.write(new byte[] {1});
      collector.first.get();

      out.write(new byte[] {2});

      assertThat(in.available()).isEqualTo(1);
      collector.subscription.request(1);
      out.close();
      collector.subscription.request(1);
      assertThat(collector.bytes.get()).containsExactly(1, 2);
    }

    @Test
    void break_the_pipe_when_cancelled() {
      Collector collector = new Collector(0);
      PipeFlow.publisher(in).subscribe(collector);

      collector.subscription.cancel();

      assertThatThrownBy(() -> out.write(new byte[1])).isInstanceOf(BrokenPipeException.class);
    }

    @Test
    void refuse_a_second_subscriber() {
      Flow.Publisher<ByteBuffer> publisher = PipeFlow.publisher(in);
      publisher.subscribe(new Collector(0));
      Collector second = new Collector(1);

      publisher.subscribe(second);

      assertThatThrownBy(second.bytes::get).hasRootCauseInstanceOf(IllegalStateException.class);
    }

    @Test
    void write_what_a_publisher_sends() throws Exception {
      try (SubmissionPublisher<ByteBuffer> publisher = new SubmissionPublisher<>()) {
        publisher.subscribe(PipeFlow.subscriber(out));
        IntStream.range(0, 100).forEach(i -> publisher.submit(ByteBuffer.allocate(1000)));
      }

      assertThat(in.inputStream().readAllBytes()).hasSize(100_000);
    }

    @Test
    void close_with_the_error_of_the_publisher() {
      SubmissionPublisher<ByteBuffer> publisher = new SubmissionPublisher<>();
      publisher.subscribe(PipeFlow.subscriber(out));

      publisher.closeExceptionally(new IllegalStateException("lost"));

      assertThatThrownBy(() -> in.read(new byte[1]))
          .isInstanceOf(PeerFailedException.class)
          .hasRootCauseMessage("lost");
    }
  }

  private static final class Collector implements Flow.Subscriber<ByteBuffer> {
    private final long wanted;
    private final java.io.ByteArrayOutputStream got = new java.io.ByteArrayOutputStream();
    final CompletableFuture<byte[]> bytes = new CompletableFuture<>();
    final CompletableFuture<Void> first = new CompletableFuture<>();
    Flow.Subscription subscription;

    Collector(long wanted) {
      this.wanted = wanted;
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      this.subscription = subscription;
      if (wanted > 0) {
        subscription.request(wanted);
      }
    }

    @Override
    public void onNext(ByteBuffer buffer) {
      byte[] item = new byte[buffer.remaining()];
      buffer.get(item);
      got.writeBytes(item);
      first.complete(null);
    }

    @Override
    public void onError(Throwable cause) {
      bytes.completeExceptionally(cause);
    }

    @Override
    public void onComplete() {
      bytes.complete(got.toByteArray());
    }
  }
}
