package org.gardenhose.pipe;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/// Threads of one kind that work together, watched by a dog: whoever is stuck is shown, with its
/// stack, instead of hanging the build.
final class Crew {
  /// A thread's work, which may fail in any way.
  interface Work {
    void run() throws Exception;
  }

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final boolean virtual;
  private final List<Thread> threads = new ArrayList<>();
  private final List<Throwable> failures = new CopyOnWriteArrayList<>();

  Crew(boolean virtual) {
    this.virtual = virtual;
  }

  /// Adds a thread that starts with the others.
  Thread add(String name, Work work) {
    Runnable guarded =
        () -> {
          try {
            work.run();
          } catch (Exception | Error e) {
            failures.add(new AssertionError(name + " failed: " + e, e));
          }
        };
    Thread thread =
        virtual
            ? Thread.ofVirtual().name(name).unstarted(guarded)
            : Thread.ofPlatform().name(name).daemon().unstarted(guarded);
    threads.add(thread);
    return thread;
  }

  /// Returns whether somebody has failed, so that the others need not go on.
  boolean failed() {
    return !failures.isEmpty();
  }

  void start() {
    threads.forEach(Thread::start);
  }

  /// Waits until all have ended.
  ///
  /// @param state what to show if they do not
  /// @throws AssertionError if a thread failed, or is still there after a minute without a failure
  void join(Supplier<String> state) throws InterruptedException {
    for (Thread thread : threads) {
      while (!thread.join(PATIENCE)) {
        if (failed()) {
          break;
        }
        throw new AssertionError("stuck: " + thread.getName() + "\n" + dump(state));
      }
    }
    if (failed()) {
      AssertionError error = new AssertionError(dump(state), failures.getFirst());
      failures.stream().skip(1).forEach(error::addSuppressed);
      throw error;
    }
  }

  private String dump(Supplier<String> state) {
    StringBuilder text = new StringBuilder(state.get());
    for (Thread thread : threads) {
      if (thread.isAlive()) {
        text.append('\n').append(thread.getName()).append(": ").append(thread.getState());
        for (StackTraceElement frame : thread.getStackTrace()) {
          text.append("\n    at ").append(frame);
        }
      }
    }
    return text.toString();
  }
}
