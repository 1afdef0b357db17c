package org.gardenhose;

import java.io.IOException;
import java.io.OutputStream;
import java.io.Writer;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.GatheringByteChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.Charset;
import java.time.Duration;

/// The end of a pipe that bytes are written to.
///
/// **Blocking.** `write` waits until everything is written; a [Deadline] bounds the wait. `try…`
/// never waits and may write a part. A byte that is written is seen at once: there is nothing to
/// flush.
///
/// **Atomicity.** At most [Pipe#PIPE_BUF] bytes in one call go in whole or not at all, and are not
/// interleaved with another writer's.
///
/// **Outcomes**, in the order in which they are checked: everything is written;
/// [java.nio.channels.ClosedChannelException] if this end is closed, and
/// [java.nio.channels.AsynchronousCloseException] if that happens during the wait;
/// [PipeAbortedException]; [BrokenPipeException] if every read end is closed;
/// [java.io.InterruptedIOException]; [PipeTimeoutException]. The last three say how many bytes were
/// written before, and a buffer's position says it too.
///
/// **Learned from.** write(2), writev(2), vmsplice(2)
public sealed interface WriteEnd extends PipeEnd, GatheringByteChannel permits PipeWriteEnd {
  /// What a `try…` method returns when it would have to wait.
  int WOULD_BLOCK = -2;

  /// Writes all of `bytes`.
  default void write(byte[] bytes) throws IOException {
    write(bytes, 0, bytes.length);
  }

  /// Writes `length` bytes of `bytes` from `offset` on.
  void write(byte[] bytes, int offset, int length) throws IOException;

  /// The same, waiting at most until `deadline`.
  void write(byte[] bytes, int offset, int length, Deadline deadline) throws IOException;

  /// Writes what is remaining of `buffer`, heap or direct, and moves its position on.
  ///
  /// @return how many bytes that were
  @Override
  int write(ByteBuffer buffer) throws IOException;

  /// The same, waiting at most until `deadline`.
  int write(ByteBuffer buffer, Deadline deadline) throws IOException;

  /// Writes all the buffers, one after the other, as one write.
  @Override
  default long write(ByteBuffer[] buffers) throws IOException {
    return write(buffers, 0, buffers.length);
  }

  /// Writes `length` of the buffers from `offset` on, one after the other, as one write.
  @Override
  long write(ByteBuffer[] buffers, int offset, int length) throws IOException;

  /// Writes all of `segment`. A segment confined to the calling thread will do.
  void write(MemorySegment segment) throws IOException;

  /// The same, waiting at most until `deadline`.
  void write(MemorySegment segment, Deadline deadline) throws IOException;

  /// Writes what there is room for; at most [Pipe#PIPE_BUF] bytes all or nothing.
  ///
  /// @return how many bytes, or [#WOULD_BLOCK] if there is no room
  int tryWrite(byte[] bytes, int offset, int length) throws IOException;

  /// Writes what there is room for, and moves the buffer's position on.
  ///
  /// @return how many bytes, or [#WOULD_BLOCK] if there is no room
  int tryWrite(ByteBuffer buffer) throws IOException;

  /// Gives a part of an array away: the pipe refers to it instead of copying it. The caller must
  /// not change these bytes any more, or readers see the change.
  void gift(byte[] bytes, int offset, int length) throws IOException;

  /// Reads `in` to its end and writes it all: by [ReadEnd#splice] if `in` is a [ReadEnd], else
  /// through a buffer of 64 KiB.
  ///
  /// @return how many bytes
  long transferFrom(ReadableByteChannel in) throws IOException;

  /// Makes every write through this end a packet, up to a page each: one read returns one packet,
  /// and throws away what does not fit (`O_DIRECT`).
  void packets(boolean on);

  /// Returns a channel on this end that keeps the contract of
  /// [java.nio.channels.InterruptibleChannel]: an interrupt closes it, and this end, and the write
  /// throws [java.nio.channels.ClosedByInterruptException].
  WritableByteChannel interruptibleChannel();

  /// Returns a stream on this end; closing it closes this end, and flushing it does nothing.
  OutputStream outputStream();

  /// The same, whose every write waits at most `timeout`.
  OutputStream outputStream(Duration timeout);

  /// Returns a writer of characters on this end; closing it closes this end. Characters that the
  /// charset lacks are replaced, as [java.io.OutputStreamWriter] does. It buffers: flush it.
  Writer writer(Charset charset);

  /// Returns another end of the same pipe with a life of its own; readers see the end of the stream
  /// only when both are closed.
  WriteEnd dup() throws IOException;
}
