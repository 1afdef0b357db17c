package org.gardenhose;

import java.io.InputStream;
import java.io.OutputStream;

/// A pipe inside one JVM: bytes written to one end are read from the other, in order, with a
/// bounded amount in between.
///
/// It behaves as Linux's pipe(7) does. A reader waits while the pipe is empty, a writer while it is
/// full. When the last [WriteEnd] is closed, readers get what is left and then end of stream; when
/// the last [ReadEnd] is closed, writers get a [BrokenPipeException]. At most [#PIPE_BUF] bytes
/// written in one call are never interleaved with another writer's.
///
/// ```java
/// try (Pipe pipe = Pipe.open()) {
///   Thread.startVirtualThread(() -> produce(pipe.writeEnd()));
///   consume(pipe.readEnd());
/// }
/// ```
///
/// **Two rules keep pipes from standing still.** Close every write end that you do not use, or the
/// reader waits for an end of stream that never comes. And do not write more than the capacity from
/// the thread that is to read it.
///
/// **Threads.** Any number of threads may use any end at once, and a thread that dies means
/// nothing: an end lives until it is closed, or until nobody can reach it any more, which frees the
/// other side with an error. Actions before a write happen-before actions after the read that
/// returns its bytes.
///
/// **Interrupts.** An interrupted wait throws [java.io.InterruptedIOException]; the thread's
/// interrupt flag stays set, and the pipe and its contents stay as they are.
///
/// **Who wakes whom.** Closing frees every thread that waits, whichever side it waits on:
///
/// | waiting | the read end is closed | the write end is closed |
/// | --- | --- | --- |
/// | a reader | `AsynchronousCloseException` | end of stream |
/// | a writer | [BrokenPipeException] | `AsynchronousCloseException` |
///
/// **Learned from.** pipe(2), pipe(7)
public sealed interface Pipe extends AutoCloseable permits PipePair {
  /// Bytes that one write moves without being interleaved with another.
  int PIPE_BUF = 4096;

  /// Opens a pipe with a capacity of 64 KiB.
  static Pipe open() {
    return PipePair.open(PipeOptions.DEFAULT);
  }

  /// Opens a pipe with at least this capacity.
  ///
  /// @param capacityBytes rounded up to a power of two pages of 4096 bytes
  /// @throws IllegalArgumentException if it is less than 1 or more than 1 GiB
  static Pipe open(int capacityBytes) {
    return PipePair.open(PipeOptions.DEFAULT.withCapacity(capacityBytes));
  }

  /// Opens a pipe with these options.
  static Pipe open(PipeOptions options) {
    return PipePair.open(options);
  }

  /// Runs `producer` in a virtual thread and returns a stream of what it writes.
  ///
  /// If the producer throws, the stream gives all that was written before and then fails with an
  /// [PeerFailedException] whose cause is what was thrown. If the stream is closed early, the
  /// producer's next write throws [BrokenPipeException] and its thread is interrupted.
  static InputStream readableFrom(Producer producer) {
    return Bridges.readableFrom(producer);
  }

  /// Runs `consumer` in a virtual thread and returns a stream into it.
  ///
  /// Closing the stream waits until the consumer is done, and throws an [java.io.IOException] with
  /// what it threw, if it did; so does a write after the consumer has failed. A consumer that
  /// returns without reading everything is no failure: later bytes are dropped.
  static OutputStream writableInto(Consumer consumer) {
    return Bridges.writableInto(consumer);
  }

  /// Returns the end to read from; always the same.
  ReadEnd readEnd();

  /// Returns the end to write to; always the same.
  WriteEnd writeEnd();

  /// Throws away what the pipe holds and fails every call on any of its ends, now and later, with
  /// [PipeAbortedException]. Callable by any thread at any time; only the first cause counts.
  void abort(Throwable cause);

  /// Closes [#readEnd()] and [#writeEnd()], not their duplicates. Never blocks, never throws.
  @Override
  void close();

  /// Code that writes to a stream.
  @FunctionalInterface
  interface Producer {
    /// Writes to `out`, which the caller closes.
    ///
    /// @throws Exception whatever goes wrong; the reader gets it as a cause
    void writeTo(OutputStream out) throws Exception;
  }

  /// Code that reads from a stream.
  @FunctionalInterface
  interface Consumer {
    /// Reads from `in`, which the caller closes.
    ///
    /// @throws Exception whatever goes wrong; the writer gets it as a cause
    void readFrom(InputStream in) throws Exception;
  }
}
