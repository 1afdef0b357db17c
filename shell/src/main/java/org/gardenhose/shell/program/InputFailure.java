package org.gardenhose.shell.program;

import java.io.IOException;

/// A [Failure] of one input: it cannot be opened or read. A utility with several inputs says so and
/// goes on with the next.
public final class InputFailure extends Failure {
  private static final long serialVersionUID = 1L;

  InputFailure(String name, String reason) {
    super(name + ": " + reason);
  }

  /// Makes one from what went wrong with the file of this name.
  static InputFailure of(String name, IOException cause) {
    InputFailure failure = new InputFailure(name, reason(cause));
    failure.initCause(cause);
    return failure;
  }
}
