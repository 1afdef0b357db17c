package org.gardenhose.pipe;

import java.util.List;

/// Something that can run a [Script]: our pipes, a model of them, or the machine's kernel.
interface Subject {
  /// Runs a script on two new pipes.
  ///
  /// @return a line for each action: the result, a hash of the bytes read, and for each pipe the
  ///     bytes in it, its capacity, and the poll masks of the read end and the write end, `-1` for
  ///     one that is closed
  List<String> run(Script script);

  /// Returns the line for one action.
  static String line(long result, long hash, String a, String b) {
    return "%d %d | %s | %s".formatted(result, hash, a, b);
  }
}
