package org.gardenhose.memory;

/// Thrown by a copy to or from memory that is not there: the call comes to `EFAULT`, or to what it
/// moved before.
public final class MemoryFault extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /// Makes a fault.
  public MemoryFault() {
    super("the caller's memory is not mapped", null, false, false);
  }
}
