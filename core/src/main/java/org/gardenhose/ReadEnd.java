package org.gardenhose;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.ScatteringByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.stream.Stream;

/// The end of a pipe that bytes are read from.
///
/// **Blocking.** `read`, `splice` and `tee` wait while there is nothing to read and a write end is
/// open, and return as soon as there is one byte. A [Deadline] bounds the wait. `try…` never waits.
///
/// **Outcomes**, in the order in which they are checked: the bytes; [#END_OF_STREAM];
/// [java.nio.channels.ClosedChannelException] if this end is closed, and
/// [java.nio.channels.AsynchronousCloseException] if that happens during the wait;
/// [PipeAbortedException]; [PeerFailedException] instead of end of stream if a writer closed with
/// an error; [java.io.InterruptedIOException]; [PipeTimeoutException].
///
/// **Learned from.** read(2), readv(2), splice(2), tee(2)
public sealed interface ReadEnd extends PipeEnd, ScatteringByteChannel permits PipeReadEnd {
  /// What a read returns when every write end is closed and nothing is left.
  int END_OF_STREAM = -1;

  /// What a `try…` method returns when it would have to wait.
  int WOULD_BLOCK = -2;

  /// Reads up to `bytes.length` bytes.
  ///
  /// @return how many, at least 1 unless the array is empty; or [#END_OF_STREAM]
  default int read(byte[] bytes) throws IOException {
    return read(bytes, 0, bytes.length);
  }

  /// Reads up to `length` bytes to `bytes` from `offset` on.
  ///
  /// @return how many, at least 1 unless `length` is 0; or [#END_OF_STREAM]
  int read(byte[] bytes, int offset, int length) throws IOException;

  /// The same, waiting at most until `deadline`.
  int read(byte[] bytes, int offset, int length, Deadline deadline) throws IOException;

  /// Reads into what is remaining of `buffer`, heap or direct, and moves its position on.
  @Override
  int read(ByteBuffer buffer) throws IOException;

  /// The same, waiting at most until `deadline`.
  int read(ByteBuffer buffer, Deadline deadline) throws IOException;

  /// Reads into all the buffers, one after the other, as one read.
  @Override
  default long read(ByteBuffer[] buffers) throws IOException {
    return read(buffers, 0, buffers.length);
  }

  /// Reads into `length` of the buffers from `offset` on, one after the other, as one read.
  @Override
  long read(ByteBuffer[] buffers, int offset, int length) throws IOException;

  /// Reads into `segment`, from its first byte on. A segment confined to the calling thread will
  /// do.
  long read(MemorySegment segment) throws IOException;

  /// The same, waiting at most until `deadline`.
  long read(MemorySegment segment, Deadline deadline) throws IOException;

  /// Reads what is there.
  ///
  /// @return how many bytes; [#WOULD_BLOCK] if there is nothing yet; or [#END_OF_STREAM]
  int tryRead(byte[] bytes, int offset, int length) throws IOException;

  /// Reads what is there into what is remaining of `buffer`.
  ///
  /// @return how many bytes; [#WOULD_BLOCK] if there is nothing yet; or [#END_OF_STREAM]
  int tryRead(ByteBuffer buffer) throws IOException;

  /// Copies what is there without consuming it; a later read returns the same bytes.
  ///
  /// @return how many bytes; [#WOULD_BLOCK] if there is nothing yet; or [#END_OF_STREAM]
  int peek(byte[] bytes, int offset, int length) throws IOException;

  /// Moves up to `count` bytes to another pipe without copying them: pages change hands. Waits for
  /// the first byte, and for room for it.
  ///
  /// @return how many bytes, at least 1 unless `count` is 0; or [#END_OF_STREAM]
  /// @throws IllegalArgumentException if `out` is an end of the same pipe
  /// @throws BrokenPipeException if nobody reads from the other pipe; this one keeps its bytes
  long splice(WriteEnd out, long count) throws IOException;

  /// The same, waiting at most until `deadline`.
  long splice(WriteEnd out, long count, Deadline deadline) throws IOException;

  /// The same without waiting; [#WOULD_BLOCK] if nothing could be moved yet.
  long trySplice(WriteEnd out, long count) throws IOException;

  /// Lets another pipe share up to `count` of the bytes that are here, from the oldest on, without
  /// copying or consuming them. Waits as [#splice] does.
  ///
  /// @return how many bytes, at least 1 unless `count` is 0; or [#END_OF_STREAM]
  long tee(WriteEnd out, long count) throws IOException;

  /// The same, waiting at most until `deadline`.
  long tee(WriteEnd out, long count, Deadline deadline) throws IOException;

  /// The same without waiting; [#WOULD_BLOCK] if nothing could be shared yet.
  long tryTee(WriteEnd out, long count) throws IOException;

  /// Writes everything up to the end of the stream to `out`: by [#splice] if `out` is a [WriteEnd],
  /// else through a buffer of 64 KiB. A channel that is not a pipe must be in blocking mode.
  ///
  /// @return how many bytes
  long transferTo(WritableByteChannel out) throws IOException;

  /// Returns a channel on this end that keeps the contract of
  /// [java.nio.channels.InterruptibleChannel]: an interrupt closes it, and this end, and the read
  /// throws [java.nio.channels.ClosedByInterruptException].
  ReadableByteChannel interruptibleChannel();

  /// Returns a stream on this end; closing it closes this end.
  InputStream inputStream();

  /// The same, whose every read waits at most `timeout`.
  InputStream inputStream(Duration timeout);

  /// Returns a reader of characters on this end; closing it closes this end. Malformed input is
  /// replaced, as [java.io.InputStreamReader] does.
  Reader reader(Charset charset);

  /// Returns the lines, without their ends, as they come; closing the stream closes this end.
  /// Failures come out as [java.io.UncheckedIOException].
  Stream<String> lines(Charset charset);

  /// Returns another end of the same pipe with a life of its own; writers break only when both are
  /// closed.
  ReadEnd dup() throws IOException;
}
