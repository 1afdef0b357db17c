package org.gardenhose.bench.peers;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.apache.commons.io.input.QueueInputStream;
import org.apache.commons.io.output.QueueOutputStream;
import org.gardenhose.bench.BytePipe;

/// The queue streams of commons-io: a boxed integer a byte. They have no end of stream, so the
/// reader looks every 50 milliseconds whether the writer has gone.
final class CommonsIoPipe implements BytePipe {
  private static final Duration PATIENCE = Duration.ofMillis(50);

  private final BlockingQueue<Integer> queue;
  private final QueueInputStream in;
  private final QueueOutputStream out;
  private volatile boolean closed;

  CommonsIoPipe(int capacityBytes) throws IOException {
    queue = new ArrayBlockingQueue<>(capacityBytes);
    out = new QueueOutputStream(queue);
    in = QueueInputStream.builder().setBlockingQueue(queue).setTimeout(PATIENCE).get();
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    out.write(bytes, offset, length);
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    for (; ; ) {
      boolean last = closed;
      int n = in.read(bytes, offset, length);
      if (n > 0 || last && queue.isEmpty()) {
        return n > 0 ? n : -1;
      }
    }
  }

  @Override
  public void closeWrite() {
    closed = true;
  }
}
