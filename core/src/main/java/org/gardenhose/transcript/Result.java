package org.gardenhose.transcript;

/// What a call came to, as strace writes it after ` = `.
public sealed interface Result {
  /// A number, and what is said of it in parentheses, which may be empty: `0x800 (flags O_RDONLY)`,
  /// `0 (Timeout)`, `1 ([{fd=5, revents=POLLOUT}])`. With `-y` a descriptor has what it is open on.
  record Value(Argument value, String remark) implements Result {
    /// Returns the remark taken apart, so that structures in it can be looked at.
    public Argument remarkAsArgument() {
      return ArgumentParser.parse(remark);
    }
  }

  /// `-1 EPIPE (Broken pipe)`.
  record Failed(String errno, String text) implements Result {}

  /// The call was interrupted: `? ERESTARTSYS (To be restarted if SA_RESTART is set)`.
  record Interrupted(String errno, String text) implements Result {}

  /// The call never returned: `?`. `cut` if its last arguments would only have been known then, as
  /// in `read(3, <unfinished ...>) = ?`.
  record Never(boolean cut) implements Result {}

  /// Returns a number.
  static Result of(long value) {
    return new Value(Argument.of(value), "");
  }
}
