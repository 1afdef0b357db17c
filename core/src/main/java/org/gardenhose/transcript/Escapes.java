package org.gardenhose.transcript;

/// Bytes between quotes, as strace prints them: printable ASCII as it is, some control characters
/// by letter, everything else in octal, of as few digits as leave no doubt.
///
/// Bytes are the characters 0 to 255 of a string.
///
/// **Learned from.** strace `string_quote`
final class Escapes {
  private static final String LETTERS = "tnvfr";
  private static final int FIRST_LETTER = '\t';

  private Escapes() {}

  static void quote(String bytes, StringBuilder out) {
    out.append('"');
    for (int i = 0; i < bytes.length(); i++) {
      char c = bytes.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c >= FIRST_LETTER && c < FIRST_LETTER + LETTERS.length()) {
        out.append('\\').append(LETTERS.charAt(c - FIRST_LETTER));
      } else if (c >= ' ' && c < 0x7f) {
        out.append(c);
      } else {
        octal(c, i + 1 < bytes.length() ? bytes.charAt(i + 1) : 0, out);
      }
    }
    out.append('"');
  }

  private static void octal(char c, char next, StringBuilder out) {
    out.append('\\');
    String digits = Integer.toOctalString(c & 0xff);
    if (next >= '0' && next <= '7') {
      out.repeat('0', 3 - digits.length());
    }
    out.append(digits);
  }

  /// Reads bytes from the opening quote to the closing one.
  static String unquote(Cursor cursor) throws Cursor.Unexpected {
    cursor.need("\"");
    StringBuilder bytes = new StringBuilder();
    while (cursor.peek() != '"') {
      if (cursor.atEnd()) {
        throw cursor.unexpected("a closing '\"'");
      }
      char c = cursor.next();
      bytes.append(c == '\\' ? escaped(cursor) : c);
    }
    cursor.next();
    return bytes.toString();
  }

  private static char escaped(Cursor cursor) throws Cursor.Unexpected {
    char c = cursor.peek();
    if (c >= '0' && c <= '7') {
      int value = 0;
      for (int digits = 0; digits < 3 && cursor.peek() >= '0' && cursor.peek() <= '7'; digits++) {
        value = value * 8 + cursor.next() - '0';
      }
      return (char) (value & 0xff);
    }
    if (c == 'x' && hex(cursor.peek(1)) >= 0 && hex(cursor.peek(2)) >= 0) {
      cursor.next();
      return (char) (16 * hex(cursor.next()) + hex(cursor.next()));
    }
    int letter = LETTERS.indexOf(c);
    if (c != 0 && letter >= 0) {
      cursor.next();
      return (char) (FIRST_LETTER + letter);
    }
    if (c == '"' || c == '\\') {
      return cursor.next();
    }
    throw cursor.unexpected("an escape: one of \\n \\t \\v \\f \\r \\\" \\\\ or octal digits");
  }

  private static int hex(char c) {
    return Character.digit(c, 16);
  }
}
