package org.gardenhose;

import java.io.IOException;

/// Thrown to a reader in place of end of stream when a writer closed with an error: all that was
/// written before has been read, and the stream is not complete. The cause is the writer's.
public final class PeerFailedException extends IOException {
  private static final long serialVersionUID = 1L;

  PeerFailedException(String message, Throwable cause) {
    super(message, cause);
  }
}
