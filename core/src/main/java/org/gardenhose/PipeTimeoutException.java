package org.gardenhose;

import java.io.InterruptedIOException;

/// Thrown when a deadline passes while a call waits. [#bytesTransferred] says how many bytes of the
/// call were moved before; the pipe stays usable.
public final class PipeTimeoutException extends InterruptedIOException {
  private static final long serialVersionUID = 1L;

  PipeTimeoutException(String message, long bytesTransferred) {
    super(message);
    this.bytesTransferred = (int) Math.min(bytesTransferred, Integer.MAX_VALUE);
  }
}
