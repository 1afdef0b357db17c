package org.gardenhose.bench.peers;

import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import org.gardenhose.bench.BytePipe;

/// What many programs use for want of a pipe: a queue of byte arrays, a copy a write. One reader.
final class ArrayQueuePipe implements BytePipe {
  /// Beyond this many arrays a longer queue gains nothing.
  private static final int ARRAYS_MAX = 1024;

  private static final byte[] END = new byte[0];

  private final ArrayBlockingQueue<byte[]> queue;
  private byte[] current = END;
  private int position;
  private boolean ended;

  ArrayQueuePipe(int capacityBytes, int chunkBytes) {
    int arrays = Math.clamp(capacityBytes / chunkBytes, 2, ARRAYS_MAX);
    queue = new ArrayBlockingQueue<>(arrays);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws InterruptedException {
    queue.put(Arrays.copyOfRange(bytes, offset, offset + length));
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws InterruptedException {
    if (position == current.length && !ended) {
      current = queue.take();
      position = 0;
      ended = current == END;
    }
    if (ended) {
      return -1;
    }
    int n = Math.min(length, current.length - position);
    System.arraycopy(current, position, bytes, offset, n);
    position += n;
    return n;
  }

  @Override
  public void closeWrite() throws InterruptedException {
    queue.put(END);
  }
}
