package org.gardenhose;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A [ReadEnd] seen as a stream: `read` returns what is there as soon as there is one byte.
///
/// **Blocks.** as [ReadEnd#read(byte[], int, int)] does, at most `timeout` for each read
final class PipeInputStream extends InputStream {
  private static final VarHandle ONE;

  static {
    try {
      ONE = MethodHandles.lookup().findVarHandle(PipeInputStream.class, "one", byte[].class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final PipeReadEnd end;
  private final @Nullable Duration timeout;

  /// Room for one byte, borrowed by whoever reads one.
  private volatile byte @Nullable [] one;

  PipeInputStream(PipeReadEnd end, @Nullable Duration timeout) {
    this.end = end;
    this.timeout = timeout;
  }

  @Override
  public int read() throws IOException {
    byte[] room = (byte[]) ONE.getAndSet(this, (byte[]) null);
    if (room == null) {
      room = new byte[1];
    }
    int n = read(room, 0, 1);
    int value = n < 0 ? -1 : room[0] & 0xff;
    one = room;
    return value;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    return timeout == null
        ? end.read(bytes, offset, length)
        : end.read(bytes, offset, length, Deadline.after(timeout));
  }

  @Override
  public int available() throws IOException {
    end.requireOpen();
    return (int) Math.min(end.available(), Integer.MAX_VALUE);
  }

  @Override
  public long transferTo(OutputStream out) throws IOException {
    Objects.requireNonNull(out, "out");
    if (timeout == null && out instanceof PipeOutputStream to && to.end().pipe() != end.pipe()) {
      return end.spliceAll(to.end());
    }
    byte[] chunk = new byte[Bridges.CHUNK_BYTES];
    long total = 0;
    for (int n = read(chunk); n >= 0; n = read(chunk)) {
      out.write(chunk, 0, n);
      total += n;
    }
    return total;
  }

  @Override
  public void close() {
    end.close();
  }

  @Override
  public String toString() {
    return "stream of " + end;
  }
}
