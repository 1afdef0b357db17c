package org.gardenhose.shell.utility;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The character classes of the POSIX locale.
///
/// **Learned from.** POSIX.1-2024 XBD 7.3.1, "LC_CTYPE"
enum CharacterClass {
  ALNUM,
  ALPHA,
  BLANK,
  CNTRL,
  DIGIT,
  GRAPH,
  LOWER,
  PRINT,
  PUNCT,
  SPACE,
  UPPER,
  XDIGIT;

  /// Returns the class of this name, in small letters; or null.
  static @Nullable CharacterClass named(String name) {
    for (CharacterClass one : values()) {
      if (one.spelling().equals(name)) {
        return one;
      }
    }
    return null;
  }

  private String spelling() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// Returns whether a byte, 0 to 255, is in the class.
  boolean has(int c) {
    boolean upper = c >= 'A' && c <= 'Z';
    boolean lower = c >= 'a' && c <= 'z';
    boolean digit = c >= '0' && c <= '9';
    boolean graph = c > ' ' && c < 0x7f;
    return switch (this) {
      case ALNUM -> upper || lower || digit;
      case ALPHA -> upper || lower;
      case BLANK -> c == ' ' || c == '\t';
      case CNTRL -> c < ' ' || c == 0x7f;
      case DIGIT -> digit;
      case GRAPH -> graph;
      case LOWER -> lower;
      case PRINT -> graph || c == ' ';
      case PUNCT -> graph && !upper && !lower && !digit;
      case SPACE -> c == ' ' || c >= '\t' && c <= '\r';
      case UPPER -> upper;
      case XDIGIT -> digit || c >= 'A' && c <= 'F' || c >= 'a' && c <= 'f';
    };
  }
}
