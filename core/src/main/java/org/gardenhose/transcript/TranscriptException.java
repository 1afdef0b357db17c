package org.gardenhose.transcript;

/// A transcript has a line that cannot be read: where, and what was expected there.
public final class TranscriptException extends Exception {
  private static final long serialVersionUID = 1L;

  private final int column;
  private final String expected;

  /// Makes one.
  ///
  /// @param file the transcript's name
  /// @param line counts from 1
  /// @param column counts from 1
  /// @param expected what should stand there
  /// @param found what does
  TranscriptException(String file, int line, int column, String expected, String found) {
    super(
        "%s: line %d, column %d: expected %s, found %s"
            .formatted(file, line, column, expected, found));
    this.column = column;
    this.expected = expected;
  }

  /// Returns the column, counted from 1.
  public int column() {
    return column;
  }

  /// Returns what was expected.
  public String expected() {
    return expected;
  }
}
