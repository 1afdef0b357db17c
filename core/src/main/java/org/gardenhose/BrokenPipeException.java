package org.gardenhose;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// Thrown to a writer when every read end is closed (`EPIPE`): nobody will ever read the rest.
///
/// Its cause is what a reader gave to [PipeEnd#closeWithError], if one did. A reader that has had
/// enough is often no failure at all, as with `yes | head`.
public final class BrokenPipeException extends IOException {
  private static final long serialVersionUID = 1L;

  /// Bytes of the failed call that were written before.
  private final long bytesTransferred;

  BrokenPipeException(String message, long bytesTransferred, @Nullable Throwable cause) {
    super(message, cause);
    this.bytesTransferred = bytesTransferred;
  }

  /// Returns how many bytes of the failed call were written before.
  public long bytesTransferred() {
    return bytesTransferred;
  }
}
