package org.gardenhose.abi;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The calls on processes and signals, in Linux's convention: a result that is `>= 0`, or minus an
/// [Errno].
///
/// A Java virtual machine cannot copy a stack, so what makes a process or thread takes what the new
/// one does. This is the one place where the calls differ from Unix.
///
/// **Blocks.** as the manual page of each call says
/// **Learned from.** sections 2 and 7 of the manual
public interface ProcessCalls {
  /// What a new process or thread does.
  @FunctionalInterface
  interface Child {
    /// Runs; `sys` is the new one's own door to the kernel.
    ///
    /// @return the exit status, 0 to 255
    int run(Sys sys);
  }

  // ---- Processes and threads.

  /// Makes a process with a copy of this one's descriptors, and returns its number (fork(2)).
  long fork(Child child);

  /// Makes a process or thread that shares with this one what `flags`, `CLONE_...` of [ProcAbi],
  /// say, and returns its number (clone(2)).
  long clone(int flags, Child child);

  /// Becomes the program at `path`. Returns only if that fails.
  long execve(@Nullable String path, List<String> argv, Map<String, String> environment);

  /// Ends the process, all threads of it. Never returns.
  void exit(int status);

  /// Waits until a child has ended (wait4(2)).
  ///
  /// @param pid its number; -1 for any, 0 for any of the caller's group, -n for any of group n
  /// @param status takes a status word, which [ProcAbi] reads; null if nobody wants to know
  /// @return the child's number; 0 with `WNOHANG` if none has ended
  long wait4(long pid, int @Nullable [] status, int options);

  /// Waits until any child has ended.
  default long wait(int @Nullable [] status) {
    return wait4(-1, status, 0);
  }

  long getpid();

  long getppid();

  long gettid();

  long getpgid(long pid);

  long setpgid(long pid, long group);

  // ---- Signals.

  /// Sends `signal`, or only asks whether it could if that is 0, to process `pid`; to the caller's
  /// group if 0, to all but the first if -1, to group n if -n (kill(2)).
  long kill(long pid, int signal);

  /// Sends `signal` to one thread (tgkill(2)).
  long tgkill(long pid, long tid, int signal);

  /// Sets what is done about `signal`, and says what was; null leaves it as it is.
  long sigaction(int signal, @Nullable SigAction action, SigAction @Nullable [] old);

  /// Changes which signals are blocked, by `SIG_BLOCK` and its kin, and says which were; null
  /// leaves them as they are.
  long sigprocmask(int how, long @Nullable [] set, long @Nullable [] old);

  /// Says which blocked signals wait to be delivered.
  long sigpending(long @Nullable [] set);

  /// Waits for a signal, with `mask` blocked meanwhile; `EINTR` once its handler has run.
  long sigsuspend(long mask);

  /// Waits for a signal.
  long pause();

  /// Has `SIGALRM` sent in `seconds`; 0 cancels. Returns what was left of the alarm before.
  default long alarm(int seconds) {
    return (setitimer(seconds * 1_000_000_000L) + 999_999_999L) / 1_000_000_000L;
  }

  /// Has `SIGALRM` sent in `nanos`; 0 cancels. Returns what was left of the alarm before.
  long setitimer(long nanos);

  // ---- The rest.

  /// Sleeps; `EINTR` if a signal was handled meanwhile.
  long nanosleep(long nanos);

  /// Lets others run.
  long schedYield();

  /// Reads and sets a limit, `RLIMIT_...` of [ProcAbi]: elements 0 and 1 are soft and hard limit.
  long prlimit(int resource, long @Nullable [] limit, long @Nullable [] old);

  long chdir(@Nullable String path);

  /// Puts the working directory into `path[0]`.
  long getcwd(String @Nullable [] path);

  /// Sets which permissions new files do not get, and returns which they did not.
  int umask(int mask);
}
