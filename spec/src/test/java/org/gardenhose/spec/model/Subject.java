package org.gardenhose.spec.model;

/// A kernel that sequences of calls are made on.
interface Subject {
  /// Makes the calls of `play` as a new process with no descriptors, until they end or one differs.
  ///
  /// @return how many calls were made
  int run(Play play) throws InterruptedException;
}
