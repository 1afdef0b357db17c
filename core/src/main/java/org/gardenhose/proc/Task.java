package org.gardenhose.proc;

import java.util.List;
import org.gardenhose.abi.Errno;
import org.gardenhose.abi.Panic;
import org.gardenhose.abi.ProcAbi;
import org.gardenhose.abi.Program;
import org.gardenhose.abi.SigAction;
import org.gardenhose.abi.Signal;
import org.gardenhose.file.DescriptorTable;
import org.gardenhose.pipe.KernelPipe;
import org.gardenhose.wait.Deadlines;
import org.gardenhose.wait.Scheduler;
import org.jspecify.annotations.Nullable;

/// A thread of a process: what runs, sleeps, and is told of signals.
///
/// **Always true.** Signals are seen to on return to user mode, by the task's own thread and nobody
/// else's. `attention` is set whenever there may be something to see to; it may be set for nothing.
/// **Guarded by.** `pending` by the process's lock; `attention` and `sleep` are volatile; the rest
/// belongs to the task's own thread
/// **Blocks.** [#userMode] while the process is stopped, and as handlers do
/// **Learned from.** Linux `struct task_struct`, `exit_to_user_mode_loop`, `get_signal`; signal(7);
/// L-56 to L-63
public final class Task implements KernelPipe.Wait {
  /// The task whose thread this is.
  static final ScopedValue<Task> CURRENT = ScopedValue.newInstance();

  private final Proc proc;
  private final int tid;
  private final boolean leader;
  private DescriptorTable table;
  private final FsContext context;
  private volatile @Nullable Thread thread;

  /// Signals sent to this task alone.
  long pending;

  private volatile long blocked;
  private volatile boolean attention;

  /// Set when another task of the process becomes another program.
  private volatile boolean leaving;

  /// What the task waits for; null while it runs.
  private volatile @Nullable Sleep sleep;

  /// How often it began or ended to wait: unchanged means that it slept all the time.
  private volatile long sleeps;

  /// The mask to return to once the signal has come that `sigsuspend` waits for, and whether.
  private long suspendedMask;

  private boolean suspended;

  /// Set while a call runs that does not want SIGPIPE (`RWF_NOSIGNAL`).
  private boolean quiet;

  Task(Proc proc, int tid, DescriptorTable table, FsContext context, long blocked) {
    this.proc = proc;
    this.tid = tid;
    this.leader = tid == proc.pid();
    this.table = table;
    this.context = context;
    this.blocked = blocked;
  }

  // ---- What is known of it.

  /// Returns the process.
  public Proc proc() {
    return proc;
  }

  /// Returns the task's number; that of the process for its first.
  public int tid() {
    return tid;
  }

  /// Returns the descriptors.
  public DescriptorTable table() {
    return table;
  }

  /// Returns the scheduler that the task waits with.
  public Scheduler scheduler() {
    return proc.procs.scheduler();
  }

  /// Returns working directory, credentials, umask.
  public FsContext context() {
    return context;
  }

  /// Returns which signals are blocked.
  public long blocked() {
    return blocked;
  }

  /// Returns what the task waits for; null while it runs, or has been woken and will.
  public @Nullable Sleep sleep() {
    Sleep now = sleep;
    Thread sleeper = thread;
    return now != null && sleeper != null && proc.procs.machine().asleep(sleeper) ? now : null;
  }

  /// Returns a number that changes whenever the task goes to sleep or wakes.
  public long sleeps() {
    return sleeps;
  }

  boolean isLeader() {
    return leader;
  }

  // ---- Life.

  /// Starts the task's thread, which runs `body` and then ends the task.
  void start(Body body) {
    Machine machine = proc.procs.machine();
    thread = machine.start(proc.name() + " " + tid, () -> live(body));
  }

  /// What a task does; returns the exit status.
  @FunctionalInterface
  public interface Body {
    int run(Task task);
  }

  private void live(Body body) {
    ScopedValue.where(CURRENT, this)
        .run(
            () -> {
              Body next = body;
              while (next != null) {
                next = runOnce(next);
              }
              end();
            });
  }

  /// Runs the program up to its end or until another takes its place, which is returned.
  private @Nullable Body runOnce(Body body) {
    try {
      thread = Thread.currentThread();
      int status = body.run(this);
      TaskEvents events = proc.procs.doors().events();
      if (events != null) {
        events.returned(this, status);
      }
      if (leader) {
        proc.die(ProcAbi.exited(status));
      }
    } catch (Unwind unwind) {
      Program program = unwind.program;
      if (program != null) {
        return task -> program.main(proc.procs.doors().door(task), unwind.argv);
      }
    } catch (Panic panic) {
      proc.die(ProcAbi.killed(Signal.SIGSYS.number()));
      proc.procs.panicked(panic);
    } catch (Throwable thrown) {
      // A program's mistake ends the process and nothing else, whatever it is.
      proc.procs.doors().report(this, thrown);
      proc.die(ProcAbi.killed(Signal.SIGABRT.number()));
    }
    return null;
  }

  private void end() {
    table.leave();
    TaskEvents events = proc.procs.doors().events();
    if (events != null) {
      events.ended(this);
    }
    proc.procs.taskEnded(this);
  }

  /// Ends the process with `status`. Never returns.
  public void exit(int status) {
    proc.die(ProcAbi.exited(status));
    throw new Unwind();
  }

  /// Goes on with `program` in this process, whose other tasks end. Never returns.
  public void exec(
      Program program, String name, List<String> argv, java.util.Map<String, String> environ) {
    proc.procs.endOthers(this);
    proc.exec(name, environ);
    if (!table.unshared()) {
      DescriptorTable own = table.copy();
      table.leave();
      table = own;
    }
    table.closeOnExec();
    proc.procs.execDone(proc);
    throw new Unwind(program, argv);
  }

  // ---- Signals.

  /// Has the task look at its signals: wakes it if it sleeps.
  void rouse() {
    attention = true;
    Thread sleeper = thread;
    if (sleeper != null) {
      proc.procs.scheduler().unpark(sleeper);
    }
  }

  /// Returns whether a call that waits should give up.
  public boolean signalled() {
    return attention
        && (proc.dying() || proc.stopped() || leaving || (proc.pendingFor(this) & ~blocked) != 0);
  }

  /// Returns whether the task is to end without returning to its program.
  public boolean doomed() {
    return proc.dying() || leaving || Signal.SIGKILL.in(proc.pendingFor(this));
  }

  void leave() {
    leaving = true;
    rouse();
  }

  /// Sets which signals are blocked; SIGKILL and SIGSTOP never are.
  public void block(long mask) {
    blocked = mask & ~(Signal.SIGKILL.bit() | Signal.SIGSTOP.bit());
    attention = true;
  }

  /// Blocks `mask` until a handler has run (sigsuspend(2)).
  public void suspend(long mask) {
    if (!suspended) {
      suspendedMask = blocked;
      suspended = true;
    }
    block(mask);
  }

  /// Sends `signal` to this task alone.
  public void post(Signal signal) {
    proc.post(signal, this);
  }

  /// Returns which blocked signals wait to be delivered.
  public long pendingBlocked() {
    return proc.pendingFor(this) & blocked;
  }

  /// Sends SIGPIPE to the task, unless the call that runs said not to (L-56, L-57).
  void brokenPipe() {
    if (!quiet) {
      proc.post(Signal.SIGPIPE, this);
    }
  }

  /// Sets whether the call that runs wants no SIGPIPE.
  public void quiet(boolean on) {
    quiet = on;
  }

  /// Enters the kernel: what is to be seen to is seen to first, as if the signal had come before
  /// the call. A task that is to end does not come further.
  public void enter() {
    if (attention) {
      seeToSignals(false, false);
    }
  }

  /// Goes back to user mode from a call that came to `result`: sees to signals, and lets others run
  /// on a machine where tasks take turns.
  ///
  /// @return whether the call has to be made again: it was interrupted by something that the
  /// program does not see, or by a handler with `SA_RESTART`
  public boolean again(long result) {
    if (attention) {
      return seeToSignals(result == Errno.EINTR.result(), true);
    }
    return false;
  }

  /// The same for a call that no handler restarts: poll, pause and their kin (signal(7)).
  public boolean againUnlessHandled(long result) {
    if (attention) {
      return seeToSignals(result == Errno.EINTR.result(), false);
    }
    return false;
  }

  private boolean seeToSignals(boolean interrupted, boolean restartable) {
    boolean handled = false;
    boolean restart = true;
    attention = false;
    for (; ; ) {
      if (proc.dying() || leaving) {
        attention = true;
        throw new Unwind();
      }
      if (proc.stopped()) {
        awaitContinue();
        continue;
      }
      Signal signal = proc.take(this);
      if (signal == null) {
        break;
      }
      TaskEvents events = proc.procs.doors().events();
      if (events != null) {
        events.delivered(this, signal);
      }
      SigAction action = proc.action(signal);
      if (action.kind() == SigAction.Kind.HANDLER) {
        restart &= handled || (action.flags() & ProcAbi.SA_RESTART) != 0;
        handled = true;
        handle(signal, action);
      } else {
        byDefault(signal);
      }
    }
    if (handled || !suspended) {
      return interrupted && (!handled || restartable && restart);
    }
    return interrupted;
  }

  private void byDefault(Signal signal) {
    switch (signal.byDefault()) {
      case TERMINATE -> proc.die(ProcAbi.killed(signal.number()));
      case STOP -> {
        proc.stop(signal);
        TaskEvents events = proc.procs.doors().events();
        if (events != null) {
          events.stopped(this, signal);
        }
      }
      case IGNORE, CONTINUE -> {}
    }
  }

  private void handle(Signal signal, SigAction action) {
    long mask = suspended ? suspendedMask : blocked;
    suspended = false;
    if ((action.flags() & ProcAbi.SA_RESETHAND) != 0) {
      proc.action(signal, SigAction.DEFAULT);
    }
    boolean again = (action.flags() & ProcAbi.SA_NODEFER) != 0;
    block(blocked | action.mask() | (again ? 0 : signal.bit()));
    try {
      action.handler().handle(signal.number());
    } finally {
      block(mask);
    }
  }

  private void awaitContinue() {
    Scheduler scheduler = proc.procs.scheduler();
    Sleep before = sleep;
    sleeping(new Sleep.Stopped());
    while (proc.stopped()) {
      scheduler.park(this, Deadlines.NEVER);
    }
    sleeping(before);
  }

  // ---- Waiting.

  /// Lets others run.
  public void yield() {
    Machine machine = proc.procs.machine();
    if (machine.takesTurns()) {
      machine.pause();
    } else {
      Thread.yield();
    }
  }

  /// Says what the task is about to wait for, null that it no longer waits.
  public void sleeping(@Nullable Sleep what) {
    sleep = what;
    sleeps++;
  }

  /// Ends the wait that [#sleeping] told of.
  @Override
  public void ended() {
    sleeping(null);
  }

  /// Sleeps until a signal comes, or the clock has reached `deadline`.
  ///
  /// @return minus `EINTR`, or 0 at the deadline
  public long sleepUntil(long deadline) {
    Scheduler scheduler = proc.procs.scheduler();
    sleeping(deadline == Deadlines.NEVER ? new Sleep.OnSignal() : new Sleep.OnTime());
    try {
      while (!signalled()) {
        long left = deadline == Deadlines.NEVER ? deadline : deadline - scheduler.nanoTime();
        if (left <= 0) {
          return 0;
        }
        scheduler.park(this, left);
      }
      return Errno.EINTR.result();
    } finally {
      ended();
    }
  }

  @Override
  public String toString() {
    return leader ? proc.toString() : proc + " thread " + tid;
  }
}
