package org.gardenhose.sys;

import java.util.List;

/// Thrown when the processes of a kernel can never run again.
public final class DeadlockException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<String> reasons;

  /// Makes an exception that says of each process why it cannot go on.
  DeadlockException(List<String> reasons) {
    super(String.join("; ", reasons));
    this.reasons = List.copyOf(reasons);
  }

  /// Returns a sentence for each process that waits.
  public List<String> reasons() {
    return reasons;
  }
}
