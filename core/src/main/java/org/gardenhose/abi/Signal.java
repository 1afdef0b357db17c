package org.gardenhose.abi;

import org.jspecify.annotations.Nullable;

/// Linux's signals, by number, and what each does to a process that has said nothing of it.
///
/// **Always true.** A set of signals is a `long` in which signal n is bit n − 1, as in the kernel.
/// **Learned from.** signal(7), `asm-generic/signal.h`
public enum Signal {
  SIGHUP(1, Default.TERMINATE),
  SIGINT(2, Default.TERMINATE),
  SIGQUIT(3, Default.TERMINATE),
  SIGILL(4, Default.TERMINATE),
  SIGTRAP(5, Default.TERMINATE),
  SIGABRT(6, Default.TERMINATE),
  SIGBUS(7, Default.TERMINATE),
  SIGFPE(8, Default.TERMINATE),
  SIGKILL(9, Default.TERMINATE),
  SIGUSR1(10, Default.TERMINATE),
  SIGSEGV(11, Default.TERMINATE),
  SIGUSR2(12, Default.TERMINATE),
  SIGPIPE(13, Default.TERMINATE),
  SIGALRM(14, Default.TERMINATE),
  SIGTERM(15, Default.TERMINATE),
  SIGSTKFLT(16, Default.TERMINATE),
  SIGCHLD(17, Default.IGNORE),
  SIGCONT(18, Default.CONTINUE),
  SIGSTOP(19, Default.STOP),
  SIGTSTP(20, Default.STOP),
  SIGTTIN(21, Default.STOP),
  SIGTTOU(22, Default.STOP),
  SIGURG(23, Default.IGNORE),
  SIGXCPU(24, Default.TERMINATE),
  SIGXFSZ(25, Default.TERMINATE),
  SIGVTALRM(26, Default.TERMINATE),
  SIGPROF(27, Default.TERMINATE),
  SIGWINCH(28, Default.IGNORE),
  SIGIO(29, Default.TERMINATE),
  SIGPWR(30, Default.TERMINATE),
  SIGSYS(31, Default.TERMINATE);

  /// What a signal does that the process has no action for.
  public enum Default {
    TERMINATE,
    IGNORE,
    STOP,
    CONTINUE
  }

  private static final Signal[] ALL = values();

  private final int number;
  private final Default byDefault;

  Signal(int number, Default byDefault) {
    this.number = number;
    this.byDefault = byDefault;
  }

  /// Returns the signal's number.
  public int number() {
    return number;
  }

  /// Returns what it does by default.
  public Default byDefault() {
    return byDefault;
  }

  /// Returns the set that has this signal alone.
  public long bit() {
    return 1L << number - 1;
  }

  /// Returns whether the set `signals` has this one.
  public boolean in(long signals) {
    return (signals & bit()) != 0;
  }

  /// Returns whether no process can block, ignore or handle it.
  public boolean unstoppable() {
    return this == SIGKILL || this == SIGSTOP;
  }

  /// Returns the signal with this number, or null if there is none.
  public static @Nullable Signal of(int number) {
    return number >= 1 && number <= ALL.length ? ALL[number - 1] : null;
  }
}
