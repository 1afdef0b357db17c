package org.gardenhose.file;

/// Whom a file's signals go to: a process or a group of them.
///
/// **Blocks.** never
/// **Learned from.** Linux `struct fown_struct`; fcntl(2) `F_SETOWN`
public interface SignalOwner {
  /// Returns the number as `F_GETOWN` does: that of the process, minus that of the group; 0 if
  /// nobody is left.
  int number();

  /// Sends `signal`.
  void send(int signal);
}
