package org.gardenhose.wait;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Semaphore;
import org.gardenhose.abi.Panic;
import org.jspecify.annotations.Nullable;

/// A machine with one processor: tasks take turns, in an order that is drawn from a seed.
///
/// A task is a thread of this scheduler's own. Exactly one runs at a time; it goes on until it
/// parks, says [#pause], or ends, and then the next is drawn from those that can run. So the same
/// seed gives the same run, and "nothing can run, somebody is asleep" is seen exactly, without
/// waiting for it. Time stands still while anybody can run; when nobody can, it jumps to the next
/// deadline.
///
/// ```
/// READY   -> RUNNING  // dispatch: drawn from the seed
/// RUNNING -> ASLEEP   // park, without a permit
/// RUNNING -> READY    // pause
/// RUNNING -> DONE     // the task's end
/// ASLEEP  -> READY    // unpark; interrupt; the clock has reached its deadline
/// ```
///
/// **Always true.** At most one task is RUNNING, and then whoever called [#run] waits for it; a
/// task that is DONE is forgotten.
/// **Guarded by.** being the one that runs: every field is touched only by the running task, or
/// between two runs by the thread that owns the scheduler. The semaphores hand the fields on.
/// **Blocks.** [#park] and [#pause] let others run; [#run] and [#settle] until nobody can
/// **Not promised.** A thread that is interrupted by anything but [#interrupt] sleeps on.
/// **Learned from.** the baton of Unix before preemption, `swtch` and `sleep` of V6; FoundationDB's
/// simulation
public final class Uniprocessor implements Scheduler {
  private enum State {
    READY,
    RUNNING,
    ASLEEP,
    DONE
  }

  /// One thread of this machine.
  private static final class Task {
    final String name;
    final Thread thread;

    /// Given to the task each time it may run.
    final Semaphore turn = new Semaphore(0);

    State state = State.READY;
    boolean permit;
    long deadline = Deadlines.NEVER;
    @Nullable Object blocker;

    Task(String name, Thread thread) {
      this.name = name;
      this.thread = thread;
    }
  }

  private final SplittableRandom random;

  /// Those that are not DONE, in the order of their making.
  private final List<Task> tasks = new ArrayList<>();

  private final Map<Thread, Task> byThread = new HashMap<>();

  /// Given to whoever called [#run], when nobody can run any more.
  private final Semaphore idle = new Semaphore(0);

  private @Nullable Task running;
  private @Nullable Throwable failure;
  private boolean timePasses;
  private long now;
  private long switches;

  /// Makes a machine without tasks, whose clock stands at 0.
  public Uniprocessor(long seed) {
    random = new SplittableRandom(seed);
  }

  // ---- Tasks.

  /// Adds a task that will run `program`, and returns its thread.
  public Thread spawn(String name, Runnable program) {
    Thread thread = Thread.ofVirtual().name(name).unstarted(() -> live(program));
    Task task = new Task(name, thread);
    tasks.add(task);
    byThread.put(thread, task);
    return thread;
  }

  private void live(Runnable program) {
    Task me = current();
    me.turn.acquireUninterruptibly();
    try {
      program.run();
    } catch (RuntimeException | Error e) {
      failure = failure == null ? e : failure;
    }
    me.state = State.DONE;
    tasks.remove(me);
    byThread.remove(me.thread);
    dispatch();
  }

  /// Runs the tasks until all are done, or those that are left would sleep for ever: then [#asleep]
  /// names them. Time passes when nobody can run otherwise.
  ///
  /// @throws IllegalStateException if a task failed, with what it threw as the cause
  public void run() {
    go(true);
  }

  /// Runs the tasks until none can run at this very moment; time does not pass.
  ///
  /// @throws IllegalStateException if a task failed, with what it threw as the cause
  public void settle() {
    go(false);
  }

  private void go(boolean timePasses) {
    if (running != null) {
      throw new Panic("a task runs the machine that runs it");
    }
    this.timePasses = timePasses;
    dispatch();
    idle.acquireUninterruptibly();
    Throwable thrown = failure;
    if (thrown != null) {
      failure = null;
      throw new IllegalStateException("a task failed: " + thrown, thrown);
    }
  }

  /// Lets others run; the calling task goes on when it is drawn again.
  public void pause() {
    Task me = current();
    me.state = State.READY;
    leave(me);
  }

  /// Interrupts the task that runs on `thread`, which ends its sleep.
  public void interrupt(Thread thread) {
    Task task = byThread.get(thread);
    if (task != null) {
      thread.interrupt();
      rouse(task);
    }
  }

  /// Returns whether the task that runs on `thread` is asleep: it will not run before somebody
  /// wakes it or its deadline comes.
  public boolean isAsleep(Thread thread) {
    Task task = byThread.get(thread);
    return task != null && task.state == State.ASLEEP;
  }

  /// Returns the names of those that are asleep, in the order of their making.
  public List<String> asleep() {
    return tasks.stream().filter(t -> t.state == State.ASLEEP).map(t -> t.name).toList();
  }

  /// Returns how often the processor went from one task to the next or back to the same.
  public long switches() {
    return switches;
  }

  // ---- Choosing who runs.

  /// Gives the processor to one that can run, or to whoever called [#run] if there is none.
  private void dispatch() {
    running = null;
    Task next = draw();
    if (next == null && timePasses && advanceClock()) {
      next = draw();
    }
    if (next == null) {
      idle.release();
      return;
    }
    switches++;
    running = next;
    next.state = State.RUNNING;
    next.turn.release();
    if (next.thread.getState() == Thread.State.NEW) {
      next.thread.start();
    }
  }

  private @Nullable Task draw() {
    int ready = 0;
    for (Task task : tasks) {
      ready += task.state == State.READY ? 1 : 0;
    }
    int chosen = ready > 1 ? random.nextInt(ready) : 0;
    for (Task task : tasks) {
      if (task.state == State.READY && chosen-- == 0) {
        return task;
      }
    }
    return null;
  }

  /// Moves the clock on to the next deadline; returns whether there is one.
  private boolean advanceClock() {
    long next = Deadlines.NEVER;
    for (Task task : tasks) {
      next = Math.min(next, task.deadline);
    }
    if (next == Deadlines.NEVER) {
      return false;
    }
    now = Math.max(now, next);
    for (Task task : tasks) {
      if (task.deadline <= now) {
        rouse(task);
      }
    }
    return true;
  }

  /// Gives the processor up and waits to be drawn again.
  private void leave(Task me) {
    dispatch();
    me.turn.acquireUninterruptibly();
  }

  private void rouse(Task task) {
    if (task.state == State.ASLEEP) {
      task.state = State.READY;
      task.deadline = Deadlines.NEVER;
      task.blocker = null;
    }
  }

  private Task current() {
    Task task = byThread.get(Thread.currentThread());
    if (task == null) {
      throw new Panic("a thread that is no task would sleep");
    }
    return task;
  }

  // ---- What the kernel uses.

  @Override
  public void park(Object blocker, long nanos) {
    Task me = current();
    if (me.permit || Thread.currentThread().isInterrupted() || nanos <= 0) {
      me.permit = false;
      return;
    }
    me.state = State.ASLEEP;
    me.blocker = blocker;
    // The sum overflows for a wait of centuries: as good as no deadline.
    me.deadline = nanos < Deadlines.NEVER - now ? now + nanos : Deadlines.NEVER;
    leave(me);
    me.permit = false;
  }

  @Override
  public void unpark(Thread thread) {
    Task task = byThread.get(thread);
    if (task != null) {
      task.permit = true;
      rouse(task);
    }
  }

  /// Returns 0: whoever watches keeps the one it watches for from running.
  @Override
  public long spinNanos() {
    return 0;
  }

  @Override
  public long nanoTime() {
    return now;
  }

  /// Says what the time is and who does what, one task a line.
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("at " + now + " ns");
    for (Task task : tasks) {
      text.append("\n  ").append(task.name).append(": ").append(task.state);
      if (task.blocker != null) {
        text.append(" on ").append(task.blocker);
      }
    }
    return text.toString();
  }
}
