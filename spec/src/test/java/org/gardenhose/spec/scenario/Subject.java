package org.gardenhose.spec.scenario;

import org.gardenhose.abi.Program;

/// A kernel that scenarios run on.
public interface Subject extends AutoCloseable {
  /// Returns what it is called in a test's name.
  String name();

  /// Runs `program` as a process of its own and waits for its end.
  ///
  /// @return its exit status, 128 and the signal's number if a signal ended it
  int run(Program program) throws InterruptedException;

  /// Returns whether the task with this number is asleep in a call, and will stay so unless
  /// somebody wakes it.
  boolean asleep(long tid);

  /// Returns how many files are open.
  long openFiles();

  /// Makes `program` what the file at `path` is; returns whether that can be done here.
  default boolean install(String path, Program program) {
    return false;
  }

  /// Returns whether its processes are held to an ordinary user's limits on pipes, having neither
  /// `CAP_SYS_RESOURCE` nor `CAP_SYS_ADMIN` (L-23, L-27).
  default boolean ordinaryUser() {
    return true;
  }

  @Override
  void close();
}
