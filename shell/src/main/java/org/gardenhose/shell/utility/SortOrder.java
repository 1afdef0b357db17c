package org.gardenhose.shell.utility;

import java.util.Arrays;
import java.util.List;

/// The order of lines: by each key, and last by all bytes.
///
/// **Always true.** `prefix(a) < prefix(b)` only if `compare(a, b) < 0`; so prefixes decide most
/// comparisons, and only equal ones need the lines.
final class SortOrder {
  private final LineStore lines;
  private final List<SortKey> keys;
  private final int separator;
  private final boolean lastResort;
  private final boolean reversed;

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
    int left = Long.BYTES;
    boolean plain = !rules.isOrdered();
    for (int i = from; i < to && left > 0; i++) {
      if (plain || rules.counts(bytes[i])) {
        prefix = prefix << 8 | rules.value(bytes[i]);
        left--;
      }
    }
    // Shifted in two steps, since a shift by 64 is none.
    return (prefix << 4 * left << 4 * left) ^ Long.MIN_VALUE;
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
