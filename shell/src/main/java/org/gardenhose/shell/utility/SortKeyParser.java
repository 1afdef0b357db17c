package org.gardenhose.shell.utility;

import org.gardenhose.shell.program.Failure;

/// Reads the value of `sort -k`: `F[.C][bdfinr][,F[.C][bdfinr]]`.
///
/// **Learned from.** POSIX.1-2024 XCU sort, "OPTIONS"
final class SortKeyParser {
  private final String text;
  private int at;
  private final SortKey.Rules rules = new SortKey.Rules();

  private SortKeyParser(String text) {
    this.text = text;
  }

  static SortKey parse(String text) throws Failure {
    return new SortKeyParser(text).key();
  }

  private SortKey key() throws Failure {
    int field = number("invalid number at field start");
    int bytes = 1;
    if (field == 0) {
      throw bad("field number is zero");
    }
    if (comes('.')) {
      bytes = number("invalid number after '.'");
      if (bytes == 0) {
        throw bad("character offset is zero");
      }
    }
    rules.skipStartBlanks |= letters();
    SortKey.Place start = new SortKey.Place(field - 1, bytes - 1, rules.skipStartBlanks);
    SortKey.Place end = comes(',') ? end() : SortKey.LINE_END;
    if (at < text.length()) {
      throw bad("stray character in field spec");
    }
    return new SortKey(start, end, rules);
  }

  private SortKey.Place end() throws Failure {
    int field = number("invalid number after ','");
    if (field == 0) {
      throw bad("field number is zero");
    }
    int bytes = comes('.') ? number("invalid number after '.'") : 0;
    rules.skipEndBlanks |= letters();
    return new SortKey.Place(field - 1, bytes, rules.skipEndBlanks);
  }

  private Failure bad(String what) {
    return new Failure(what + ": invalid field specification '" + text + "'");
  }

  private boolean comes(char c) {
    if (at < text.length() && text.charAt(at) == c) {
      at++;
      return true;
    }
    return false;
  }

  private int number(String what) throws Failure {
    int from = at;
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      at++;
    }
    if (from == at) {
      throw bad(what);
    }
    long number = Numbers.plain(text.substring(from, at), what);
    return (int) Math.min(number, Integer.MAX_VALUE - 1);
  }

  /// Reads option letters and returns whether `b` was among them.
  private boolean letters() throws Failure {
    boolean blanks = false;
    for (; at < text.length() && Character.isLetter(text.charAt(at)); at++) {
      char letter = text.charAt(at);
      blanks |= letter == 'b';
      if (letter != 'b' && !set(rules, letter)) {
        throw new Failure("unsupported option '" + letter + "' in key '" + text + "'");
      }
    }
    return blanks;
  }

  /// Sets what one of the letters `dfinr` says.
  ///
  /// @return whether it is one of them
  static boolean set(SortKey.Rules rules, char letter) {
    switch (letter) {
      case 'd' -> rules.dictionary = true;
      case 'f' -> rules.folded = true;
      case 'i' -> rules.printable = true;
      case 'n' -> rules.numeric = true;
      case 'r' -> rules.reversed = true;
      default -> {
        return false;
      }
    }
    return true;
  }
}
