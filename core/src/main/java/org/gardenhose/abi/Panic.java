package org.gardenhose.abi;

/// Thrown when an invariant of Gardenhose itself is broken: a bug, never a caller's mistake.
///
/// **Always true.** Nothing in Gardenhose catches it, which is why it is an error and not an
/// exception: whoever catches the exceptions of foreign code must not swallow it.
public final class Panic extends Error {
  private static final long serialVersionUID = 1L;

  /// Makes a panic that says in one short phrase what does not hold.
  public Panic(String invariant) {
    super(invariant);
  }
}
