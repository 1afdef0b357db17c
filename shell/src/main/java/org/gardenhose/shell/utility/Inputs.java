package org.gardenhose.shell.utility;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.gardenhose.shell.program.InputFailure;
import org.gardenhose.shell.program.InputFile;
import org.gardenhose.shell.program.Streams;

/// The files that a utility is to read, one after the other; `-`, or naming none, is standard
/// input. One that cannot be opened or read is complained of, and the next one's turn comes.
final class Inputs {
  /// What is done with a file.
  @FunctionalInterface
  interface Action {
    void with(String name, InputStream in) throws IOException;
  }

  private final String utility;
  private final List<String> names;
  private final Streams io;
  private boolean quiet;
  private boolean failed;

  Inputs(String utility, List<String> names, Streams io) {
    this.utility = utility;
    this.names = names.isEmpty() ? List.of("-") : names;
    this.io = io;
  }

  /// Keeps it from complaining.
  void quiet() {
    quiet = true;
  }

  List<String> names() {
    return names;
  }

  /// Returns whether one of them failed so far.
  boolean failed() {
    return failed;
  }

  void forEach(Action action) throws IOException {
    for (String name : names) {
      one(name, action);
    }
  }

  /// Does it with one of them.
  void one(String name, Action action) throws IOException {
    try {
      if (name.equals("-")) {
        action.with(name, io.in());
      } else {
        try (InputFile file = io.open(name)) {
          action.with(name, file);
        }
      }
    } catch (InputFailure e) {
      failed = true;
      if (!quiet) {
        io.complain(utility + ": " + e.sentence());
      }
    }
  }
}
