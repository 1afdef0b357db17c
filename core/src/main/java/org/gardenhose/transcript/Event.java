package org.gardenhose.transcript;

import java.util.ArrayList;
import java.util.List;

/// What a line of a transcript tells of.
public sealed interface Event {
  /// A call from beginning to end: `write(4, "hello\n", 6) = 6`.
  record Call(String name, List<Argument> arguments, Result result) implements Event {}

  /// A call's beginning, when another task's line came before its end: `read(3, <unfinished ...>`.
  /// After a comma the last argument is [Argument.Omitted].
  record Unfinished(String name, List<Argument> arguments) implements Event {
    /// Returns the whole call, of which `rest` is the end.
    public Call join(Resumed rest) {
      List<Argument> all = new ArrayList<>(arguments);
      all.addAll(rest.arguments());
      all.removeIf(argument -> argument instanceof Argument.Omitted);
      return new Call(name, List.copyOf(all), rest.result());
    }
  }

  /// Its end: `<... read resumed>"hello\n", 4096) = 6`. Before a comma the first argument is
  /// [Argument.Omitted].
  record Resumed(String name, List<Argument> arguments, Result result) implements Event {}

  /// A signal is delivered: `--- SIGPIPE {si_signo=SIGPIPE, ...} ---`.
  record Signalled(String signal, Argument info) implements Event {}

  /// `--- stopped by SIGSTOP ---`.
  record Stopped(String signal) implements Event {}

  /// `+++ exited with 0 +++`.
  record Exited(int status) implements Event {}

  /// `+++ killed by SIGKILL +++`, perhaps with a core.
  record Killed(String signal, boolean core) implements Event {}

  /// A thread ends because another one becomes a program: `+++ superseded by execve in pid 5 +++`.
  record Superseded(int pid) implements Event {}

  /// `strace: Process 5 attached`.
  record Attached(int pid) implements Event {}

  /// A line that says nothing of a task: empty, or from `#` on.
  record Comment(String text) implements Event {}
}
