package org.gardenhose.shell.utility;

import java.util.Arrays;
import java.util.List;

/// The order of lines: by each key, and last by all bytes.
///
/// **Always true.** `prefix(a) < prefix(b)` only if `compare(a, b) < 0`; so prefixes decide most
/// comparisons, and only equal ones need the lines. Of text a prefix has the first seven bytes, and
/// in its last byte how many there are, if that is less than eight; so short lines that are equal
/// need no second look either ([#settles]).
final class SortOrder {
  /// Bytes of text in a prefix.
  private static final int PREFIX_BYTES = Long.BYTES - 1;

  private final LineStore lines;
  private final List<SortKey> keys;
  private final int separator;
  private final boolean lastResort;
  private final boolean reversed;

  /// Whether equal prefixes of less than eight bytes mean equal lines.
  private final boolean prefixSettles;

  /// Makes one.
  ///
  /// @param keys at least one
  /// @param separator of fields, or [Sort#BLANKS]
  /// @param lastResort whether lines with equal keys are compared by all their bytes
  /// @param reversed whether that comparison is the other way round
  SortOrder(
      LineStore lines, List<SortKey> keys, int separator, boolean lastResort, boolean reversed) {
    this.lines = lines;
    this.keys = keys;
    this.separator = separator;
    this.lastResort = lastResort;
    this.reversed = reversed;
    SortKey first = keys.getFirst();
    boolean wholeLine =
        first.equals(SortKey.wholeLine(first.rules())) && !first.rules().skipStartBlanks;
    this.prefixSettles =
        keys.size() == 1 && !first.rules().isOrdered() && (wholeLine || !lastResort);
  }

  /// Returns whether lines that have this prefix in common are equal.
  boolean settles(long prefix) {
    long count = (keys.getFirst().rules().reversed ? ~prefix : prefix) & 0xff;
    return prefixSettles && count <= PREFIX_BYTES;
  }

  /// Returns a signed number to compare before anything else.
  long prefix(int line) {
    SortKey key = keys.getFirst();
    byte[] bytes = lines.bytes(line);
    int from = key.from(bytes, lines.start(line), lines.end(line), separator);
    int to = Math.max(from, key.to(bytes, lines.start(line), lines.end(line), separator));
    long prefix = prefix(key.rules(), bytes, from, to);
    return key.rules().reversed ? ~prefix : prefix;
  }

  private static long prefix(SortKey.Rules rules, byte[] bytes, int from, int to) {
    if (rules.numeric) {
      return NumericText.prefix(bytes, from, to);
    }
    long prefix = 0;
    int count = 0;
    boolean plain = !rules.isOrdered();
    for (int i = from; i < to && count <= PREFIX_BYTES; i++) {
      if (plain || rules.counts(bytes[i])) {
        if (count < PREFIX_BYTES) {
          prefix = prefix << 8 | rules.value(bytes[i]);
        }
        count++;
      }
    }
    int missing = Math.max(0, PREFIX_BYTES - count);
    return (prefix << 8 * missing << 8 | count) ^ Long.MIN_VALUE;
  }

  int compare(int a, int b) {
    int byKeys = compareKeys(a, b);
    if (byKeys != 0 || !lastResort) {
      return byKeys;
    }
    int byBytes =
        Arrays.compareUnsigned(
            lines.bytes(a),
            lines.start(a),
            lines.end(a),
            lines.bytes(b),
            lines.start(b),
            lines.end(b));
    return reversed ? -byBytes : byBytes;
  }

  int compareKeys(int a, int b) {
    byte[] x = lines.bytes(a);
    byte[] y = lines.bytes(b);
    for (SortKey key : keys) {
      int xFrom = key.from(x, lines.start(a), lines.end(a), separator);
      int xTo = Math.max(xFrom, key.to(x, lines.start(a), lines.end(a), separator));
      int yFrom = key.from(y, lines.start(b), lines.end(b), separator);
      int yTo = Math.max(yFrom, key.to(y, lines.start(b), lines.end(b), separator));
      int order = compare(key.rules(), x, xFrom, xTo, y, yFrom, yTo);
      if (order != 0) {
        return key.rules().reversed ? -order : order;
      }
    }
    return 0;
  }

  private static int compare(
      SortKey.Rules rules, byte[] x, int xFrom, int xTo, byte[] y, int yFrom, int yTo) {
    if (rules.numeric) {
      return NumericText.compare(x, xFrom, xTo, y, yFrom, yTo);
    }
    if (!rules.isOrdered()) {
      return Arrays.compareUnsigned(x, xFrom, xTo, y, yFrom, yTo);
    }
    int i = xFrom;
    int j = yFrom;
    while (true) {
      while (i < xTo && !rules.counts(x[i])) {
        i++;
      }
      while (j < yTo && !rules.counts(y[j])) {
        j++;
      }
      if (i == xTo || j == yTo) {
        return Boolean.compare(i < xTo, j < yTo);
      }
      int order = rules.value(x[i++]) - rules.value(y[j++]);
      if (order != 0) {
        return order;
      }
    }
  }
}
