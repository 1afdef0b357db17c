package org.gardenhose.bench.measure;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.gardenhose.Pipe;
import org.gardenhose.bench.BytePipe;
import org.gardenhose.bench.peers.Peer;

/// Somebody is parked at a pipe: how long from what should wake it until it runs?
public record Wake(ThreadKind kind) {
  private static final int CAPACITY = 1 << 16;

  /// How long the parked one is left alone, so that its processor is asleep as well.
  private static final long SLEEPY_NANOS = 100_000;

  private static final long PATIENT_NANOS = 200_000;

  private static final int SAMPLES_MAX = 20_000;

  /// A pipe in the way of a thread that waits for its end needs a new pipe a sample.
  private static final int PIPES_MAX = 1_000;

  private static final long NEVER = Long.MIN_VALUE;

  /// What wakes the one that is parked.
  public enum By {
    /// The last write end is closed while a reader waits.
    END_OF_STREAM,
    /// The last read end is closed while a writer waits.
    BROKEN_PIPE
  }

  /// When the woken one looked at the clock.
  private static final class Alarm {
    private volatile long rang = NEVER;

    void ring() {
      rang = System.nanoTime();
    }

    /// Waits for the clock without giving the processor away, or the woken one might run there;
    /// after a while it may.
    long await() {
      long patient = System.nanoTime() + PATIENT_NANOS;
      while (rang == NEVER) {
        if (System.nanoTime() < patient) {
          Thread.onSpinWait();
        } else {
          Thread.yield();
        }
      }
      return rang;
    }
  }

  /// Writes single bytes for that long, none of them flushed beyond what the peer always does, each
  /// to a parked reader. Returns the nanoseconds until it was seen, sorted.
  ///
  /// @throws Exception if the pipe cannot be opened
  public long[] bytes(Peer peer, long nanos) throws Exception {
    BytePipe pipe = peer.open(CAPACITY, 1);
    Alarm alarm = new Alarm();
    Thread reader =
        kind.start(
            () -> {
              byte[] one = new byte[1];
              while (pipe.read(one, 0, 1) == 1) {
                alarm.ring();
              }
            });
    List<Long> times = new ArrayList<>();
    Thread writer = kind.start(() -> write(pipe, reader, alarm, times, nanos));
    ThreadKind.join(List.of(writer, reader));
    return sorted(times);
  }

  private static void write(BytePipe pipe, Thread reader, Alarm alarm, List<Long> times, long nanos)
      throws Exception {
    byte[] one = new byte[1];
    long end = System.nanoTime() + nanos;
    while (System.nanoTime() < end && times.size() < SAMPLES_MAX) {
      awaitParked(reader);
      alarm.rang = NEVER;
      long began = System.nanoTime();
      pipe.write(one, 0, 1);
      times.add(alarm.await() - began);
    }
    pipe.closeWrite();
  }

  /// Closes the other end of pipes at which a thread waits, one pipe after the other for that long.
  /// Returns the nanoseconds until that thread was out of its call, sorted.
  ///
  /// @throws Exception if a pipe cannot be opened
  public long[] closes(By by, long nanos) throws Exception {
    List<Long> times = new ArrayList<>();
    long end = System.nanoTime() + nanos;
    while (System.nanoTime() < end && times.size() < PIPES_MAX) {
      Thread closer = kind.start(() -> times.add(close(by)));
      closer.join();
    }
    return sorted(times);
  }

  private long close(By by) throws IOException, InterruptedException {
    Pipe pipe = Pipe.open(CAPACITY);
    Alarm alarm = new Alarm();
    Thread waiting = kind.start(() -> waitAt(pipe, by, alarm));
    awaitParked(waiting);
    long began = System.nanoTime();
    switch (by) {
      case END_OF_STREAM -> pipe.writeEnd().close();
      case BROKEN_PIPE -> pipe.readEnd().close();
    }
    long took = alarm.await() - began;
    waiting.join();
    return took;
  }

  private static void waitAt(Pipe pipe, By by, Alarm alarm) throws IOException {
    byte[] bytes = new byte[2 * CAPACITY];
    try {
      switch (by) {
        case END_OF_STREAM -> pipe.readEnd().read(bytes);
        case BROKEN_PIPE -> pipe.writeEnd().write(bytes);
      }
    } catch (org.gardenhose.BrokenPipeException e) {
      if (by != By.BROKEN_PIPE) {
        throw e;
      }
    }
    alarm.ring();
  }

  /// Waits until `thread` is parked, and a little longer.
  static void awaitParked(Thread thread) {
    while (!parked(thread)) {
      Thread.yield();
    }
    long end = System.nanoTime() + SLEEPY_NANOS;
    while (System.nanoTime() < end) {
      Thread.onSpinWait();
    }
  }

  private static boolean parked(Thread thread) {
    return switch (thread.getState()) {
      case WAITING, TIMED_WAITING, BLOCKED -> true;
      case RUNNABLE -> thread.isAlive() && inNativeRead(thread);
      case NEW, TERMINATED -> false;
    };
  }

  /// A thread that waits in the kernel for a pipe counts as runnable; the top of its stack tells.
  private static boolean inNativeRead(Thread thread) {
    if (thread.isVirtual()) {
      return false;
    }
    StackTraceElement[] stack = thread.getStackTrace();
    return stack.length > 0
        && stack[0].isNativeMethod()
        && stack[0].getMethodName().contains("read");
  }

  private static long[] sorted(List<Long> times) {
    long[] sorted = times.stream().mapToLong(Long::longValue).toArray();
    Arrays.sort(sorted);
    return sorted;
  }
}
