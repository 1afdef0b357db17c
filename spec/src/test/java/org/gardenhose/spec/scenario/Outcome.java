package org.gardenhose.spec.scenario;

import org.gardenhose.abi.Errno;

/// What a call came to, to be claimed something of.
public final class Outcome {
  private final String call;
  private final long result;

  Outcome(String call, long result) {
    this.call = call;
    this.result = result;
  }

  /// Claims that the call succeeded with this number.
  public void returns(long expected) {
    if (result != expected) {
      throw new AssertionError("%s: expected %d, got %s".formatted(call, expected, text(result)));
    }
  }

  /// Claims that the call succeeded.
  public long succeeds() {
    if (result < 0) {
      throw new AssertionError("%s: expected success, got %s".formatted(call, text(result)));
    }
    return result;
  }

  /// Claims that the call failed with this error.
  public void failsWith(Errno errno) {
    if (result != errno.result()) {
      throw new AssertionError(
          "%s: expected %s, got %s".formatted(call, errno.name(), text(result)));
    }
  }

  static String text(long result) {
    return result < 0 ? "-1 " + Errno.of(result) : Long.toString(result);
  }
}
