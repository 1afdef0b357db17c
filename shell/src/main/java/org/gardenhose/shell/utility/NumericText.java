package org.gardenhose.shell.utility;

import java.util.Arrays;

/// Compares numbers as they are written, of any length: blanks, a minus, digits, a point, digits.
/// What is no number is 0.
///
/// **Learned from.** POSIX.1-2024 XCU sort, `-n`
final class NumericText {
  /// Larger than any number of so many digits.
  private static final int PREFIX_DIGITS = 18;

  private NumericText() {}

  /// A number found in an array.
  ///
  /// @param digits where its first digit that is not a zero is, or would be
  /// @param point behind the digits before the point
  /// @param end behind the digits behind the point, less zeros
  private record Number(byte[] bytes, boolean negative, int digits, int point, int end) {
    int integerLength() {
      return point - digits;
    }

    int sign() {
      boolean zero = integerLength() == 0 && end <= point + 1;
      return zero ? 0 : negative ? -1 : 1;
    }
  }

  private static Number parse(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to && Bytes.isBlank(bytes[at])) {
      at++;
    }
    boolean negative = at < to && bytes[at] == '-';
    at += negative ? 1 : 0;
    while (at < to && bytes[at] == '0') {
      at++;
    }
    int point = skipDigits(bytes, at, to);
    int end = point;
    if (point < to && bytes[point] == '.') {
      end = skipDigits(bytes, point + 1, to);
      while (end > point + 1 && bytes[end - 1] == '0') {
        end--;
      }
    }
    return new Number(bytes, negative, at, point, end);
  }

  private static int skipDigits(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to && Bytes.isDigit(bytes[at])) {
      at++;
    }
    return at;
  }

  /// Compares what the two slices begin with.
  static int compare(byte[] a, int aFrom, int aTo, byte[] b, int bFrom, int bTo) {
    Number x = parse(a, aFrom, aTo);
    Number y = parse(b, bFrom, bTo);
    int bySign = Integer.compare(x.sign(), y.sign());
    if (bySign != 0 || x.sign() == 0) {
      return bySign;
    }
    int byMagnitude = compareMagnitudes(x, y);
    return x.sign() < 0 ? -byMagnitude : byMagnitude;
  }

  private static int compareMagnitudes(Number x, Number y) {
    if (x.integerLength() != y.integerLength()) {
      return Integer.compare(x.integerLength(), y.integerLength());
    }
    int integers =
        Arrays.compareUnsigned(x.bytes(), x.digits(), x.point(), y.bytes(), y.digits(), y.point());
    if (integers != 0) {
      return integers;
    }
    return Arrays.compareUnsigned(
        x.bytes(),
        Math.min(x.point() + 1, x.end()),
        x.end(),
        y.bytes(),
        Math.min(y.point() + 1, y.end()),
        y.end());
  }

  /// Returns a value that never orders two numbers the wrong way round: the number without its
  /// fraction, cut off at `10^18`.
  static long prefix(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to && Bytes.isBlank(bytes[at])) {
      at++;
    }
    boolean negative = at < to && bytes[at] == '-';
    at += negative ? 1 : 0;
    while (at < to && bytes[at] == '0') {
      at++;
    }
    long value = 0;
    int first = at;
    while (at < to && Bytes.isDigit(bytes[at]) && at - first <= PREFIX_DIGITS) {
      value = value * 10 + bytes[at++] - '0';
    }
    long cut = at - first > PREFIX_DIGITS ? 1_000_000_000_000_000_000L : value;
    return negative ? -cut : cut;
  }
}
