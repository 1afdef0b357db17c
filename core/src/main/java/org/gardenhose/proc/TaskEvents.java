package org.gardenhose.proc;

import org.gardenhose.abi.Signal;
import org.jspecify.annotations.Nullable;

/// Hears what becomes of tasks besides their calls: for a trace.
///
/// **Blocks.** may not: it is called by the task itself, which holds no lock
public interface TaskEvents {
  /// `signal` is sent to `proc`, or to its task `only` if that is not null.
  ///
  /// @param sender who sends it; null if the kernel does by itself
  void posted(Proc proc, @Nullable Task only, Signal signal, @Nullable Task sender);

  /// `task` is about to do what it does about `signal`.
  void delivered(Task task, Signal signal);

  /// `task` has stopped, because of `signal`.
  void stopped(Task task, Signal signal);

  /// The program of `task` has returned `status`.
  void returned(Task task, int status);

  /// `task` has ended, and is about to be counted as ended.
  void ended(Task task);
}
