package org.gardenhose;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/// A call that is expected to wait, made in a thread of its own.
///
/// Whether it waits is asked of the pipe, which knows its waiters, and never of a clock. The limit
/// of a minute only ends a test that hangs.
final class Blocked<T> {
  private static final int LIMIT_SECONDS = 60;

  private final Thread thread;
  private final CompletableFuture<T> result;

  private Blocked(Thread thread, CompletableFuture<T> result) {
    this.thread = thread;
    this.result = result;
  }

  /// Makes the call in a virtual or a platform thread and returns at once.
  static <T> Blocked<T> call(boolean virtual, Callable<T> call) {
    CompletableFuture<T> result = new CompletableFuture<>();
    Runnable body =
        () -> {
          try {
            result.complete(call.call());
          } catch (Throwable e) {
            result.completeExceptionally(e);
          }
        };
    Thread thread = virtual ? Thread.ofVirtual().start(body) : Thread.ofPlatform().start(body);
    return new Blocked<>(thread, result);
  }

  /// Makes the call in a virtual thread, and returns once a reader waits in the pipe of `end`.
  static <T> Blocked<T> reader(PipeEnd end, Callable<T> call) {
    return reader(true, end, call);
  }

  static <T> Blocked<T> reader(boolean virtual, PipeEnd end, Callable<T> call) {
    return until(virtual, () -> ((PipeEndFile) end).pipe().waitingReaders() > 0, call);
  }

  /// Makes the call in a virtual thread, and returns once a writer waits in the pipe of `end`.
  static <T> Blocked<T> writer(PipeEnd end, Callable<T> call) {
    return writer(true, end, call);
  }

  static <T> Blocked<T> writer(boolean virtual, PipeEnd end, Callable<T> call) {
    return until(virtual, () -> ((PipeEndFile) end).pipe().waitingWriters() > 0, call);
  }

  private static <T> Blocked<T> until(boolean virtual, BooleanSupplier waiting, Callable<T> call) {
    Blocked<T> blocked = call(virtual, call);
    while (!waiting.getAsBoolean()) {
      assertThat(blocked.result).as("the call has not returned").isNotDone();
      Thread.yield();
    }
    return blocked;
  }

  Thread thread() {
    return thread;
  }

  boolean returned() {
    return result.isDone();
  }

  /// Returns what the call returned, once it has.
  T result() throws Exception {
    try {
      return result.orTimeout(LIMIT_SECONDS, TimeUnit.SECONDS).join();
    } catch (CompletionException e) {
      throw new AssertionError("the call failed", e.getCause());
    }
  }

  /// Returns what the call threw, once it has.
  Throwable failure() {
    try {
      T value = result.orTimeout(LIMIT_SECONDS, TimeUnit.SECONDS).join();
      throw new AssertionError("the call returned " + value);
    } catch (CompletionException e) {
      return e.getCause();
    }
  }
}
