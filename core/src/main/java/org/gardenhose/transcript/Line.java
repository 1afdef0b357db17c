package org.gardenhose.transcript;

/// One line of a transcript.
///
/// @param pid the task that it is about; 0 if the line does not say
/// @param column where ` = ` stands at the earliest, in characters from the beginning of the line
/// @param event what happened
public record Line(int pid, int column, Event event) {
  /// Where strace puts ` = ` unless it is told (`-a`).
  public static final int COLUMN = 40;

  /// Makes a line with strace's usual column.
  public Line(int pid, Event event) {
    this(pid, COLUMN, event);
  }

  /// Returns the line's text, without an end of line.
  @Override
  public String toString() {
    return Printer.print(this);
  }
}
