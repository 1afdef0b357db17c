package org.gardenhose;

import java.io.IOException;

/// Thrown on either end of a pipe that somebody has aborted. The cause is what they gave.
public final class PipeAbortedException extends IOException {
  private static final long serialVersionUID = 1L;

  PipeAbortedException(String message, Throwable cause) {
    super(message, cause);
  }
}
