package org.gardenhose.sys;

import static org.gardenhose.transcript.Argument.field;
import static org.gardenhose.transcript.Argument.of;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.gardenhose.abi.ProcAbi;
import org.gardenhose.abi.Signal;
import org.gardenhose.proc.Proc;
import org.gardenhose.proc.Task;
import org.gardenhose.transcript.Argument;
import org.jspecify.annotations.Nullable;

/// Remembers who sent the signals that wait to be delivered, for a trace: the kernel does not.
///
/// **Guarded by.** nothing: each signal's sender is a value of its own
/// **Learned from.** strace `printsiginfo`; sigaction(2), "siginfo_t"
final class TracedSignals {
  private record Waiting(Object target, Signal signal) {}

  /// The first of several that were sent while one waits counts, as in the kernel.
  private final Map<Waiting, Argument> infos = new ConcurrentHashMap<>();

  /// Notes who sends `signal`, unless it will be ignored and so never delivered.
  void posted(Proc proc, @Nullable Task only, Signal signal, @Nullable Task sender) {
    boolean ignored =
        switch (proc.action(signal).kind()) {
          case SIG_IGN -> true;
          case SIG_DFL -> signal.byDefault() == Signal.Default.IGNORE;
          case HANDLER -> false;
        };
    if (ignored) {
      return;
    }
    Object target = only == null ? proc : only;
    infos.putIfAbsent(new Waiting(target, signal), info(proc, only, signal, sender));
  }

  /// Returns what is said of `signal`, which is delivered to `task`.
  Argument take(Task task, Signal signal) {
    Argument info = infos.remove(new Waiting(task, signal));
    if (info == null) {
      info = infos.remove(new Waiting(task.proc(), signal));
    }
    return info == null ? byKernel(signal) : info;
  }

  /// Forgets what was sent to `task`, and if it is its process's last, to that.
  void forget(Task task) {
    infos.keySet().removeIf(waiting -> waiting.target() == task);
    if (task.proc().tasks().size() == 1) {
      infos.keySet().removeIf(waiting -> waiting.target() == task.proc());
    }
  }

  private static Argument info(
      Proc proc, @Nullable Task only, Signal signal, @Nullable Task sender) {
    if (sender == null) {
      return byKernel(signal);
    }
    Proc from = sender.proc();
    if (signal == Signal.SIGCHLD && from != proc && (from.ended() || from.stopped())) {
      return ofChild(from, from.stopped());
    }
    boolean broken = signal == Signal.SIGPIPE && only == sender;
    return Argument.struct(
        number(signal),
        code(only == null || broken ? "SI_USER" : "SI_TKILL"),
        field("si_pid", of(from.pid())),
        field("si_uid", of(sender.context().credentials().uid())));
  }

  private static Argument byKernel(Signal signal) {
    return Argument.struct(number(signal), code("SI_KERNEL"));
  }

  private static Argument ofChild(Proc child, boolean stopped) {
    int word = child.word();
    boolean exited = ProcAbi.wifexited(word);
    String code = stopped ? "CLD_STOPPED" : exited ? "CLD_EXITED" : "CLD_KILLED";
    Signal fatal = Signal.of(stopped ? Signal.SIGSTOP.number() : ProcAbi.wtermsig(word));
    Argument status =
        fatal == null ? of(ProcAbi.wexitstatus(word)) : new Argument.Name(fatal.name());
    return Argument.struct(
        number(Signal.SIGCHLD),
        code(code),
        field("si_pid", of(child.pid())),
        field("si_uid", of(0)),
        field("si_status", status),
        field("si_utime", of(0)),
        field("si_stime", of(0)));
  }

  private static Argument number(Signal signal) {
    return field("si_signo", new Argument.Name(signal.name()));
  }

  private static Argument code(String name) {
    return field("si_code", new Argument.Name(name));
  }
}
