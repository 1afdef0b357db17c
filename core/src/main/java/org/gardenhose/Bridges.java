package org.gardenhose;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/// The two one-call bridges between code that writes and code that reads.
///
/// **Always true.** Both sides run at once, so neither the size of a thread pool nor the amount of
/// data can make them stand still; what one side throws comes out on the other.
/// **Blocks.** as each method of the streams returned says
final class Bridges {
  /// Bytes moved at once where a buffer is needed.
  static final int CHUNK_BYTES = 1 << 16;

  private Bridges() {}

  static InputStream readableFrom(Pipe.Producer producer) {
    Pipe pipe = Pipe.open();
    WriteEnd out = pipe.writeEnd();
    Thread thread =
        Thread.ofVirtual()
            .name("readableFrom " + out.name())
            .start(
                () -> {
                  try {
                    producer.writeTo(out.outputStream());
                    out.close();
                  } catch (Throwable e) {
                    out.closeWithError(e);
                    rethrowError(e);
                  }
                });
    return new ProducedStream((PipeReadEnd) pipe.readEnd(), thread);
  }

  static OutputStream writableInto(Pipe.Consumer consumer) {
    Pipe pipe = Pipe.open();
    ReadEnd in = pipe.readEnd();
    CompletableFuture<Void> done = new CompletableFuture<>();
    Thread.ofVirtual()
        .name("writableInto " + in.name())
        .start(
            () -> {
              try {
                consumer.readFrom(in.inputStream());
                in.close();
                done.complete(null);
              } catch (Throwable e) {
                in.closeWithError(e);
                done.completeExceptionally(e);
                rethrowError(e);
              }
            });
    return new ConsumedStream(pipe.writeEnd(), done);
  }

  /// An exception has found its reader. An error is also the virtual machine's business.
  private static void rethrowError(Throwable e) {
    if (e instanceof Error error) {
      throw error;
    }
  }

  /// What a producer writes; closing it early stops the producer.
  private static final class ProducedStream extends InputStream {
    private final InputStream in;
    private final Thread producer;

    ProducedStream(PipeReadEnd end, Thread producer) {
      this.in = end.inputStream();
      this.producer = producer;
    }

    @Override
    public int read() throws IOException {
      return in.read();
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      return in.read(bytes, offset, length);
    }

    @Override
    public int available() throws IOException {
      return in.available();
    }

    @Override
    public long transferTo(OutputStream out) throws IOException {
      return in.transferTo(out);
    }

    @Override
    public void close() throws IOException {
      in.close();
      producer.interrupt();
    }
  }

  /// What a consumer reads; closing it waits for the consumer.
  private static final class ConsumedStream extends OutputStream {
    private final WriteEnd end;
    private final OutputStream out;
    private final CompletableFuture<Void> done;

    ConsumedStream(WriteEnd end, CompletableFuture<Void> done) {
      this.end = end;
      this.out = end.outputStream();
      this.done = done;
    }

    @Override
    public void write(int value) throws IOException {
      write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      try {
        out.write(bytes, offset, length);
      } catch (BrokenPipeException e) {
        if (e.getCause() != null) {
          throw e;
        }
        // The consumer has had enough: the rest is dropped, as documented.
      }
    }

    @Override
    public void close() throws IOException {
      end.close();
      boolean interrupted = false;
      try {
        for (; ; ) {
          try {
            done.get();
            return;
          } catch (InterruptedException _) {
            interrupted = true;
          }
        }
      } catch (ExecutionException e) {
        throw new IOException("the consumer of " + end.name() + " failed", e.getCause());
      } finally {
        if (interrupted) {
          Thread.currentThread().interrupt();
        }
      }
    }
  }
}
