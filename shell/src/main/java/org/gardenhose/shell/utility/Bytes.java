package org.gardenhose.shell.utility;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/// Looks for bytes in arrays, eight at a time, and knows the classes of ASCII.
///
/// **Learned from.** The test for a zero byte in a word: H. Warren, *Hacker's Delight*, 6-1; the
/// form used here has no false positives
final class Bytes {
  static final byte NEWLINE = '\n';

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101_0101_0101_0101L;
  private static final long LOW = 0x7f7f_7f7f_7f7f_7f7fL;

  private Bytes() {}

  /// Returns the bytes of a word.
  static byte[] of(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /// Returns 0x80 in each byte of the word at `index` that equals the pattern's, 0 in the others.
  private static long hits(byte[] bytes, int index, long pattern) {
    long word = (long) LONG.get(bytes, index) ^ pattern;
    return ~(((word & LOW) + LOW) | word | LOW);
  }

  /// Returns where `wanted` is first in `[from, to)`, or -1.
  static int indexOf(byte[] bytes, int from, int to, byte wanted) {
    long pattern = (wanted & 0xff) * ONES;
    int i = from;
    for (; i <= to - Long.BYTES; i += Long.BYTES) {
      long hits = hits(bytes, i, pattern);
      if (hits != 0) {
        return i + (Long.numberOfTrailingZeros(hits) >>> 3);
      }
    }
    for (; i < to; i++) {
      if (bytes[i] == wanted) {
        return i;
      }
    }
    return -1;
  }

  /// Returns where `wanted` is last in `[from, to)`, or -1.
  static int lastIndexOf(byte[] bytes, int from, int to, byte wanted) {
    for (int i = to - 1; i >= from; i--) {
      if (bytes[i] == wanted) {
        return i;
      }
    }
    return -1;
  }

  /// Returns how often `wanted` is in `[from, to)`.
  static long count(byte[] bytes, int from, int to, byte wanted) {
    long pattern = (wanted & 0xff) * ONES;
    long count = 0;
    int i = from;
    for (; i <= to - Long.BYTES; i += Long.BYTES) {
      count += Long.bitCount(hits(bytes, i, pattern));
    }
    for (; i < to; i++) {
      if (bytes[i] == wanted) {
        count++;
      }
    }
    return count;
  }

  /// Returns whether it is a space or tab.
  static boolean isBlank(byte b) {
    return b == ' ' || b == '\t';
  }

  /// Returns whether it separates words: space, tab, newline, vertical tab, form feed, return.
  static boolean isSpace(byte b) {
    return b == ' ' || b >= '\t' && b <= '\r';
  }

  static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }

  static byte toUpper(byte b) {
    return b >= 'a' && b <= 'z' ? (byte) (b - 32) : b;
  }
}
