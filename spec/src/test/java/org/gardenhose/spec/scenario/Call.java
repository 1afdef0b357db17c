package org.gardenhose.spec.scenario;

import java.util.function.ToLongFunction;
import org.gardenhose.abi.Errno;
import org.gardenhose.abi.Sys;
import org.jspecify.annotations.Nullable;

/// A call that another thread or process makes, and that may block.
public final class Call {
  private final Stage stage;
  private final String name;
  private volatile long result;
  private volatile boolean done;
  private volatile @Nullable Throwable failure;
  private long tid;

  Call(Stage stage, String name) {
    this.stage = stage;
    this.name = name;
  }

  void started(long number) {
    tid = new Outcome(name, number).succeeds();
  }

  /// What the thread or process does.
  int make(Sys sys, ToLongFunction<Sys> body) {
    try {
      result = body.applyAsLong(sys);
      done = true;
    } catch (AssertionError | RuntimeException e) {
      failure = e;
      done = true;
    }
    return 0;
  }

  /// Returns the number of the thread or process.
  public long tid() {
    return tid;
  }

  boolean done() {
    return done;
  }

  boolean settled() {
    return done || stage.subject().asleep(tid);
  }

  /// Claims that the call blocks: whoever makes it is asleep, and stays so.
  public Call blocks() {
    stage.settle();
    if (done) {
      throw new AssertionError(
          "%s: expected to block, got %s".formatted(name, Outcome.text(result)));
    }
    return this;
  }

  /// Claims that the call has come to an end by now, without anything more being done.
  public Outcome ends() {
    stage.settle();
    if (!done) {
      throw new AssertionError(name + ": expected to have ended, it blocks");
    }
    Throwable thrown = failure;
    if (thrown != null) {
      throw new AssertionError(name + " failed", thrown);
    }
    return new Outcome(name, result);
  }

  /// Claims that the call has succeeded by now with this number.
  public void returns(long expected) {
    ends().returns(expected);
  }

  /// Claims that the call has failed by now with this error.
  public void failsWith(Errno errno) {
    ends().failsWith(errno);
  }
}
