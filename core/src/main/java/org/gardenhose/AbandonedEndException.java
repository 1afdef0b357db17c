package org.gardenhose;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// The cause of the failure that a thread meets when the other side's last end was never closed but
/// can no longer be reached by anybody. Its own cause, if there is one, is a trace of where the
/// pipe was opened.
public final class AbandonedEndException extends IOException {
  private static final long serialVersionUID = 1L;

  AbandonedEndException(String message, @Nullable Throwable opened) {
    super(message, opened);
  }
}
