package org.gardenhose.shell.program;

import java.io.IOException;
import java.util.List;

/// A program that runs inside the JVM as one stage of a pipeline.
///
/// It reads and writes only through the [Streams] that it is given, holds no state between runs,
/// and ends by returning its exit status. It closes none of the three streams; who started it does.
/// What it throws becomes a message and a status: see [Failure] and [ReaderGoneException].
///
/// **Blocks.** as its streams do
/// **Learned from.** POSIX.1-2024 XCU 1.4, "Utility Description Defaults"
@FunctionalInterface
public interface Utility {
  /// Runs to the end.
  ///
  /// @param argv the name that it was called by, then its arguments
  /// @return the exit status, 0 to 255
  /// @throws IOException what stopped it
  int run(List<String> argv, Streams io) throws IOException;

  /// Returns the exit status for a run that a [Failure] without a status of its own stopped.
  default int troubleStatus() {
    return 1;
  }
}
