package org.gardenhose.wait;

/// The two deadlines that are no moment of a [Clock].
///
/// A deadline is a `long`: a moment on the clock's scale, or one of these.
public final class Deadlines {
  /// Wait as long as it takes.
  public static final long NEVER = Long.MAX_VALUE;

  /// Do not wait: the call comes to `EAGAIN` where it would (`O_NONBLOCK`).
  public static final long NOW = Long.MIN_VALUE;

  private Deadlines() {}
}
