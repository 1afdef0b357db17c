package org.gardenhose.abi;

/// The numbers of the calls on processes.
///
/// **Always true.** Spelt and valued as in Linux's headers for x86-64.
/// **Learned from.** `linux/wait.h`, `linux/sched.h`, `asm-generic/signal.h`, `linux/resource.h`
public final class ProcAbi {
  // ---- wait4(2).

  public static final int WNOHANG = 1;
  public static final int WUNTRACED = 2;
  public static final int WCONTINUED = 8;

  // ---- clone(2).

  public static final int CLONE_VM = 0x100;
  public static final int CLONE_FS = 0x200;
  public static final int CLONE_FILES = 0x400;
  public static final int CLONE_SIGHAND = 0x800;
  public static final int CLONE_VFORK = 0x4000;
  public static final int CLONE_THREAD = 0x10000;

  // ---- sigaction(2), sigprocmask(2).

  public static final int SA_NOCLDSTOP = 1;
  public static final int SA_NOCLDWAIT = 2;
  public static final int SA_RESTART = 0x10000000;
  public static final int SA_NODEFER = 0x40000000;
  public static final int SA_RESETHAND = 0x80000000;
  public static final int SIG_BLOCK = 0;
  public static final int SIG_UNBLOCK = 1;
  public static final int SIG_SETMASK = 2;

  // ---- prlimit(2).

  public static final int RLIMIT_FSIZE = 1;
  public static final int RLIMIT_NOFILE = 7;

  private ProcAbi() {}

  // ---- What wait4 says of a child.

  /// Returns the status word of a process that exited with `status`.
  public static int exited(int status) {
    return (status & 0xff) << 8;
  }

  /// Returns the status word of a process that `signal` ended.
  public static int killed(int signal) {
    return signal;
  }

  /// Returns the status word of a process that `signal` stopped.
  public static int stopped(int signal) {
    return signal << 8 | 0x7f;
  }

  /// The status word of a process that SIGCONT continued.
  public static final int CONTINUED = 0xffff;

  /// Returns whether the process exited (`WIFEXITED`).
  public static boolean wifexited(int word) {
    return (word & 0x7f) == 0;
  }

  /// Returns with what it exited (`WEXITSTATUS`).
  public static int wexitstatus(int word) {
    return word >> 8 & 0xff;
  }

  /// Returns whether a signal ended it (`WIFSIGNALED`).
  public static boolean wifsignaled(int word) {
    return (word & 0x7f) != 0 && (word & 0x7f) != 0x7f;
  }

  /// Returns which one (`WTERMSIG`).
  public static int wtermsig(int word) {
    return word & 0x7f;
  }

  /// Returns whether it is stopped (`WIFSTOPPED`).
  public static boolean wifstopped(int word) {
    return (word & 0xff) == 0x7f;
  }

  /// Returns by which signal (`WSTOPSIG`).
  public static int wstopsig(int word) {
    return word >> 8 & 0xff;
  }
}
