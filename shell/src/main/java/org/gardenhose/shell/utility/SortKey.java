package org.gardenhose.shell.utility;

/// A part of a line that `sort` compares, and how.
///
/// @param start where it begins
/// @param end behind its last byte
/// @param rules how it is compared
record SortKey(Place start, Place end, Rules rules) {
  /// The end of a key that goes on to the end of the line.
  static final Place LINE_END = new Place(Integer.MAX_VALUE, 0, false);

  /// The key of a sort without `-k`.
  static SortKey wholeLine(Rules rules) {
    return new SortKey(new Place(0, 0, rules.skipStartBlanks), LINE_END, rules);
  }

  /// A place in a line.
  ///
  /// @param field counted from 0
  /// @param bytes behind the field's start; for an end, 0 is the field's end
  /// @param skipsBlanks whether the bytes are counted behind the field's leading blanks
  record Place(int field, int bytes, boolean skipsBlanks) {}

  /// The ordering options `bdfinr`.
  static final class Rules {
    boolean skipStartBlanks;
    boolean skipEndBlanks;
    boolean dictionary;
    boolean folded;
    boolean printable;
    boolean numeric;
    boolean reversed;

    /// Returns whether none is set.
    boolean isPlain() {
      return !reversed && !isOrdered() && !skipStartBlanks && !skipEndBlanks;
    }

    /// Returns whether bytes are not simply compared by value.
    boolean isOrdered() {
      return dictionary || folded || printable || numeric;
    }

    /// Returns whether this byte counts.
    boolean counts(byte b) {
      boolean inPrint = b >= ' ' && b < 0x7f;
      return (!printable || inPrint)
          && (!dictionary || Bytes.isBlank(b) || CharacterClass.ALNUM.has(b & 0xff));
    }

    /// Returns the value that a byte is compared by.
    int value(byte b) {
      return (folded ? Bytes.toUpper(b) : b) & 0xff;
    }
  }

  /// Returns where the key begins in a line.
  int from(byte[] bytes, int lineStart, int lineEnd, int separator) {
    int at = fieldStart(bytes, lineStart, lineEnd, start.field(), separator);
    return advance(bytes, at, lineEnd, start);
  }

  /// Returns where the key ends in a line; it may be before its beginning.
  int to(byte[] bytes, int lineStart, int lineEnd, int separator) {
    if (end.field() == Integer.MAX_VALUE) {
      return lineEnd;
    }
    int at = fieldStart(bytes, lineStart, lineEnd, end.field(), separator);
    return end.bytes() == 0
        ? fieldEnd(bytes, at, lineEnd, separator)
        : advance(bytes, at, lineEnd, end);
  }

  private static int advance(byte[] bytes, int from, int lineEnd, Place place) {
    int at = from;
    while (place.skipsBlanks() && at < lineEnd && Bytes.isBlank(bytes[at])) {
      at++;
    }
    return (int) Math.min(lineEnd, (long) at + place.bytes());
  }

  private static int fieldStart(
      byte[] bytes, int lineStart, int lineEnd, int field, int separator) {
    int at = lineStart;
    for (int i = 0; i < field && at < lineEnd; i++) {
      at = fieldEnd(bytes, at, lineEnd, separator);
      if (separator != Sort.BLANKS && at < lineEnd) {
        at++;
      }
    }
    return at;
  }

  /// Returns the end of the field that begins at `from`. Without a separator a field begins with
  /// the blanks before it.
  private static int fieldEnd(byte[] bytes, int from, int lineEnd, int separator) {
    if (separator != Sort.BLANKS) {
      int found = Bytes.indexOf(bytes, from, lineEnd, (byte) separator);
      return found < 0 ? lineEnd : found;
    }
    int at = from;
    while (at < lineEnd && Bytes.isBlank(bytes[at])) {
      at++;
    }
    while (at < lineEnd && !Bytes.isBlank(bytes[at])) {
      at++;
    }
    return at;
  }
}
