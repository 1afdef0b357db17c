package org.gardenhose.bench.measure;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.gardenhose.bench.BytePipe;
import org.gardenhose.bench.peers.Peer;

/// Several writers and readers on one pipe: how many bytes a second, and does each message stay
/// whole?
///
/// Messages are numbered; the sum of the numbers that went in must come out, and no read may return
/// a part of a message, since none is larger than `PIPE_BUF`.
///
/// @param message bytes a write and a read
public record Crowd(ThreadKind kind, int writers, int readers, int message) {
  private static final int CAPACITY = 1 << 16;

  /// Moves messages for that long and returns MiB a second.
  ///
  /// @throws Exception if the pipe cannot be opened
  /// @throws IllegalStateException if a message is lost
  public double run(long nanos) throws Exception {
    long began = System.nanoTime();
    long messages = move(Long.MAX_VALUE, nanos);
    return messages * (double) message / Transfer.MIB / ((System.nanoTime() - began) / 1e9);
  }

  /// Moves messages until each writer has written `each` of them, or for that long, and returns how
  /// many came out.
  ///
  /// @throws Exception if the pipe cannot be opened
  /// @throws IllegalStateException if a message is lost
  public long move(long each, long nanos) throws Exception {
    Run run = new Run(Peer.GARDENHOSE.open(CAPACITY, message), message);
    List<Thread> reading = new ArrayList<>();
    List<Thread> writing = new ArrayList<>();
    for (int i = 0; i < readers; i++) {
      reading.add(kind.start(run::read));
    }
    for (int i = 0; i < writers; i++) {
      int first = i;
      writing.add(kind.start(() -> run.write(first, each)));
    }
    if (each == Long.MAX_VALUE) {
      ThreadKind.rest(nanos);
      run.stop = true;
    }
    ThreadKind.join(writing);
    run.pipe.closeWrite();
    ThreadKind.join(reading);
    if (run.sent.sum() != run.received.sum()) {
      throw new IllegalStateException("messages were lost or doubled");
    }
    return run.messages.sum();
  }

  /// The two loops, and what they counted.
  private static final class Run {
    private final BytePipe pipe;
    private final int message;
    private final LongAdder sent = new LongAdder();
    private final LongAdder received = new LongAdder();
    private final LongAdder messages = new LongAdder();
    private volatile boolean stop;

    Run(BytePipe pipe, int message) {
      this.pipe = pipe;
      this.message = message;
    }

    void write(int first, long count) throws Exception {
      byte[] bytes = Pattern.chunk(message);
      long number = (long) first << 40;
      long sum = 0;
      for (long left = count; left > 0 && !stop; left--) {
        Pattern.stamp(bytes, ++number);
        pipe.write(bytes, 0, message);
        sum += number;
      }
      sent.add(sum);
    }

    void read() throws Exception {
      byte[] bytes = new byte[message];
      byte last = Pattern.chunk(message)[message - 1];
      long sum = 0;
      long count = 0;
      for (int n = next(bytes); n >= 0; n = next(bytes)) {
        if (n != message || bytes[message - 1] != last) {
          throw new IllegalStateException("a torn message of " + n + " bytes");
        }
        sum += Pattern.number(bytes);
        count++;
      }
      received.add(sum);
      messages.add(count);
    }

    private int next(byte[] bytes) throws Exception {
      return pipe.read(bytes, 0, message);
    }
  }
}
