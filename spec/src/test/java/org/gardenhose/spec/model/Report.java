package org.gardenhose.spec.model;

import java.util.Arrays;
import org.gardenhose.abi.Errno;

/// What a call came to and how everything is afterwards: the result, the bytes it delivered, and
/// numbers. It is used again for the next call.
final class Report {
  long result;
  byte[] data = new byte[0];
  int dataLength;
  long[] numbers = new long[128];
  int count;

  void start() {
    count = 0;
    dataLength = 0;
  }

  void add(long number) {
    numbers[count++] = number;
  }

  boolean same(Report other) {
    return result == other.result
        && dataLength == other.dataLength
        && Arrays.equals(numbers, 0, count, other.numbers, 0, other.count)
        && Arrays.equals(data, 0, dataLength, other.data, 0, dataLength);
  }

  /// Returns it as a line that another process can print too: the bytes as a hash of them.
  String line() {
    long hash = 0;
    for (int i = 0; i < dataLength; i++) {
      hash = hash * 31 + data[i] + 1;
    }
    StringBuilder line = new StringBuilder().append(result).append(' ').append(hash);
    for (int i = 0; i < count; i++) {
      line.append(' ').append(numbers[i]);
    }
    return line.toString();
  }

  /// Returns a result as strace prints it.
  static String result(long result) {
    return result < 0 ? "-1 " + Errno.of(result) : Long.toString(result);
  }
}
