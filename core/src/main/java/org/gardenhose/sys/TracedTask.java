package org.gardenhose.sys;

import java.util.function.LongPredicate;
import java.util.function.LongSupplier;
import org.gardenhose.abi.Errno;
import org.gardenhose.proc.Task;
import org.gardenhose.transcript.Argument;
import org.gardenhose.transcript.Result;
import org.jspecify.annotations.Nullable;

/// What a trace knows of one task.
///
/// A call passes here twice: [TracedSys] says what it is and how it is shown, then [KernelSys]
/// makes it, perhaps several times, and says what it came to each time.
///
/// **Guarded by.** belongs to the task's own thread
final class TracedTask {
  private final Trace trace;
  private final Task task;

  /// The call that was announced and not made yet.
  private @Nullable TracedCall announced;

  /// The call that runs.
  private @Nullable TracedCall inside;

  private int status;

  TracedTask(Trace trace, Task task) {
    this.trace = trace;
    this.task = task;
  }

  Task task() {
    return task;
  }

  TraceOptions options() {
    return trace.options();
  }

  int status() {
    return status;
  }

  // ---- Calls.

  /// Says which call the task makes next.
  TracedCall announce(String name, Argument... given) {
    TracedCall call = new TracedCall(task.tid(), name, given);
    announced = call;
    return call;
  }

  /// Makes the call that was announced, or one that the trace does not show.
  ///
  /// @param again sees to signals, and says whether the call is to be made again
  long call(Task caller, LongSupplier body, LongPredicate again) {
    TracedCall call = announced;
    announced = null;
    caller.enter();
    long result;
    boolean first = true;
    do {
      if (call != null) {
        enter(call, first);
      }
      result = body.getAsLong();
      if (call != null) {
        leave(call, result);
      }
      first = false;
    } while (again.test(result));
    return result;
  }

  private void enter(TracedCall call, boolean first) {
    if (!first) {
      call.again();
    }
    inside = call;
    trace.entered(call);
  }

  private void leave(TracedCall call, long result) {
    inside = null;
    boolean killed = result == Errno.EINTR.result() && task.doomed();
    trace.returned(call, killed ? call.never() : call.cameTo(result));
  }

  // ---- Ends.

  /// The task's program begins: if by execve, that call has returned.
  void executed() {
    TracedCall call = inside;
    if (call != null && call.name().equals("execve")) {
      leave(call, 0);
    }
  }

  /// The task ends itself with `status`.
  void leaves(String name, int with) {
    status = with;
    if (options().shows(name)) {
      TracedCall call = new TracedCall(task.tid(), name, Argument.of(with));
      trace.entered(call);
      trace.returned(call, new Result.Never(false));
    }
  }

  /// The task has ended: a call that it was in never returned.
  void gone() {
    TracedCall call = inside;
    if (call != null) {
      inside = null;
      trace.returned(call, call.never());
    }
  }
}
