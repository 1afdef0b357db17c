package org.gardenhose.sys;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;
import org.gardenhose.abi.Errno;
import org.gardenhose.transcript.Argument;
import org.gardenhose.transcript.Event;
import org.gardenhose.transcript.Result;

/// One call of a trace: what is shown of it when it is entered, and what only when it returns.
///
/// **Guarded by.** belongs to the task that makes the call; another may ask for its [#beginning]
final class TracedCall {
  private static final String RESTARTSYS = "ERESTARTSYS";
  private static final LongFunction<List<Argument>> NOTHING = _ -> List.of();

  /// Which half of a parted call the comma between the halves stands in.
  private enum Comma {
    NONE,
    FIRST,
    SECOND
  }

  private final int pid;
  private String name;
  private List<Argument> given;
  private LongFunction<List<Argument>> rest = NOTHING;
  private Comma comma = Comma.NONE;
  private LongFunction<Result> result = TracedCall::plain;
  private Result interrupted =
      new Result.Interrupted(RESTARTSYS, "To be restarted if SA_RESTART is set");
  private boolean resumes;

  /// What `rest` came to, since the memory that it shows may change afterwards.
  private List<Argument> ending = List.of();

  TracedCall(int pid, String name, Argument... given) {
    this.pid = pid;
    this.name = name;
    this.given = List.of(given);
  }

  // ---- What it shows.

  /// Has arguments that are only known when the call returns.
  TracedCall then(LongFunction<List<Argument>> later) {
    rest = later;
    comma = given.isEmpty() ? Comma.NONE : Comma.FIRST;
    return this;
  }

  /// The same, but the comma before them too is only printed then.
  TracedCall late(LongFunction<List<Argument>> later) {
    rest = later;
    comma = Comma.SECOND;
    return this;
  }

  /// Has a result that is no plain number.
  TracedCall result(LongFunction<Result> shown) {
    result = shown;
    return this;
  }

  /// Has no handler restart it: what strace shows of the kernel's reason.
  TracedCall unlessHandled() {
    interrupted = new Result.Interrupted("ERESTARTNOHAND", "To be restarted if no handler");
    return this;
  }

  /// Goes on by another call that knows its deadline, if nothing handled the signal.
  TracedCall resumable() {
    interrupted = new Result.Interrupted("ERESTART_RESTARTBLOCK", "Interrupted by signal");
    resumes = true;
    return this;
  }

  /// Fails with EINTR, whatever is done about the signal.
  TracedCall failsInterrupted() {
    interrupted = failed(Errno.EINTR);
    return this;
  }

  // ---- Its life.

  int pid() {
    return pid;
  }

  String name() {
    return name;
  }

  /// Is made again.
  void again() {
    if (resumes && !name.equals("restart_syscall")) {
      given = List.of(new Argument.Unparsed("<... resuming interrupted " + name + " ...>"));
      name = "restart_syscall";
      rest = NOTHING;
      comma = Comma.NONE;
    }
  }

  /// Has come to `number`: returns how strace shows that, and looks at memory once.
  Result cameTo(long number) {
    ending = rest.apply(number);
    if (number == Errno.EINTR.result()) {
      return interrupted;
    }
    return number < 0 ? failed(Errno.of(number)) : result.apply(number);
  }

  /// Never returns.
  Result never() {
    ending = List.of();
    return new Result.Never(rest != NOTHING);
  }

  private static Result plain(long number) {
    return Result.of(number);
  }

  private static Result failed(Errno errno) {
    return new Result.Failed(errno.name(), errno.text());
  }

  // ---- Its lines.

  Event beginning() {
    return new Event.Unfinished(name, beginningArguments());
  }

  private List<Argument> beginningArguments() {
    List<Argument> shown = new ArrayList<>(given);
    if (comma == Comma.FIRST) {
      shown.add(new Argument.Omitted());
    }
    return List.copyOf(shown);
  }

  Event whole(Result shown) {
    if (shown instanceof Result.Never) {
      return new Event.Call(name, beginningArguments(), shown);
    }
    List<Argument> all = new ArrayList<>(given);
    all.addAll(ending);
    return new Event.Call(name, List.copyOf(all), shown);
  }

  Event end(Result shown) {
    List<Argument> all = new ArrayList<>(ending);
    if (comma == Comma.SECOND && !all.isEmpty()) {
      all.addFirst(new Argument.Omitted());
    }
    return new Event.Resumed(name, List.copyOf(all), shown);
  }
}
