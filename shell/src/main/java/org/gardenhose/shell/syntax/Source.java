package org.gardenhose.shell.syntax;

/// The text, read character by character, with the place kept. A backslash before a line's end is
/// skipped together with it by whoever is not within single quotes.
final class Source {
  /// What is read behind the last character.
  static final char END = '\uffff';

  private final String text;
  private int index;
  private int line = 1;
  private int column = 1;

  Source(String text) {
    this.text = text;
  }

  Position position() {
    return new Position(line, column);
  }

  boolean atEnd() {
    return index == text.length();
  }

  /// Returns the next character without reading it, or END.
  char peek() {
    return peek(0);
  }

  /// Returns the character `ahead` of the next one, or END.
  char peek(int ahead) {
    return index + ahead < text.length() ? text.charAt(index + ahead) : END;
  }

  /// Returns whether `prefix` comes next.
  boolean comes(String prefix) {
    return text.startsWith(prefix, index);
  }

  /// Reads a character.
  char next() {
    char c = text.charAt(index++);
    if (c == '\n') {
      line++;
      column = 1;
    } else if (!Character.isLowSurrogate(c)) {
      column++;
    }
    return c;
  }

  /// Reads `count` characters.
  void skip(int count) {
    for (int i = 0; i < count; i++) {
      next();
    }
  }

  /// Skips joined lines, if that is what comes next.
  void skipLineJoins() {
    while (comes("\\\n")) {
      skip(2);
    }
  }
}
