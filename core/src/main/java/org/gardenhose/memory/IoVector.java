package org.gardenhose.memory;

import java.nio.ByteBuffer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Several buffers seen as one stretch of memory, for gathering writes and scattering reads.
///
/// **Always true.** `length` is the sum of what the buffers had remaining when this was made; their
/// positions do not move until [#advance]. A null in the array is one byte that is not mapped.
/// **Blocks.** never
/// **Learned from.** readv(2), writev(2); L-40
public final class IoVector {
  private final @Nullable ByteBuffer[] buffers;
  private final int offset;
  private final int count;
  private final long length;

  /// Describes `buffers[offset]` to `buffers[offset + count - 1]`.
  public IoVector(@Nullable ByteBuffer[] buffers, int offset, int count) {
    Objects.checkFromIndexSize(offset, count, buffers.length);
    this.buffers = buffers;
    this.offset = offset;
    this.count = count;
    long sum = 0;
    for (int i = offset; i < offset + count; i++) {
      sum += remaining(buffers[i]);
    }
    this.length = sum;
  }

  private static int remaining(@Nullable ByteBuffer buffer) {
    return buffer == null ? 1 : buffer.remaining();
  }

  /// Returns the sum of the buffers' remaining bytes.
  public long length() {
    return length;
  }

  void copyIn(long at, byte[] bytes, int to, int count) {
    long skip = at;
    int done = 0;
    for (int i = offset; done < count; i++) {
      ByteBuffer buffer = buffers[i];
      if (skip >= remaining(buffer)) {
        skip -= remaining(buffer);
        continue;
      }
      if (buffer == null) {
        throw new MemoryFault();
      }
      int n = (int) Math.min(count - done, buffer.remaining() - skip);
      buffer.get(buffer.position() + (int) skip, bytes, to + done, n);
      done += n;
      skip = 0;
    }
  }

  void copyOut(long at, byte[] bytes, int from, int count) {
    long skip = at;
    int done = 0;
    for (int i = offset; done < count; i++) {
      ByteBuffer buffer = buffers[i];
      if (skip >= remaining(buffer)) {
        skip -= remaining(buffer);
        continue;
      }
      if (buffer == null) {
        throw new MemoryFault();
      }
      int n = (int) Math.min(count - done, buffer.remaining() - skip);
      buffer.put(buffer.position() + (int) skip, bytes, from + done, n);
      done += n;
      skip = 0;
    }
  }

  /// Moves the buffers' positions on, in order, by `moved` bytes altogether.
  public void advance(long moved) {
    long left = moved;
    for (int i = offset; i < offset + count && left > 0; i++) {
      ByteBuffer buffer = buffers[i];
      int n = (int) Math.min(left, remaining(buffer));
      // A device that takes everything, as /dev/null does, also takes what is not mapped.
      if (buffer != null) {
        buffer.position(buffer.position() + n);
      }
      left -= n;
    }
  }
}
