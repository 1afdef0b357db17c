package org.gardenhose.bench.measure;

import java.util.concurrent.locks.LockSupport;

/// The kind of thread that moves the bytes.
public enum ThreadKind {
  /// A thread of the operating system.
  PLATFORM,
  /// A thread of the JVM's scheduler.
  VIRTUAL;

  /// Code that may fail in any way.
  @FunctionalInterface
  public interface Work {
    /// Does it.
    ///
    /// @throws Exception whatever goes wrong
    void run() throws Exception;
  }

  /// Returns what the results call it.
  public String label() {
    return this == VIRTUAL ? "virtual" : "platform";
  }

  /// Starts `work` in a new thread. A failure ends the JVM: a benchmark that loses data has no
  /// result.
  public Thread start(Work work) {
    Runnable task = () -> attempt(work);
    return this == VIRTUAL
        ? Thread.ofVirtual().start(task)
        : Thread.ofPlatform().daemon().start(task);
  }

  private static void attempt(Work work) {
    try {
      work.run();
    } catch (Exception | Error e) {
      System.err.println(Thread.currentThread() + " failed: " + e);
      for (StackTraceElement caller : e.getStackTrace()) {
        System.err.println("  at " + caller);
      }
      Runtime.getRuntime().halt(1);
    }
  }

  /// Waits until all have ended.
  static void join(Iterable<Thread> threads) throws InterruptedException {
    for (Thread thread : threads) {
      thread.join();
    }
  }

  /// Does nothing for that long.
  static void rest(long nanos) {
    long end = System.nanoTime() + nanos;
    for (long left = nanos; left > 0; left = end - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }
}
