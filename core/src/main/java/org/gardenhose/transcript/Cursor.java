package org.gardenhose.transcript;

/// A place in a line that is being read.
///
/// **Always true.** 0 <= at <= length of the line
final class Cursor {
  /// How many characters of what was found a message shows.
  private static final int SHOWN = 20;

  private final String text;
  private int at;

  Cursor(String text) {
    this.text = text;
  }

  /// What was expected is not there; the reader of the transcript adds file and line.
  static final class Unexpected extends Exception {
    private static final long serialVersionUID = 1L;

    final int column;
    final String expected;
    final String found;

    private Unexpected(int column, String expected, String found) {
      super(expected, null, false, false);
      this.column = column;
      this.expected = expected;
      this.found = found;
    }
  }

  Unexpected unexpected(String expected) {
    String rest = text.substring(at, Math.min(text.length(), at + SHOWN));
    String found = rest.isEmpty() ? "the end of the line" : "'" + rest + "'";
    return new Unexpected(at + 1, expected, found);
  }

  // ---- Where it is.

  int at() {
    return at;
  }

  void back(int to) {
    at = to;
  }

  boolean atEnd() {
    return at == text.length();
  }

  /// Returns the character here, 0 at the end.
  char peek() {
    return at < text.length() ? text.charAt(at) : 0;
  }

  /// Returns the character `ahead` of here, 0 beyond the end.
  char peek(int ahead) {
    return at + ahead < text.length() ? text.charAt(at + ahead) : 0;
  }

  boolean sees(String word) {
    return text.startsWith(word, at);
  }

  String since(int from) {
    return text.substring(from, at);
  }

  // ---- Going on.

  char next() {
    return text.charAt(at++);
  }

  boolean take(String word) {
    boolean there = sees(word);
    at += there ? word.length() : 0;
    return there;
  }

  void need(String word) throws Unexpected {
    if (!take(word)) {
      throw unexpected("'" + word + "'");
    }
  }

  int blanks() {
    int from = at;
    while (peek() == ' ') {
      at++;
    }
    return at - from;
  }

  /// Takes what stands before `end`, and `end`.
  String upTo(String end) throws Unexpected {
    int found = text.indexOf(end, at);
    if (found < 0) {
      throw unexpected("'" + end + "' later in the line");
    }
    String taken = text.substring(at, found);
    at = found + end.length();
    return taken;
  }

  static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  static boolean isWordStart(char c) {
    return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_';
  }

  static boolean isWord(char c) {
    return isWordStart(c) || isDigit(c);
  }

  String word(String what) throws Unexpected {
    if (!isWordStart(peek())) {
      throw unexpected(what);
    }
    int from = at;
    while (isWord(peek())) {
      at++;
    }
    return since(from);
  }

  /// Takes decimal digits that make an `int`.
  int number(String what) throws Unexpected {
    int from = at;
    while (isDigit(peek())) {
      at++;
    }
    try {
      return Integer.parseInt(since(from));
    } catch (NumberFormatException _) {
      at = from;
      throw unexpected(what);
    }
  }
}
