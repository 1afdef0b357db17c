package org.gardenhose.sys;

import java.util.ArrayDeque;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.gardenhose.abi.ProcAbi;
import org.gardenhose.abi.Signal;
import org.gardenhose.proc.Proc;
import org.gardenhose.proc.Task;
import org.gardenhose.proc.TaskEvents;
import org.gardenhose.transcript.Argument;
import org.gardenhose.transcript.Event;
import org.gardenhose.transcript.Line;
import org.gardenhose.transcript.Result;
import org.jspecify.annotations.Nullable;

/// Writes down what tasks do, in one order, as strace does: a call is begun when it is entered, and
/// parted if another task's line comes before its end.
///
/// **Always true.** `open` is the call whose line has been begun and not ended, if there is one; it
/// is the last thing that was written down. A line is in `lines` or has been given to the sink, and
/// the sink gets them in the order of `lines`.
/// **Guarded by.** `lock` for `open` and `lines`; `sinkLock` for the sink's turn, which nobody
/// waits for but [#flush]: who cannot have it leaves the line to whoever has. Neither is held when
/// the other is waited for.
/// **Blocks.** as the sink does
/// **Learned from.** strace `printleader`, `maybe_switch_current_tcp`, `print_event_exit`
final class Trace implements TaskEvents {
  private final TraceOptions options;
  private final Consumer<Line> sink;
  private final ReentrantLock lock = new ReentrantLock();
  private final ReentrantLock sinkLock = new ReentrantLock();
  private final Map<Task, TracedTask> tasks = new ConcurrentHashMap<>();
  private final TracedSignals signals = new TracedSignals();

  // Guarded by lock.
  private @Nullable TracedCall open;
  private final Queue<Line> lines = new ArrayDeque<>();

  Trace(TraceOptions options, Consumer<Line> sink) {
    this.options = options;
    this.sink = sink;
  }

  TraceOptions options() {
    return options;
  }

  /// Returns what tells of the calls of `task`, whose program begins: after execve it returned.
  TracedTask door(Task task) {
    TracedTask traced = tasks.computeIfAbsent(task, made -> new TracedTask(this, made));
    traced.executed();
    return traced;
  }

  // ---- Calls.

  /// A call begins.
  void entered(TracedCall call) {
    lock.lock();
    try {
      partLocked();
      open = call;
    } finally {
      lock.unlock();
    }
    drain();
  }

  /// A call has come to `result`.
  void returned(TracedCall call, Result result) {
    lock.lock();
    try {
      if (open == call) {
        open = null;
        addLocked(call.pid(), call.whole(result));
      } else {
        partLocked();
        addLocked(call.pid(), call.end(result));
      }
    } finally {
      lock.unlock();
    }
    drain();
  }

  private void add(int pid, Event event) {
    lock.lock();
    try {
      partLocked();
      addLocked(pid, event);
    } finally {
      lock.unlock();
    }
    drain();
  }

  private void partLocked() {
    TracedCall begun = open;
    if (begun != null) {
      open = null;
      addLocked(begun.pid(), begun.beginning());
    }
  }

  private void addLocked(int pid, Event event) {
    lines.add(new Line(pid, event));
  }

  // ---- The sink.

  /// Gives the sink what there is, unless another task is at it, which will see to this too.
  private void drain() {
    while (waiting() && sinkLock.tryLock()) {
      try {
        giveAll();
      } finally {
        sinkLock.unlock();
      }
    }
  }

  /// Gives the sink everything, and waits until it has it.
  void flush() {
    sinkLock.lock();
    try {
      giveAll();
    } finally {
      sinkLock.unlock();
    }
  }

  private boolean waiting() {
    lock.lock();
    try {
      return !lines.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  private void giveAll() {
    for (Line line = take(); line != null; line = take()) {
      sink.accept(line);
    }
  }

  private @Nullable Line take() {
    lock.lock();
    try {
      return lines.poll();
    } finally {
      lock.unlock();
    }
  }

  // ---- What becomes of tasks.

  @Override
  public void posted(Proc proc, @Nullable Task only, Signal signal, @Nullable Task sender) {
    signals.posted(proc, only, signal, sender);
  }

  @Override
  public void delivered(Task task, Signal signal) {
    Argument info = signals.take(task, signal);
    if (signal != Signal.SIGKILL) {
      add(task.tid(), new Event.Signalled(signal.name(), info));
    }
  }

  @Override
  public void stopped(Task task, Signal signal) {
    add(task.tid(), new Event.Stopped(signal.name()));
  }

  @Override
  public void returned(Task task, int status) {
    TracedTask traced = tasks.get(task);
    if (traced != null) {
      traced.leaves(task.tid() == task.proc().pid() ? "exit_group" : "exit", status);
    }
  }

  @Override
  public void ended(Task task) {
    TracedTask traced = tasks.remove(task);
    int status = 0;
    if (traced != null) {
      traced.gone();
      status = traced.status();
    }
    signals.forget(task);
    int word = task.doomed() ? task.proc().word() : ProcAbi.exited(status);
    if (ProcAbi.wifexited(word)) {
      add(task.tid(), new Event.Exited(ProcAbi.wexitstatus(word)));
    } else {
      Signal signal = Signal.of(ProcAbi.wtermsig(word));
      add(task.tid(), new Event.Killed(signal == null ? "?" : signal.name(), false));
    }
  }
}
