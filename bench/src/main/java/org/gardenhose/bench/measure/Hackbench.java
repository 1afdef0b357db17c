package org.gardenhose.bench.measure;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.LongAdder;
import org.gardenhose.bench.BytePipe;
import org.gardenhose.bench.peers.Peer;

/// The shape of the kernel developers' hackbench: 5 groups of 20 senders and 20 receivers, a pipe a
/// receiver, each sender sends small messages to each receiver of its group in turn.
///
/// @param messages how many in all
public record Hackbench(ThreadKind kind, int messages) {
  private static final int GROUPS = 5;
  private static final int MEMBERS = 20;
  private static final int SIZE = 100;
  private static final int CAPACITY = 1 << 16;

  /// Sends all messages once and returns millions of messages a second.
  ///
  /// @throws Exception if a pipe cannot be opened
  /// @throws IllegalStateException if a message is lost
  public double run() throws Exception {
    int loops = messages / (GROUPS * MEMBERS * MEMBERS);
    CountDownLatch gate = new CountDownLatch(1);
    LongAdder balance = new LongAdder();
    List<Thread> threads = new ArrayList<>();
    for (int group = 0; group < GROUPS; group++) {
      List<BytePipe> pipes = new ArrayList<>();
      for (int i = 0; i < MEMBERS; i++) {
        BytePipe pipe = Peer.GARDENHOSE.open(CAPACITY, SIZE);
        pipes.add(pipe);
        threads.add(kind.start(() -> balance.add(-receive(gate, pipe, loops * MEMBERS))));
      }
      for (int i = 0; i < MEMBERS; i++) {
        long first = (long) i << 32;
        threads.add(kind.start(() -> balance.add(send(gate, pipes, first, loops))));
      }
    }
    long began = System.nanoTime();
    gate.countDown();
    ThreadKind.join(threads);
    long spent = System.nanoTime() - began;
    if (balance.sum() != 0) {
      throw new IllegalStateException("messages were lost or doubled");
    }
    return loops * GROUPS * MEMBERS * MEMBERS * 1e3 / spent;
  }

  private static long send(CountDownLatch gate, List<BytePipe> pipes, long first, int loops)
      throws Exception {
    byte[] bytes = Pattern.chunk(SIZE);
    long sum = 0;
    gate.await();
    for (long number = first; number < first + loops; number++) {
      Pattern.stamp(bytes, number);
      sendToEach(pipes, bytes);
      sum += number * pipes.size();
    }
    return sum;
  }

  /// A method of its own, so that a thread soon leaves the interpreter: it has a new loop for each
  /// thread, but a compiled method for all.
  private static void sendToEach(List<BytePipe> pipes, byte[] bytes) throws Exception {
    for (BytePipe pipe : pipes) {
      pipe.write(bytes, 0, SIZE);
    }
  }

  private static long receive(CountDownLatch gate, BytePipe pipe, int count) throws Exception {
    byte[] bytes = new byte[SIZE];
    long sum = 0;
    gate.await();
    for (int i = 0; i < count; i += MEMBERS) {
      sum += receiveSome(pipe, bytes);
    }
    return sum;
  }

  /// Reads as many messages as there are senders; a method of its own for the same reason.
  private static long receiveSome(BytePipe pipe, byte[] bytes) throws Exception {
    long sum = 0;
    for (int i = 0; i < MEMBERS; i++) {
      int n = pipe.read(bytes, 0, SIZE);
      if (n != SIZE) {
        throw new IllegalStateException("a torn message of " + n + " bytes");
      }
      sum += Pattern.number(bytes);
    }
    return sum;
  }
}
