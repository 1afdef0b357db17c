package org.gardenhose;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ReadOnlyBufferException;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.Objects;
import java.util.stream.Stream;
import org.gardenhose.abi.Errno;
import org.gardenhose.memory.IoVector;
import org.gardenhose.wait.Deadlines;

/// The implementation of [ReadEnd], where everything is documented.
final class PipeReadEnd extends PipeEndFile implements ReadEnd {
  PipeReadEnd(JavaPipe pipe) {
    super(pipe, false);
  }

  @Override
  public boolean peerClosed() {
    return pipe().writers() == 0 || pipe().aborted();
  }

  // ---- Reading.

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, bytes.length);
    return (int) read(bytes, offset, length, Deadlines.NEVER);
  }

  @Override
  public int read(byte[] bytes, int offset, int length, Deadline deadline) throws IOException {
    Objects.checkFromIndexSize(offset, length, bytes.length);
    return (int) read(bytes, offset, length, deadline.nanos());
  }

  @Override
  public int tryRead(byte[] bytes, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, bytes.length);
    return (int) read(bytes, offset, length, Deadlines.NOW);
  }

  @Override
  public int read(ByteBuffer buffer) throws IOException {
    return read(buffer, Deadlines.NEVER);
  }

  @Override
  public int read(ByteBuffer buffer, Deadline deadline) throws IOException {
    return read(buffer, deadline.nanos());
  }

  @Override
  public int tryRead(ByteBuffer buffer) throws IOException {
    return read(buffer, Deadlines.NOW);
  }

  private int read(ByteBuffer buffer, long deadline) throws IOException {
    requireWritable(buffer);
    int position = buffer.position();
    int remaining = buffer.remaining();
    int n =
        buffer.hasArray()
            ? (int) read(buffer.array(), buffer.arrayOffset() + position, remaining, deadline)
            : (int) read(buffer, position, remaining, deadline);
    if (n > 0) {
      buffer.position(position + n);
    }
    return n;
  }

  @Override
  public long read(ByteBuffer[] buffers, int offset, int length) throws IOException {
    IoVector vector = new IoVector(buffers, offset, length);
    for (int i = offset; i < offset + length; i++) {
      requireWritable(buffers[i]);
    }
    long n = read(vector, 0, vector.length(), Deadlines.NEVER);
    if (n > 0) {
      vector.advance(n);
    }
    return n;
  }

  private static void requireWritable(ByteBuffer buffer) {
    if (buffer.isReadOnly()) {
      throw new ReadOnlyBufferException();
    }
  }

  @Override
  public long read(MemorySegment segment) throws IOException {
    return read(segment, 0, segment.byteSize(), Deadlines.NEVER);
  }

  @Override
  public long read(MemorySegment segment, Deadline deadline) throws IOException {
    return read(segment, 0, segment.byteSize(), deadline.nanos());
  }

  private long read(Object memory, long at, long count, long deadline) throws IOException {
    requireOpen();
    long result = pipe().read(this, memory, at, count, deadline);
    return result > 0 || count == 0 ? result : ended("read", result);
  }

  @Override
  public int peek(byte[] bytes, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, bytes.length);
    requireOpen();
    long result = pipe().peek(this, bytes, offset, length);
    return result > 0 || length == 0 ? (int) result : (int) ended("peek", result);
  }

  /// Turns a result that is no bytes into what the API says for it.
  private long ended(String call, long result) throws IOException {
    if (result == 0) {
      Throwable cause = failed(true);
      if (cause != null) {
        throw new PeerFailedException(call + ": the writer of " + name() + " failed", cause);
      }
      return END_OF_STREAM;
    }
    if (result == Errno.EAGAIN.result()) {
      return WOULD_BLOCK;
    }
    throw failure(call, result, 0);
  }

  // ---- Pages change hands.

  @Override
  public long splice(WriteEnd out, long count) throws IOException {
    return splice(out, count, Deadlines.NEVER);
  }

  @Override
  public long splice(WriteEnd out, long count, Deadline deadline) throws IOException {
    return splice(out, count, deadline.nanos());
  }

  @Override
  public long trySplice(WriteEnd out, long count) throws IOException {
    return splice(out, count, Deadlines.NOW);
  }

  private long splice(WriteEnd out, long count, long deadline) throws IOException {
    PipeWriteEnd to = requireOther(out, count);
    long result = pipe().splice(this, to, count, deadline);
    return result > 0 || count == 0 ? result : spliceEnded("splice", result, to);
  }

  @Override
  public long tee(WriteEnd out, long count) throws IOException {
    return tee(out, count, Deadlines.NEVER);
  }

  @Override
  public long tee(WriteEnd out, long count, Deadline deadline) throws IOException {
    return tee(out, count, deadline.nanos());
  }

  @Override
  public long tryTee(WriteEnd out, long count) throws IOException {
    return tee(out, count, Deadlines.NOW);
  }

  private long tee(WriteEnd out, long count, long deadline) throws IOException {
    PipeWriteEnd to = requireOther(out, count);
    long result = pipe().tee(this, to, count, deadline);
    return result > 0 || count == 0 ? result : spliceEnded("tee", result, to);
  }

  private PipeWriteEnd requireOther(WriteEnd out, long count) throws IOException {
    PipeWriteEnd to = (PipeWriteEnd) out;
    if (count < 0) {
      throw new IllegalArgumentException("count is negative: " + count);
    }
    if (to.pipe() == pipe()) {
      throw new IllegalArgumentException("out is an end of the same pipe: " + out);
    }
    requireOpen();
    to.requireOpen();
    return to;
  }

  private long spliceEnded(String call, long result, PipeWriteEnd to) throws IOException {
    boolean fromOutput =
        result == Errno.EPIPE.result() || result == Errno.ECANCELED.result() && !pipe().aborted();
    if (fromOutput) {
      throw to.failure(call, result, 0);
    }
    return ended(call, result);
  }

  @Override
  public long transferTo(WritableByteChannel out) throws IOException {
    if (out instanceof PipeWriteEnd to && to.pipe() != pipe()) {
      return spliceAll(to);
    }
    long total = 0;
    ByteBuffer buffer = ByteBuffer.allocate(Bridges.CHUNK_BYTES);
    while (read(buffer) != END_OF_STREAM) {
      buffer.flip();
      while (buffer.hasRemaining()) {
        total += out.write(buffer);
      }
      buffer.clear();
    }
    return total;
  }

  /// Moves everything up to the end of the stream to `to` by reference.
  long spliceAll(PipeWriteEnd to) throws IOException {
    long total = 0;
    for (; ; ) {
      long n = splice(to, Long.MAX_VALUE);
      if (n == END_OF_STREAM) {
        return total;
      }
      total += n;
    }
  }

  // ---- Views.

  @Override
  public ReadableByteChannel interruptibleChannel() {
    return new InterruptibleViews.Reading(this);
  }

  @Override
  public InputStream inputStream() {
    return new PipeInputStream(this, null);
  }

  @Override
  public InputStream inputStream(Duration timeout) {
    return new PipeInputStream(this, Objects.requireNonNull(timeout, "timeout"));
  }

  @Override
  public Reader reader(Charset charset) {
    return new InputStreamReader(inputStream(), charset);
  }

  @Override
  public Stream<String> lines(Charset charset) {
    return new BufferedReader(reader(charset)).lines().onClose(this::close);
  }

  @Override
  public ReadEnd dup() throws IOException {
    requireOpen();
    PipeReadEnd other = new PipeReadEnd(javaPipe());
    other.abandonment().keepForDuplicate();
    return other;
  }
}
