package org.gardenhose;

import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.Objects;
import org.gardenhose.abi.Errno;
import org.gardenhose.abi.PipeAbi;
import org.gardenhose.memory.IoVector;
import org.gardenhose.wait.Deadlines;

/// The implementation of [WriteEnd], where everything is documented.
final class PipeWriteEnd extends PipeEndFile implements WriteEnd {
  PipeWriteEnd(JavaPipe pipe) {
    super(pipe, true);
  }

  @Override
  public boolean peerClosed() {
    return pipe().readers() == 0 || pipe().aborted();
  }

  // ---- Writing.

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, bytes.length);
    writeAll(bytes, offset, length, Deadlines.NEVER);
  }

  @Override
  public void write(byte[] bytes, int offset, int length, Deadline deadline) throws IOException {
    Objects.checkFromIndexSize(offset, length, bytes.length);
    writeAll(bytes, offset, length, deadline.nanos());
  }

  @Override
  public int write(ByteBuffer buffer) throws IOException {
    return write(buffer, Deadlines.NEVER);
  }

  @Override
  public int write(ByteBuffer buffer, Deadline deadline) throws IOException {
    return write(buffer, deadline.nanos());
  }

  private int write(ByteBuffer buffer, long deadline) throws IOException {
    int first = buffer.position();
    do {
      int position = buffer.position();
      int remaining = buffer.remaining();
      long n =
          buffer.hasArray()
              ? writeSome(buffer.array(), buffer.arrayOffset() + position, remaining, deadline)
              : writeSome(buffer, position, remaining, deadline);
      if (n < 0) {
        throw failure("write", n, position - first);
      }
      buffer.position(position + (int) n);
    } while (buffer.hasRemaining());
    return buffer.position() - first;
  }

  @Override
  public long write(ByteBuffer[] buffers, int offset, int length) throws IOException {
    IoVector vector = new IoVector(buffers, offset, length);
    long done = 0;
    do {
      long n = writeSome(vector, 0, vector.length() - done, Deadlines.NEVER);
      if (n < 0) {
        throw failure("writev", n, done);
      }
      vector.advance(n);
      done += n;
    } while (done < vector.length());
    return done;
  }

  @Override
  public void write(MemorySegment segment) throws IOException {
    writeAll(segment, 0, segment.byteSize(), Deadlines.NEVER);
  }

  @Override
  public void write(MemorySegment segment, Deadline deadline) throws IOException {
    writeAll(segment, 0, segment.byteSize(), deadline.nanos());
  }

  /// Writes all of it. A call that comes back short is made again for the rest, and then either
  /// goes on or says what stopped it.
  private void writeAll(Object memory, long at, long count, long deadline) throws IOException {
    long done = 0;
    do {
      long n = writeSome(memory, at + done, count - done, deadline);
      if (n < 0) {
        throw failure("write", n, done);
      }
      done += n;
    } while (done < count);
  }

  private long writeSome(Object memory, long at, long count, long deadline) throws IOException {
    requireOpen();
    return pipe().write(this, memory, at, count, deadline);
  }

  @Override
  public int tryWrite(byte[] bytes, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, bytes.length);
    return tried(writeSome(bytes, offset, length, Deadlines.NOW));
  }

  @Override
  public int tryWrite(ByteBuffer buffer) throws IOException {
    int n = tried(writeSome(buffer, buffer.position(), buffer.remaining(), Deadlines.NOW));
    if (n > 0) {
      buffer.position(buffer.position() + n);
    }
    return n;
  }

  private int tried(long result) throws IOException {
    if (result == Errno.EAGAIN.result()) {
      return WOULD_BLOCK;
    }
    if (result < 0) {
      throw failure("write", result, 0);
    }
    return (int) result;
  }

  @Override
  public void gift(byte[] bytes, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, bytes.length);
    int done = 0;
    while (done < length) {
      requireOpen();
      long n = pipe().gift(this, bytes, offset + done, length - done, Deadlines.NEVER);
      if (n < 0) {
        throw failure("gift", n, done);
      }
      done += (int) n;
    }
  }

  @Override
  public long transferFrom(ReadableByteChannel in) throws IOException {
    if (in instanceof PipeReadEnd from && from.pipe() != pipe()) {
      return from.spliceAll(this);
    }
    long total = 0;
    ByteBuffer buffer = ByteBuffer.allocate(Bridges.CHUNK_BYTES);
    while (in.read(buffer) != ReadEnd.END_OF_STREAM) {
      buffer.flip();
      total += write(buffer);
      buffer.clear();
    }
    return total;
  }

  @Override
  public void packets(boolean on) {
    setFlag(PipeAbi.O_DIRECT, on);
  }

  // ---- Views.

  @Override
  public WritableByteChannel interruptibleChannel() {
    return new InterruptibleViews.Writing(this);
  }

  @Override
  public OutputStream outputStream() {
    return new PipeOutputStream(this, null);
  }

  @Override
  public OutputStream outputStream(Duration timeout) {
    return new PipeOutputStream(this, Objects.requireNonNull(timeout, "timeout"));
  }

  @Override
  public Writer writer(Charset charset) {
    return new OutputStreamWriter(outputStream(), charset);
  }

  @Override
  public WriteEnd dup() throws IOException {
    requireOpen();
    PipeWriteEnd other = new PipeWriteEnd(javaPipe());
    other.abandonment().keepForDuplicate();
    return other;
  }
}
