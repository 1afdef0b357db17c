package org.gardenhose.proc;

import org.gardenhose.wait.Scheduler;
import org.gardenhose.wait.Uniprocessor;

/// What the processes run on: as many processors as there are, or one that a seed drives.
///
/// **Blocks.** [#pause], on one processor
public sealed interface Machine {
  /// Returns the scheduler below the kernel's own.
  Scheduler scheduler();

  /// Makes and starts a thread for a task.
  Thread start(String name, Runnable body);

  /// Lets another task run on return to user mode; nothing where tasks run in parallel.
  void pause();

  /// Returns whether `thread` is parked and nobody has unparked it.
  boolean asleep(Thread thread);

  /// Returns whether tasks take turns, so that every return from a call must [#pause].
  boolean takesTurns();

  /// Each task a virtual thread of its own.
  record Parallel() implements Machine {
    @Override
    public Scheduler scheduler() {
      return Scheduler.SMP;
    }

    @Override
    public Thread start(String name, Runnable body) {
      return Thread.ofVirtual().name(name).start(body);
    }

    @Override
    public void pause() {}

    @Override
    public boolean asleep(Thread thread) {
      Thread.State state = thread.getState();
      return state == Thread.State.WAITING || state == Thread.State.TIMED_WAITING;
    }

    @Override
    public boolean takesTurns() {
      return false;
    }
  }

  /// One task at a time.
  record Single(Uniprocessor processor) implements Machine {
    @Override
    public Scheduler scheduler() {
      return processor;
    }

    @Override
    public Thread start(String name, Runnable body) {
      return processor.spawn(name, body);
    }

    @Override
    public void pause() {
      processor.pause();
    }

    @Override
    public boolean asleep(Thread thread) {
      return processor.isAsleep(thread);
    }

    @Override
    public boolean takesTurns() {
      return true;
    }
  }
}
