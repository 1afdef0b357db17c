package org.gardenhose.shell.program;

import java.io.IOException;

/// Thrown to a utility that writes to a pipe outside this JVM which nobody reads any more; inside,
/// it is [org.gardenhose.BrokenPipeException]. Both end the utility without a word, as SIGPIPE
/// does.
public final class ReaderGoneException extends IOException {
  private static final long serialVersionUID = 1L;

  private static final String MESSAGE = "write: EPIPE (Broken pipe)";

  ReaderGoneException() {
    super(MESSAGE);
  }

  ReaderGoneException(IOException cause) {
    super(MESSAGE, cause);
  }
}
