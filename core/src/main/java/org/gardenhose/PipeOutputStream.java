package org.gardenhose;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// A [WriteEnd] seen as a stream; what is written can be read at once.
///
/// **Blocks.** as [WriteEnd#write(byte[], int, int)] does, at most `timeout` for each write
final class PipeOutputStream extends OutputStream {
  private static final VarHandle ONE;

  static {
    try {
      ONE = MethodHandles.lookup().findVarHandle(PipeOutputStream.class, "one", byte[].class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final PipeWriteEnd end;
  private final @Nullable Duration timeout;

  /// Room for one byte, borrowed by whoever writes one.
  private volatile byte @Nullable [] one;

  PipeOutputStream(PipeWriteEnd end, @Nullable Duration timeout) {
    this.end = end;
    this.timeout = timeout;
  }

  PipeWriteEnd end() {
    return end;
  }

  @Override
  public void write(int value) throws IOException {
    byte[] room = (byte[]) ONE.getAndSet(this, (byte[]) null);
    if (room == null) {
      room = new byte[1];
    }
    room[0] = (byte) value;
    write(room, 0, 1);
    one = room;
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    if (timeout == null) {
      end.write(bytes, offset, length);
    } else {
      end.write(bytes, offset, length, Deadline.after(timeout));
    }
  }

  @Override
  public void close() {
    end.close();
  }

  @Override
  public String toString() {
    return "stream into " + end;
  }
}
