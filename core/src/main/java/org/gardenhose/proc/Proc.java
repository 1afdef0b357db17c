package org.gardenhose.proc;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.gardenhose.abi.Panic;
import org.gardenhose.abi.ProcAbi;
import org.gardenhose.abi.SigAction;
import org.gardenhose.abi.Signal;
import org.gardenhose.wait.WaitQueue;
import org.jspecify.annotations.Nullable;

/// A process: tasks that share signals and end together, with a number, a parent and children.
///
/// ```
/// ALIVE   -> STOPPED  // a stop signal is delivered, Task
/// STOPPED -> ALIVE    // SIGCONT or SIGKILL is posted, post
/// ALIVE   -> DYING    // exit, a fatal signal, or the last task's return, die
/// STOPPED -> DYING    // SIGKILL
/// DYING   -> ZOMBIE   // the last task is gone, taskEnded
/// ZOMBIE  -> REAPED   // a parent's wait, or nobody wants to know, ProcTable
/// ```
///
/// **Always true.** `word` is set exactly once, on the way to DYING: the first cause wins. A signal
/// is in `pending` or in one task's, never in both for one posting.
/// **Guarded by.** `lock` for all that is not final; parent, children and ZOMBIE to REAPED by the
/// [ProcTable]'s lock. Order: the table's, then one process's; no two processes' at once.
/// **Blocks.** never
/// **Learned from.** Linux `kernel/signal.c`, `kernel/exit.c`; signal(7), wait(2), credentials(7)
public final class Proc {
  /// A stage of a process's life.
  enum State {
    ALIVE,
    STOPPED,
    DYING,
    ZOMBIE,
    REAPED
  }

  private static final long STOP_SIGNALS =
      Signal.SIGSTOP.bit() | Signal.SIGTSTP.bit() | Signal.SIGTTIN.bit() | Signal.SIGTTOU.bit();

  final ProcTable procs;
  final int pid;
  final ReentrantLock lock = new ReentrantLock();

  /// The process without a parent that this one descends from, perhaps itself.
  final Proc root;

  /// How many processes with this root have not ended; meant only for a root.
  final AtomicInteger living = new AtomicInteger();

  // Guarded by the table's lock.
  volatile @Nullable Proc parent;
  private Set<Proc> children = Set.of();

  /// Where this process waits for a child to change.
  final WaitQueue childQueue = new WaitQueue();

  // Guarded by lock.
  private final SigAction[] actions;
  private final List<Task> tasks = new ArrayList<>(1);
  private long pending;
  private volatile State state = State.ALIVE;
  private int word;

  /// What a wait can report of it besides its end: a status word, 0 for nothing.
  int newsWord;

  /// Whether its parent waits until it has a program of its own or ends (`CLONE_VFORK`).
  volatile boolean borrowing;

  private volatile int group;
  private volatile String name;
  private volatile Map<String, String> environment;
  private volatile long descriptorLimit;
  private long alarmAt;
  private @Nullable Thread alarm;

  Proc(ProcTable procs, int pid, @Nullable Proc like, String name, Map<String, String> environ) {
    this.procs = procs;
    this.pid = pid;
    this.name = name;
    this.environment = environ;
    this.root = like == null ? this : like.root;
    this.group = like == null ? pid : like.group;
    root.living.incrementAndGet();
    this.descriptorLimit = like == null ? procs.descriptorLimit() : like.descriptorLimit;
    if (like == null) {
      actions = new SigAction[Signal.values().length];
      Arrays.fill(actions, SigAction.DEFAULT);
    } else {
      like.lock.lock();
      try {
        actions = like.actions.clone();
      } finally {
        like.lock.unlock();
      }
    }
  }

  // ---- What is known of it.

  /// Returns its number.
  public int pid() {
    return pid;
  }

  /// Returns the name of its program.
  public String name() {
    return name;
  }

  /// Returns the number of its group.
  public int group() {
    return group;
  }

  /// Moves the process to another group.
  public void group(int number) {
    group = number;
  }

  /// Returns the number of its parent, 0 if it has none.
  public int parentPid() {
    Proc now = parent;
    return now == null ? 0 : now.pid();
  }

  /// Returns the environment.
  public Map<String, String> environment() {
    return environment;
  }

  /// Returns how many descriptors it may have (`RLIMIT_NOFILE`).
  public long descriptorLimit() {
    return descriptorLimit;
  }

  /// Sets how many descriptors it may have.
  public void descriptorLimit(long limit) {
    descriptorLimit = limit;
  }

  /// Returns its tasks.
  public List<Task> tasks() {
    lock.lock();
    try {
      return List.copyOf(tasks);
    } finally {
      lock.unlock();
    }
  }

  /// Returns whether it has ended.
  public boolean ended() {
    return state == State.ZOMBIE || state == State.REAPED;
  }

  boolean dying() {
    return state.compareTo(State.DYING) >= 0;
  }

  /// Returns whether it is stopped.
  public boolean stopped() {
    return state == State.STOPPED;
  }

  boolean zombie() {
    return state == State.ZOMBIE;
  }

  /// Returns the status word that says how it ended.
  public int word() {
    return word;
  }

  void reaped() {
    state = State.REAPED;
  }

  // ---- Children, under the table's lock.

  Set<Proc> children() {
    return children;
  }

  void adopt(Proc child) {
    if (children.isEmpty()) {
      children = new LinkedHashSet<>(2);
    }
    child.parent = this;
    children.add(child);
  }

  void disown(Proc child) {
    children.remove(child);
  }

  /// Returns the children.
  public List<Proc> childrenNow() {
    return procs.childrenOf(this);
  }

  // ---- Tasks.

  void add(Task task) {
    lock.lock();
    try {
      tasks.add(task);
      if (state != State.ALIVE) {
        // It missed what the others were told.
        task.rouse();
      }
    } finally {
      lock.unlock();
    }
  }

  /// Takes `task` away; returns whether it was the last.
  boolean taskEnded(Task task) {
    lock.lock();
    try {
      tasks.remove(task);
      if (!tasks.isEmpty()) {
        return false;
      }
      die(0);
      state = State.ZOMBIE;
      cancelAlarm();
      return true;
    } finally {
      lock.unlock();
    }
  }

  /// Ends the process with this status word, unless it is ending already.
  void die(int word) {
    lock.lock();
    try {
      if (dying()) {
        return;
      }
      this.word = word;
      state = State.DYING;
      tasks.forEach(Task::rouse);
    } finally {
      lock.unlock();
    }
  }

  /// Becomes another program: what was caught is no longer.
  void exec(String program, Map<String, String> environ) {
    lock.lock();
    try {
      name = program;
      environment = environ;
      for (int i = 0; i < actions.length; i++) {
        if (actions[i].kind() == SigAction.Kind.HANDLER) {
          actions[i] = SigAction.DEFAULT;
        }
      }
    } finally {
      lock.unlock();
    }
  }

  // ---- Signals.

  /// Returns what is done about `signal`.
  public SigAction action(Signal signal) {
    return actions[signal.ordinal()];
  }

  /// Replaces what is done about `signal` and returns what was. A signal that is ignored from now
  /// on is forgotten if it is pending.
  public SigAction action(Signal signal, SigAction action) {
    lock.lock();
    try {
      SigAction before = actions[signal.ordinal()];
      actions[signal.ordinal()] = action;
      if (ignores(signal)) {
        pending &= ~signal.bit();
        tasks.forEach(task -> task.pending &= ~signal.bit());
      }
      return before;
    } finally {
      lock.unlock();
    }
  }

  private boolean ignores(Signal signal) {
    SigAction action = actions[signal.ordinal()];
    return switch (action.kind()) {
      case SIG_IGN -> true;
      case SIG_DFL -> signal.byDefault() == Signal.Default.IGNORE;
      case HANDLER -> false;
    };
  }

  /// Returns whether the parent wants no zombies of its children (wait(2)).
  boolean forgetsChildren() {
    SigAction action = actions[Signal.SIGCHLD.ordinal()];
    return action.kind() == SigAction.Kind.SIG_IGN || (action.flags() & ProcAbi.SA_NOCLDWAIT) != 0;
  }

  /// Sends `signal` to the process: to one task that does not block it.
  public void post(Signal signal) {
    post(signal, null);
  }

  /// Sends `signal` to `only`, or to the process if that is null.
  void post(Signal signal, @Nullable Task only) {
    TaskEvents events = procs.doors().events();
    if (events != null) {
      events.posted(this, only, signal, Task.CURRENT.isBound() ? Task.CURRENT.get() : null);
    }
    boolean continued = false;
    lock.lock();
    try {
      if (dying()) {
        return;
      }
      if (signal == Signal.SIGCONT || signal == Signal.SIGKILL) {
        forget(STOP_SIGNALS);
        continued = stopped();
        if (continued) {
          state = State.ALIVE;
          newsWord = signal == Signal.SIGCONT ? ProcAbi.CONTINUED : 0;
          tasks.forEach(Task::rouse);
        }
      } else if (signal.in(STOP_SIGNALS)) {
        forget(Signal.SIGCONT.bit());
      }
      deposit(signal, only);
    } finally {
      lock.unlock();
    }
    if (continued && signal == Signal.SIGCONT) {
      procs.childChanged(this, false);
    }
  }

  private void forget(long signals) {
    pending &= ~signals;
    tasks.forEach(task -> task.pending &= ~signals);
  }

  private void deposit(Signal signal, @Nullable Task only) {
    Task chosen = only;
    for (int i = 0; chosen == null && i < tasks.size(); i++) {
      chosen = signal.in(tasks.get(i).blocked()) ? null : tasks.get(i);
    }
    boolean blocked = chosen == null || signal.in(chosen.blocked());
    if (ignores(signal) && !blocked) {
      return;
    }
    if (only == null) {
      pending |= signal.bit();
    } else {
      only.pending |= signal.bit();
    }
    if (chosen != null && !blocked) {
      chosen.rouse();
    }
  }

  /// Returns the signals that wait for `task` or for any, blocked or not.
  long pendingFor(Task task) {
    return pending | task.pending;
  }

  /// Takes the next signal that `task` does not block, or returns null. Ignored ones are skipped.
  @Nullable Signal take(Task task) {
    lock.lock();
    try {
      for (; ; ) {
        long ready = (pending | task.pending) & ~task.blocked();
        if (ready == 0) {
          return null;
        }
        Signal signal =
            Signal.SIGKILL.in(ready)
                ? Signal.SIGKILL
                : Signal.of(Long.numberOfTrailingZeros(ready) + 1);
        if (signal == null) {
          throw new Panic("a signal without a number");
        }
        if (signal.in(task.pending)) {
          task.pending &= ~signal.bit();
        } else {
          pending &= ~signal.bit();
        }
        if (!ignores(signal)) {
          return signal;
        }
      }
    } finally {
      lock.unlock();
    }
  }

  /// Stops the process, unless it is to end or to continue already.
  void stop(Signal signal) {
    lock.lock();
    try {
      if (state != State.ALIVE) {
        return;
      }
      state = State.STOPPED;
      newsWord = ProcAbi.stopped(signal.number());
      tasks.forEach(Task::rouse);
    } finally {
      lock.unlock();
    }
    procs.childChanged(this, true);
  }

  // ---- The alarm.

  /// Has SIGALRM posted at `nanos` from now, 0 for never; returns what was left, in nanoseconds.
  public long setAlarm(long nanos) {
    lock.lock();
    try {
      long now = procs.scheduler().nanoTime();
      long left = alarm == null ? 0 : Math.max(1, alarmAt - now);
      cancelAlarm();
      if (nanos > 0) {
        long at = now + nanos;
        alarmAt = at;
        alarm = procs.machine().start("alarm of " + pid, () -> ring(at));
      }
      return left;
    } finally {
      lock.unlock();
    }
  }

  /// Returns whether an alarm is set.
  public boolean alarmed() {
    lock.lock();
    try {
      return alarm != null;
    } finally {
      lock.unlock();
    }
  }

  /// Runs on a thread of its own until the alarm is due or no longer the one that counts.
  private void ring(long at) {
    for (; ; ) {
      long left = at - procs.scheduler().nanoTime();
      lock.lock();
      try {
        if (alarm != Thread.currentThread()) {
          return;
        }
        if (left <= 0) {
          alarm = null;
          break;
        }
      } finally {
        lock.unlock();
      }
      procs.machine().scheduler().park(this, left);
    }
    post(Signal.SIGALRM);
  }

  private void cancelAlarm() {
    Thread before = alarm;
    alarm = null;
    if (before != null) {
      procs.scheduler().unpark(before);
    }
  }

  @Override
  public String toString() {
    return "proc " + pid + " (" + name + ")";
  }
}
