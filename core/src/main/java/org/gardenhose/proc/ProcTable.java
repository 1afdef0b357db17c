package org.gardenhose.proc;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.gardenhose.abi.Errno;
import org.gardenhose.abi.Panic;
import org.gardenhose.abi.ProcAbi;
import org.gardenhose.abi.SigAction;
import org.gardenhose.abi.Signal;
import org.gardenhose.abi.Sys;
import org.gardenhose.file.DescriptorTable;
import org.gardenhose.pipe.KernelPipe;
import org.gardenhose.pipe.SystemPipe;
import org.gardenhose.wait.Deadlines;
import org.gardenhose.wait.Scheduler;
import org.gardenhose.wait.WaitQueue;
import org.gardenhose.wait.Waiter;
import org.jspecify.annotations.Nullable;

/// All processes of a kernel: who is whose child, and how they come and go.
///
/// **Always true.** Every process but a root has a parent that has not ended; when a parent ends,
/// the root becomes it. No process outlives its root for long. Numbers are not used again.
/// **Guarded by.** `family` for parents, children and what a wait reports; it is taken before a
/// process's own lock
/// **Blocks.** [#await], [#endOthers]
/// **Learned from.** Linux `kernel/fork.c`, `kernel/exit.c`; fork(2), clone(2), wait4(2); L-126
public final class ProcTable implements SystemPipe.Observer {
  /// What gives tasks their system calls; above this package.
  public interface Doors {
    /// Returns the door to the kernel of `task`.
    Sys door(Task task);

    /// Says on the task's standard error that its program threw `thrown`.
    void report(Task task, Throwable thrown);

    /// Returns who hears what becomes of tasks, or null if nobody does.
    @Nullable TaskEvents events();
  }

  private final Machine machine;
  private final Scheduler scheduler;
  private final Doors doors;
  private final long descriptorLimit;
  private final Map<Integer, Proc> procs = new ConcurrentHashMap<>();
  private final AtomicInteger numbers = new AtomicInteger();
  private final ReentrantLock family = new ReentrantLock();

  /// Where tasks wait for others of their process to end, or for a child to have its own program.
  private final WaitQueue ends = new WaitQueue();

  /// Where threads that are no tasks wait for a root and all its descendants to end.
  private final WaitQueue outside = new WaitQueue();

  private volatile @Nullable Panic panic;

  /// Makes a table without processes.
  public ProcTable(Machine machine, Doors doors, long descriptorLimit) {
    this.machine = machine;
    this.scheduler = new KernelScheduler(machine.scheduler());
    this.doors = doors;
    this.descriptorLimit = descriptorLimit;
  }

  Machine machine() {
    return machine;
  }

  /// Returns the scheduler that everything in the kernel waits with.
  public Scheduler scheduler() {
    return scheduler;
  }

  Doors doors() {
    return doors;
  }

  long descriptorLimit() {
    return descriptorLimit;
  }

  /// Returns the processes that are not reaped.
  public Collection<Proc> all() {
    return procs.values();
  }

  /// Returns the process with this number, or null.
  public @Nullable Proc find(long pid) {
    return pid > 0 && pid <= Integer.MAX_VALUE ? procs.get((int) pid) : null;
  }

  List<Proc> childrenOf(Proc proc) {
    family.lock();
    try {
      return List.copyOf(proc.children());
    } finally {
      family.unlock();
    }
  }

  /// Returns whether some process is in group `group`.
  public boolean hasGroup(long group) {
    return procs.values().stream().anyMatch(proc -> proc.group() == group);
  }

  // ---- Beginning.

  /// Starts a process without a parent.
  public Proc spawn(
      String name,
      Map<String, String> environment,
      FsContext context,
      DescriptorTable table,
      Task.Body body) {
    Proc proc = new Proc(this, numbers.incrementAndGet(), null, name, environment);
    begin(new Task(proc, proc.pid(), table, context, 0), body);
    return proc;
  }

  private void begin(Task task, Task.Body body) {
    Proc proc = task.proc();
    proc.add(task);
    procs.putIfAbsent(proc.pid(), proc);
    task.start(body);
  }

  /// Makes a process or a task that shares with `caller` what `flags` say (clone(2)).
  ///
  /// @return its number
  public long clone(Task caller, int flags, Task.Body body) {
    Proc mine = caller.proc();
    int tid = numbers.incrementAndGet();
    boolean files = (flags & ProcAbi.CLONE_FILES) != 0;
    DescriptorTable table = files ? caller.table().share() : caller.table().copy();
    boolean sameTree = (flags & ProcAbi.CLONE_FS) != 0;
    FsContext context = sameTree ? caller.context() : caller.context().copy();
    if ((flags & ProcAbi.CLONE_THREAD) != 0) {
      begin(new Task(mine, tid, table, context, caller.blocked()), body);
      return tid;
    }
    Proc child = new Proc(this, tid, mine, mine.name(), mine.environment());
    family.lock();
    try {
      mine.adopt(child);
    } finally {
      family.unlock();
    }
    child.borrowing = (flags & ProcAbi.CLONE_VFORK) != 0;
    begin(new Task(child, tid, table, context, caller.blocked()), body);
    if (mine.root.ended()) {
      // The root ended while this child was made, and may not have seen it.
      child.post(Signal.SIGKILL);
    }
    if (child.borrowing) {
      awaitUnsignalled(caller, () -> !child.borrowing);
    }
    return tid;
  }

  /// A process that was vforked has a program of its own now: its parent goes on.
  void execDone(Proc proc) {
    if (proc.borrowing) {
      proc.borrowing = false;
      ends.wakeAll(scheduler);
    }
  }

  // ---- Ending.

  /// Ends all tasks of the caller's process but the caller, and waits until they have.
  void endOthers(Task caller) {
    List<Task> tasks = caller.proc().tasks();
    if (tasks.size() > 1) {
      tasks.stream().filter(task -> task != caller).forEach(Task::leave);
      awaitUnsignalled(caller, () -> caller.proc().tasks().size() == 1);
    }
  }

  void taskEnded(Task task) {
    Proc proc = task.proc();
    if (proc.taskEnded(task)) {
      execDone(proc);
      buried(proc);
    } else {
      ends.wakeAll(scheduler);
    }
  }

  /// Gives the children of a process that has ended to its root, and tells its parent. What a root
  /// leaves behind ends with it, as all of a container ends with its first process.
  private void buried(Proc proc) {
    Set<Proc> told = new LinkedHashSet<>(2);
    family.lock();
    try {
      for (Proc child : List.copyOf(proc.children())) {
        proc.disown(child);
        child.parent = null;
        if (!proc.root.ended()) {
          proc.root.adopt(child);
        }
        if (child.zombie()) {
          tell(child, told);
        }
      }
      tell(proc, told);
    } finally {
      family.unlock();
    }
    for (Proc parent : told) {
      parent.post(Signal.SIGCHLD);
      parent.childQueue.wakeAll(scheduler);
    }
    if (proc == proc.root) {
      kill(proc);
    }
    // Only the last wakes who waits outside: that is an operating system's thread, which costs more
    // to wake than a process here costs altogether.
    if (proc.root.living.decrementAndGet() == 0) {
      outside.wakeAll(scheduler);
    }
  }

  /// Ends every process with this root.
  public void kill(Proc root) {
    for (Proc proc : procs.values()) {
      if (proc.root == root) {
        proc.post(Signal.SIGKILL);
      }
    }
  }

  /// Reaps `proc` if nobody will, and adds the parent that is to hear of its end to `told`.
  private void tell(Proc proc, Set<Proc> told) {
    Proc parent = proc.parent;
    if (parent == null || parent.ended()) {
      reap(proc);
      return;
    }
    if (parent.forgetsChildren()) {
      reap(proc);
    }
    told.add(parent);
  }

  private void reap(Proc proc) {
    proc.reaped();
    procs.remove(proc.pid());
    if (proc.parent != null) {
      proc.parent.disown(proc);
    }
  }

  /// Tells the parent that a child was stopped or continued.
  void childChanged(Proc proc, boolean stopped) {
    Proc parent = proc.parent;
    if (parent == null) {
      return;
    }
    SigAction action = parent.action(Signal.SIGCHLD);
    if ((action.flags() & ProcAbi.SA_NOCLDSTOP) == 0) {
      parent.post(Signal.SIGCHLD);
    }
    parent.childQueue.wakeAll(scheduler);
  }

  // ---- Waiting.

  /// Waits for a child (wait4(2)).
  public long await(Task caller, long pid, int @Nullable [] status, int options) {
    Proc mine = caller.proc();
    for (; ; ) {
      long result = look(mine, pid, status, options);
      if (result != 0 || (options & ProcAbi.WNOHANG) != 0) {
        return result;
      }
      WaitQueue queue = mine.childQueue;
      Waiter waiter = queue.enter(caller);
      caller.sleeping(new Sleep.OnChild());
      while ((result = look(mine, pid, null, options | PEEK)) == 0
          && !waiter.signalled()
          && !caller.signalled()) {
        scheduler.park(queue, Deadlines.NEVER);
      }
      queue.leave(waiter, scheduler, queue);
      queue.release(waiter);
      caller.ended();
      if (result == 0 && caller.signalled()) {
        return Errno.EINTR.result();
      }
    }
  }

  /// Not an option of Linux: look, but leave what is found to be reported.
  private static final int PEEK = 1 << 30;

  private long look(Proc mine, long pid, int @Nullable [] status, int options) {
    family.lock();
    try {
      boolean any = false;
      for (Proc child : mine.children()) {
        if (!chosen(child, mine, pid)) {
          continue;
        }
        any = true;
        boolean peek = (options & PEEK) != 0;
        int word = child.zombie() ? child.word() : news(child, options, peek);
        if (child.zombie() || word != 0) {
          if (status != null) {
            status[0] = word;
          }
          if (child.zombie() && !peek) {
            reap(child);
          }
          return child.pid();
        }
      }
      return any ? 0 : Errno.ECHILD.result();
    } finally {
      family.unlock();
    }
  }

  private static boolean chosen(Proc child, Proc mine, long pid) {
    if (pid > 0) {
      return child.pid() == pid;
    }
    return pid == -1 || child.group() == (pid == 0 ? mine.group() : -pid);
  }

  private static int news(Proc child, int options, boolean peek) {
    child.lock.lock();
    try {
      int word = child.newsWord;
      boolean continued = word == ProcAbi.CONTINUED;
      int option = continued ? ProcAbi.WCONTINUED : ProcAbi.WUNTRACED;
      if (word == 0 || (options & option) == 0) {
        return 0;
      }
      child.newsWord = peek ? word : 0;
      return word;
    } finally {
      child.lock.unlock();
    }
  }

  /// Waits on `ends` until `condition` holds, or the caller's own process is to end.
  private void awaitUnsignalled(Task caller, BooleanSupplier condition) {
    while (!condition.getAsBoolean() && !caller.proc().dying()) {
      Waiter waiter = ends.enter(caller);
      while (!condition.getAsBoolean() && !caller.proc().dying() && !waiter.signalled()) {
        scheduler.park(ends, Deadlines.NEVER);
      }
      ends.leave(waiter, scheduler, ends);
      ends.release(waiter);
    }
  }

  /// Waits, as a thread that is no task, until the root `proc` has ended and all its descendants.
  public void awaitEnd(Proc proc) throws InterruptedException {
    while (proc.living.get() > 0) {
      Waiter waiter = outside.enter(proc);
      try {
        while (proc.living.get() > 0 && !waiter.signalled()) {
          machine.scheduler().park(outside, Deadlines.NEVER);
          if (Thread.interrupted()) {
            throw new InterruptedException("waiting for " + proc);
          }
        }
      } finally {
        outside.leave(waiter, machine.scheduler(), outside);
        outside.release(waiter);
      }
    }
    Panic broken = panic;
    if (broken != null) {
      throw broken;
    }
  }

  void panicked(Panic broken) {
    panic = broken;
  }

  // ---- What pipes tell.

  @Override
  public KernelPipe.@Nullable Wait waits(SystemPipe pipe, SystemPipe.Sleep what) {
    if (!Task.CURRENT.isBound()) {
      return null;
    }
    Task task = Task.CURRENT.get();
    task.sleeping(new Sleep.OnPipe(pipe, what));
    return task;
  }

  @Override
  public void brokenPipe() {
    if (Task.CURRENT.isBound()) {
      Task.CURRENT.get().brokenPipe();
    }
  }
}
