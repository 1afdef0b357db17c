package org.gardenhose.http;

import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.gardenhose.Pipe;
import org.gardenhose.PipeFlow;
import org.gardenhose.ReadEnd;

/// Pipes as bodies of [java.net.http.HttpClient].
///
/// ```java
/// HttpRequest post = request("/echo").POST(PipeBodies.writtenBy(out -> out.write(body))).build();
///
/// try (InputStream in = client.send(post, PipeBodies.toReadEnd()).body().inputStream()) {
/// ```
///
/// **Always true.** No thread of the client waits for a pipe; a slow peer holds the other side back
/// through the pipe's capacity and nothing else.
public final class PipeBodies {
  private PipeBodies() {}

  /// Returns a body of unknown length that is what `producer` writes. The producer runs in a
  /// virtual thread, anew each time that the client sends the request. If it throws, sending fails
  /// with its exception as a cause; if the server stops reading, its next write throws
  /// [org.gardenhose.BrokenPipeException].
  public static BodyPublisher writtenBy(Pipe.Producer producer) {
    Objects.requireNonNull(producer, "producer");
    return BodyPublishers.fromPublisher(
        subscriber -> {
          Pipe pipe = Pipe.open();
          PipeFlow.publisher(pipe.readEnd()).subscribe(subscriber);
          Thread.ofVirtual()
              .name("body of " + pipe.readEnd().name())
              .start(() -> produce(producer, pipe));
        });
  }

  private static void produce(Pipe.Producer producer, Pipe pipe) {
    try {
      producer.writeTo(pipe.writeEnd().outputStream());
      pipe.writeEnd().close();
    } catch (Throwable e) {
      pipe.writeEnd().closeWithError(e);
    }
  }

  /// Returns a body that is what can be read from `in`, once.
  public static BodyPublisher readFrom(ReadEnd in) {
    return BodyPublishers.fromPublisher(PipeFlow.publisher(in));
  }

  /// Returns a handler that gives the response, as soon as its headers are there, with a read end
  /// on the body. Close it: that is what lets the connection go if not everything is read. If the
  /// connection fails, the read end fails with the cause, after what came before.
  public static BodyHandler<ReadEnd> toReadEnd() {
    return _ -> new ReadEndSubscriber();
  }

  /// Writes a response's body to a pipe whose read end is the body.
  private static final class ReadEndSubscriber implements BodySubscriber<ReadEnd> {
    private final Pipe pipe = Pipe.open();
    private final Flow.Subscriber<ByteBuffer> out = PipeFlow.subscriber(pipe.writeEnd());

    @Override
    public CompletionStage<ReadEnd> getBody() {
      return CompletableFuture.completedStage(pipe.readEnd());
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      out.onSubscribe(subscription);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
      // One item of the client's is one of ours, so the buffers of a list travel together.
      out.onNext(joined(buffers));
    }

    private static ByteBuffer joined(List<ByteBuffer> buffers) {
      if (buffers.size() == 1) {
        return buffers.getFirst();
      }
      ByteBuffer all = ByteBuffer.allocate(buffers.stream().mapToInt(ByteBuffer::remaining).sum());
      buffers.forEach(all::put);
      return all.flip();
    }

    @Override
    public void onError(Throwable cause) {
      out.onError(cause);
    }

    @Override
    public void onComplete() {
      out.onComplete();
    }
  }
}
