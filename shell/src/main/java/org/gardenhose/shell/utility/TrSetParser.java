package org.gardenhose.shell.utility;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.gardenhose.shell.program.Failure;

/// Reads a string of `tr`: escapes, ranges `a-z`, classes `[:alpha:]`, `[=c=]`, repetitions
/// `[c*n]`.
///
/// **Learned from.** POSIX.1-2024 XCU tr, "EXTENDED DESCRIPTION"; GNU where that leaves a choice
final class TrSetParser {
  /// A character of the string, its escape done; one that was escaped has no special meaning.
  private record Unit(int value, boolean escaped) {
    boolean is(char c) {
      return value == c && !escaped;
    }
  }

  private static final int BYTES = 256;
  private static final int NONE = -1;
  private static final String ESCAPES = "abfnrtv\\";
  private static final String MEANINGS = "\u0007\b\f\n\r\t\u000b\\";

  private final List<Unit> units;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final List<TrSet.CaseClass> caseClasses = new ArrayList<>();
  private boolean hasClass;
  private boolean hasOtherClass;
  private boolean endsInClass;

  /// Where a `[c*]` is to be stretched, and to what.
  private int stretchAt = NONE;

  private int stretchValue;

  private TrSetParser(String text) {
    this.units = units(Bytes.of(text));
  }

  /// Reads the first string.
  static TrSet first(String text) throws Failure {
    TrSetParser parser = new TrSetParser(text);
    parser.readAll();
    if (parser.stretchAt != NONE) {
      throw new Failure("the [c*] repeat construct may not appear in string1");
    }
    return parser.set(parser.bytes.toByteArray());
  }

  /// Reads the second string; a `[c*]` in it makes it as long as the first.
  static TrSet second(String text, int firstLength) throws Failure {
    TrSetParser parser = new TrSetParser(text);
    parser.readAll();
    byte[] read = parser.bytes.toByteArray();
    if (parser.stretchAt == NONE) {
      return parser.set(read);
    }
    int count = Math.max(0, firstLength - read.length);
    byte[] stretched = new byte[read.length + count];
    int at = parser.stretchAt;
    System.arraycopy(read, 0, stretched, 0, at);
    Arrays.fill(stretched, at, at + count, (byte) parser.stretchValue);
    System.arraycopy(read, at, stretched, at + count, read.length - at);
    return parser.set(stretched);
  }

  private TrSet set(byte[] spelt) {
    return new TrSet(spelt, List.copyOf(caseClasses), hasClass, hasOtherClass, endsInClass);
  }

  // ---- Escapes.

  private static List<Unit> units(byte[] text) {
    List<Unit> units = new ArrayList<>();
    int i = 0;
    while (i < text.length) {
      int c = text[i++] & 0xff;
      if (c != '\\' || i == text.length) {
        units.add(new Unit(c, false));
        continue;
      }
      c = text[i++] & 0xff;
      int known = ESCAPES.indexOf(c);
      if (known >= 0) {
        c = MEANINGS.charAt(known);
      } else if (isOctal(c)) {
        c -= '0';
        for (int digits = 1; digits < 3 && i < text.length && isOctal(text[i]); digits++) {
          int more = c * 8 + text[i] - '0';
          if (more >= BYTES) {
            break;
          }
          c = more;
          i++;
        }
      }
      units.add(new Unit(c, true));
    }
    return units;
  }

  private static boolean isOctal(int c) {
    return c >= '0' && c <= '7';
  }

  // ---- Constructs.

  private void readAll() throws Failure {
    int i = 0;
    while (i < units.size()) {
      int next = bracket(i);
      endsInClass = next != NONE && endsInClass;
      if (next == NONE) {
        next = rangeOrOne(i);
      }
      i = next;
    }
  }

  private boolean is(int i, char c) {
    return i < units.size() && units.get(i).is(c);
  }

  private int value(int i) {
    return units.get(i).value();
  }

  private int rangeOrOne(int i) throws Failure {
    int from = value(i);
    if (!is(i + 1, '-') || i + 2 >= units.size()) {
      bytes.write(from);
      return i + 1;
    }
    int to = value(i + 2);
    if (to < from) {
      throw new Failure(
          "range-endpoints of '"
              + printable(from)
              + "-"
              + printable(to)
              + "' are in reverse collating sequence order");
    }
    for (int c = from; c <= to; c++) {
      bytes.write(c);
    }
    return i + 3;
  }

  private static String printable(int c) {
    return c > ' ' && c < 0x7f ? String.valueOf((char) c) : String.format("\\%03o", c);
  }

  /// Reads what begins with `[` and is a construct, and returns what is behind it; or NONE.
  private int bracket(int i) throws Failure {
    if (!is(i, '[')) {
      return NONE;
    }
    for (char kind : new char[] {':', '='}) {
      if (is(i + 1, kind)) {
        int close = closing(i + 2, kind);
        // [:*5] and [=*5] are repetitions, and so is what has no end.
        if (close != NONE && !(close == i + 2 && is(i + 2, '*'))) {
          named(i + 2, close, kind == ':');
          return close + 2;
        }
      }
    }
    return repetition(i);
  }

  private int closing(int from, char kind) {
    for (int i = from; i + 1 < units.size(); i++) {
      if (is(i, kind) && is(i + 1, ']')) {
        return i;
      }
    }
    return NONE;
  }

  private void named(int from, int to, boolean isClass) throws Failure {
    StringBuilder text = new StringBuilder();
    for (int i = from; i < to; i++) {
      text.append((char) value(i));
    }
    hasClass = true;
    endsInClass = true;
    if (!isClass) {
      hasOtherClass = true;
      if (text.length() != 1) {
        throw new Failure(text + ": equivalence class operand must be a single character");
      }
      bytes.write(value(from));
      return;
    }
    String name = text.toString();
    CharacterClass found = CharacterClass.named(name);
    if (found == null) {
      throw new Failure("invalid character class '" + name + "'");
    }
    if (name.equals("lower") || name.equals("upper")) {
      caseClasses.add(new TrSet.CaseClass(bytes.size(), name.equals("upper")));
    } else {
      hasOtherClass = true;
    }
    for (int c = 0; c < BYTES; c++) {
      if (found.has(c)) {
        bytes.write(c);
      }
    }
  }

  /// Reads `[c*]` or `[c*n]`; a number that begins with 0 is octal.
  private int repetition(int i) throws Failure {
    if (i + 3 >= units.size() || !is(i + 2, '*')) {
      return NONE;
    }
    StringBuilder digits = new StringBuilder();
    int at = i + 3;
    while (at < units.size() && !is(at, ']')) {
      digits.append((char) value(at++));
    }
    if (at == units.size()) {
      return NONE;
    }
    long count = count(digits.toString());
    if (count == 0) {
      if (stretchAt != NONE) {
        throw new Failure("only one [c*] repeat construct may appear in string2");
      }
      stretchAt = bytes.size();
      stretchValue = value(i + 1);
    }
    for (long n = 0; n < count; n++) {
      bytes.write(value(i + 1));
    }
    return at + 1;
  }

  private static long count(String digits) throws Failure {
    try {
      long count = digits.isEmpty() ? 0 : Long.parseLong(digits, digits.startsWith("0") ? 8 : 10);
      if (count >= 0 && count <= Integer.MAX_VALUE / 2) {
        return count;
      }
    } catch (NumberFormatException _) {
      // Falls through to the message.
    }
    throw new Failure("invalid repeat count '" + digits + "' in [c*n] construct");
  }
}
