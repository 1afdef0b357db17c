package org.gardenhose.abi;

/// What a process does about a signal (`struct sigaction`).
///
/// @param kind default, ignore, or call the handler
/// @param handler what is called, on the process's own thread, on its return from a call
/// @param mask more signals that are blocked while the handler runs
/// @param flags `SA_...` of [ProcAbi]
public record SigAction(Kind kind, Handler handler, long mask, int flags) {
  /// What is done.
  public enum Kind {
    SIG_DFL,
    SIG_IGN,
    HANDLER
  }

  /// A function of the program that is called when a signal comes.
  @FunctionalInterface
  public interface Handler {
    /// Handles the signal with this number.
    void handle(int signal);
  }

  /// The default action.
  public static final SigAction DEFAULT = new SigAction(Kind.SIG_DFL, _ -> {}, 0, 0);

  /// Ignore the signal.
  public static final SigAction IGNORE = new SigAction(Kind.SIG_IGN, _ -> {}, 0, 0);

  /// Returns the action that calls `handler`, with `SA_...` flags.
  public static SigAction handler(Handler handler, int flags) {
    return new SigAction(Kind.HANDLER, handler, 0, flags);
  }
}
