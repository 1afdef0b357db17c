package org.gardenhose.spec.model;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// The caller's buffers as one stretch of bytes. A null among them is one byte that is not mapped.
record Memory(@Nullable ByteBuffer[] buffers) {
  static Memory of(@Nullable ByteBuffer buffer) {
    return new Memory(new ByteBuffer[] {buffer});
  }

  long length() {
    long sum = 0;
    for (ByteBuffer buffer : buffers) {
      sum += buffer == null ? 1 : buffer.remaining();
    }
    return sum;
  }

  /// Returns how many of the `count` bytes from `at` on come before the first that is not mapped,
  /// or for a caller who is `storing`, cannot be written.
  int reach(long at, int count, boolean storing) {
    long end = 0;
    for (ByteBuffer buffer : buffers) {
      boolean bad = buffer == null || storing && buffer.isReadOnly();
      long start = end;
      end += buffer == null ? 1 : buffer.remaining();
      if (end > at && bad && end > start) {
        return Math.clamp(start - at, 0, count);
      }
      if (end >= at + count) {
        return count;
      }
    }
    return count;
  }

  void load(long at, byte[] to, int index, int count) {
    move(at, to, index, count, false);
  }

  void store(long at, byte[] from, int index, int count) {
    move(at, from, index, count, true);
  }

  private void move(long at, byte[] bytes, int index, int count, boolean storing) {
    long skip = at;
    int done = 0;
    for (ByteBuffer buffer : buffers) {
      int length = buffer == null ? 1 : buffer.remaining();
      int n = (int) Math.min(count - done, length - skip);
      if (buffer != null && n > 0) {
        int position = buffer.position() + (int) skip;
        if (storing) {
          buffer.put(position, bytes, index + done, n);
        } else {
          buffer.get(position, bytes, index + done, n);
        }
        done += n;
      }
      skip = Math.max(0, skip - length);
    }
  }

  /// Moves the buffers' positions by what a call moved, and returns that.
  long moved(long result) {
    long left = result;
    for (ByteBuffer buffer : buffers) {
      if (buffer != null && left > 0) {
        int n = (int) Math.min(left, buffer.remaining());
        buffer.position(buffer.position() + n);
        left -= n;
      }
    }
    return result;
  }
}
