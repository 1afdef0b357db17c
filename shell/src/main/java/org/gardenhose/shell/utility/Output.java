package org.gardenhose.shell.utility;

import java.io.IOException;
import java.io.OutputStream;

/// Collects what a utility writes into blocks of 64 KiB. The utility flushes it when it ends; and
/// [LineReader] does before it waits, so that nothing is held back that a reader could have.
final class Output {
  /// A pipe's capacity: one write fills it.
  static final int BLOCK_BYTES = 1 << 16;

  private static final int LONG_DIGITS = 20;

  private final OutputStream out;
  private final byte[] block = new byte[BLOCK_BYTES];
  private int filled;

  Output(OutputStream out) {
    this.out = out;
  }

  boolean isEmpty() {
    return filled == 0;
  }

  void put(int b) throws IOException {
    if (filled == block.length) {
      flush();
    }
    block[filled++] = (byte) b;
  }

  void write(byte[] bytes) throws IOException {
    write(bytes, 0, bytes.length);
  }

  void write(byte[] bytes, int offset, int length) throws IOException {
    if (length > block.length - filled) {
      flush();
      if (length >= block.length) {
        out.write(bytes, offset, length);
        return;
      }
    }
    System.arraycopy(bytes, offset, block, filled, length);
    filled += length;
  }

  /// Writes a number, with spaces before it up to this width.
  void decimal(long number, int width) throws IOException {
    byte[] digits = new byte[Math.max(width, LONG_DIGITS)];
    int at = digits.length;
    long rest = number;
    do {
      digits[--at] = (byte) ('0' + Math.abs(rest % 10));
      rest /= 10;
    } while (rest != 0);
    if (number < 0) {
      digits[--at] = '-';
    }
    while (digits.length - at < width) {
      digits[--at] = ' ';
    }
    write(digits, at, digits.length - at);
  }

  void text(String text) throws IOException {
    write(Bytes.of(text));
  }

  void flush() throws IOException {
    if (filled > 0) {
      int n = filled;
      filled = 0;
      out.write(block, 0, n);
    }
  }
}
