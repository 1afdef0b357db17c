package org.gardenhose.shell.utility;

import java.io.IOException;
import java.io.OutputStream;

/// The lines `==> file <==` that `head` and `tail` put before each of several files.
final class Headings {
  /// When they are written.
  private enum When {
    ALWAYS,
    NEVER,
    SEVERAL_FILES
  }

  private final OutputStream out;
  private When when = When.SEVERAL_FILES;
  private boolean first = true;

  Headings(OutputStream out) {
    this.out = out;
  }

  void always() {
    when = When.ALWAYS;
  }

  void never() {
    when = When.NEVER;
  }

  /// Writes the line for a file, if there is to be one.
  void write(String name, int files) throws IOException {
    if (when == When.ALWAYS || when == When.SEVERAL_FILES && files > 1) {
      String shown = name.equals("-") ? "standard input" : name;
      out.write(Bytes.of((first ? "" : "\n") + "==> " + shown + " <==\n"));
      first = false;
    }
  }
}
