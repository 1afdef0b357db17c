package org.gardenhose.sys;

import static org.gardenhose.transcript.Argument.field;
import static org.gardenhose.transcript.Argument.of;

import java.util.List;
import java.util.Map;
import org.gardenhose.abi.ProcAbi;
import org.gardenhose.abi.SigAction;
import org.gardenhose.abi.Sys;
import org.gardenhose.transcript.Argument;
import org.gardenhose.transcript.Result;
import org.jspecify.annotations.Nullable;

/// A task's door to its kernel that tells a trace which call is about to be made; the calls on
/// files are in [TracedFiles].
///
/// **Always true.** One call of the program is one call of the kernel, which it is announced
/// before: [TracedTask#call] takes the announcement up.
/// **Learned from.** strace's decoders
final class TracedSys extends TracedFiles implements Sys {
  /// The bytes of a set of signals, which some calls are told.
  private static final Argument SET_SIZE = of(8);

  TracedSys(Sys sys, TracedTask traced) {
    super(sys, traced);
  }

  @Override
  public Map<String, String> environment() {
    return sys.environment();
  }

  private void plain(String name, Argument... arguments) {
    if (shows(name)) {
      traced.announce(name, arguments);
    }
  }

  // ---- Processes and threads.

  @Override
  public long fork(Child child) {
    plain("fork");
    return sys.fork(child);
  }

  @Override
  public long clone(int flags, Child child) {
    if (flags == (ProcAbi.CLONE_VM | ProcAbi.CLONE_VFORK)) {
      plain("vfork");
    } else {
      Argument stack = field("child_stack", Argument.NULL);
      plain("clone", stack, field("flags", TracedFlags.clone(flags)));
    }
    return sys.clone(flags, child);
  }

  @Override
  public long execve(@Nullable String path, List<String> argv, Map<String, String> environment) {
    plain(
        "execve",
        TracedValues.path(path),
        values.words(argv),
        TracedValues.environment(environment));
    return sys.execve(path, argv, environment);
  }

  @Override
  public void exit(int status) {
    traced.leaves("exit_group", status);
    sys.exit(status);
  }

  @Override
  public long wait4(long pid, int @Nullable [] status, int options) {
    if (shows("wait4")) {
      traced
          .announce("wait4", of(pid))
          .then(
              result ->
                  List.of(status(status, result), TracedFlags.waiting(options), Argument.NULL));
    }
    return sys.wait4(pid, status, options);
  }

  private static Argument status(int @Nullable [] status, long result) {
    if (status == null) {
      return Argument.NULL;
    }
    return result <= 0 ? Argument.ADDR : Argument.array(new Argument.Status(status[0]));
  }

  @Override
  public long getpid() {
    plain("getpid");
    return sys.getpid();
  }

  @Override
  public long getppid() {
    plain("getppid");
    return sys.getppid();
  }

  @Override
  public long gettid() {
    plain("gettid");
    return sys.gettid();
  }

  @Override
  public long getpgid(long pid) {
    plain("getpgid", of(pid));
    return sys.getpgid(pid);
  }

  @Override
  public long setpgid(long pid, long group) {
    plain("setpgid", of(pid), of(group));
    return sys.setpgid(pid, group);
  }

  // ---- Signals.

  @Override
  public long kill(long pid, int signal) {
    plain("kill", of(pid), TracedFlags.signal(signal));
    return sys.kill(pid, signal);
  }

  @Override
  public long tgkill(long pid, long tid, int signal) {
    plain("tgkill", of(pid), of(tid), TracedFlags.signal(signal));
    return sys.tgkill(pid, tid, signal);
  }

  @Override
  public long sigaction(int signal, @Nullable SigAction action, SigAction @Nullable [] old) {
    if (shows("rt_sigaction")) {
      traced
          .announce("rt_sigaction", TracedFlags.signal(signal), TracedValues.action(action))
          .then(result -> List.of(old(old, result), SET_SIZE));
    }
    return sys.sigaction(signal, action, old);
  }

  private static Argument old(SigAction @Nullable [] old, long result) {
    if (old == null) {
      return Argument.NULL;
    }
    return result < 0 ? Argument.ADDR : TracedValues.action(old[0]);
  }

  @Override
  public long sigprocmask(int how, long @Nullable [] set, long @Nullable [] old) {
    if (shows("rt_sigprocmask")) {
      traced
          .announce("rt_sigprocmask", TracedFlags.how(how), TracedValues.mask(set))
          .then(result -> List.of(mask(old, result), SET_SIZE));
    }
    return sys.sigprocmask(how, set, old);
  }

  private static Argument mask(long @Nullable [] set, long result) {
    return set != null && result < 0 ? Argument.ADDR : TracedValues.mask(set);
  }

  @Override
  public long sigpending(long @Nullable [] set) {
    if (shows("rt_sigpending")) {
      traced.announce("rt_sigpending").then(result -> List.of(mask(set, result), SET_SIZE));
    }
    return sys.sigpending(set);
  }

  @Override
  public long sigsuspend(long mask) {
    if (shows("rt_sigsuspend")) {
      traced.announce("rt_sigsuspend", TracedFlags.signals(mask), SET_SIZE).unlessHandled();
    }
    return sys.sigsuspend(mask);
  }

  @Override
  public long pause() {
    if (shows("pause")) {
      traced.announce("pause").unlessHandled();
    }
    return sys.pause();
  }

  @Override
  public long alarm(int seconds) {
    if (shows("alarm")) {
      traced.announce("alarm", of(seconds)).result(left -> Result.of(wholeSeconds(left)));
    }
    return wholeSeconds(sys.setitimer(seconds * NANOS));
  }

  private static final long NANOS = 1_000_000_000L;

  private static long wholeSeconds(long nanos) {
    return (nanos + NANOS - 1) / NANOS;
  }

  @Override
  public long setitimer(long nanos) {
    if (shows("setitimer")) {
      traced
          .announce("setitimer", new Argument.Name("ITIMER_REAL"), TracedValues.timer(nanos))
          .then(left -> List.of(left < 0 ? Argument.ADDR : TracedValues.timer(left)))
          .result(_ -> Result.of(0));
    }
    return sys.setitimer(nanos);
  }

  // ---- The rest.

  @Override
  public long nanosleep(long nanos) {
    if (shows("nanosleep")) {
      traced
          .announce("nanosleep", TracedValues.nanos(nanos))
          .then(_ -> List.of(Argument.NULL))
          .resumable();
    }
    return sys.nanosleep(nanos);
  }

  @Override
  public long schedYield() {
    plain("sched_yield");
    return sys.schedYield();
  }

  @Override
  public long prlimit(int resource, long @Nullable [] limit, long @Nullable [] old) {
    if (shows("prlimit64")) {
      traced
          .announce("prlimit64", of(0), TracedFlags.resource(resource), TracedValues.limit(limit))
          .then(
              result ->
                  List.of(result < 0 && old != null ? Argument.ADDR : TracedValues.limit(old)));
    }
    return sys.prlimit(resource, limit, old);
  }

  @Override
  public long chdir(@Nullable String path) {
    plain("chdir", TracedValues.path(path));
    return sys.chdir(path);
  }

  @Override
  public long getcwd(String @Nullable [] path) {
    if (shows("getcwd")) {
      traced
          .announce("getcwd")
          .then(
              result ->
                  List.of(
                      path == null || result < 0 ? Argument.NULL : TracedValues.path(path[0]),
                      of(org.gardenhose.abi.FileAbi.PATH_MAX)));
    }
    return sys.getcwd(path);
  }

  @Override
  public int umask(int mask) {
    if (shows("umask")) {
      traced
          .announce("umask", TracedFlags.permissions(mask))
          .result(before -> new Result.Value(TracedFlags.permissions((int) before), ""));
    }
    return sys.umask(mask);
  }
}
