package org.gardenhose.shell.utility;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/// Reads lines of any length, or blocks of whole lines, as slices of one array.
///
/// **Always true.**
/// ```
/// 0 <= start <= end <= position <= limit <= buffer.length
/// ```
/// What a call returned is in `buffer` from `start` to `end`, until the next call.
final class LineReader {
  private final InputStream in;
  private final Output tied;
  private byte[] buffer = new byte[Output.BLOCK_BYTES];
  private int position;
  private int limit;
  private int start;
  private int end;
  private boolean terminated;

  /// Makes one.
  ///
  /// @param tied flushed before a read that may wait
  LineReader(InputStream in, Output tied) {
    this.in = in;
    this.tied = tied;
  }

  byte[] buffer() {
    return buffer;
  }

  int start() {
    return start;
  }

  int end() {
    return end;
  }

  int length() {
    return end - start;
  }

  /// Returns whether the line or block ended with a newline, not with the input.
  boolean terminated() {
    return terminated;
  }

  /// Goes to the next line; the slice has no newline.
  ///
  /// @return false at the end of the input
  boolean next() throws IOException {
    int seen = 0;
    while (true) {
      int newline = Bytes.indexOf(buffer, position + seen, limit, Bytes.NEWLINE);
      if (newline >= 0) {
        take(newline, newline + 1, true);
        return true;
      }
      seen = limit - position;
      if (!fill()) {
        take(limit, limit, false);
        return seen > 0;
      }
    }
  }

  /// Goes to the next block of at least one line; the slice has the newlines.
  ///
  /// @return false at the end of the input
  boolean nextBlock() throws IOException {
    int seen = 0;
    while (true) {
      int newline = Bytes.lastIndexOf(buffer, position + seen, limit, Bytes.NEWLINE);
      if (newline >= 0) {
        take(newline + 1, newline + 1, true);
        return true;
      }
      seen = limit - position;
      if (!fill()) {
        take(limit, limit, false);
        return seen > 0;
      }
    }
  }

  private void take(int sliceEnd, int next, boolean newline) {
    start = position;
    end = sliceEnd;
    position = next;
    terminated = newline;
  }

  /// Reads more behind what is left; a line that fills the array gets one twice as long.
  private boolean fill() throws IOException {
    if (position > 0) {
      System.arraycopy(buffer, position, buffer, 0, limit - position);
      limit -= position;
      position = 0;
    }
    if (limit == buffer.length) {
      buffer = Arrays.copyOf(buffer, larger(buffer.length));
    }
    flushTied();
    int n = in.read(buffer, limit, buffer.length - limit);
    if (n < 0) {
      return false;
    }
    limit += n;
    return true;
  }

  private static int larger(int length) {
    int most = Integer.MAX_VALUE - 8;
    if (length == most) {
      throw new OutOfMemoryError("a line is longer than an array");
    }
    return length > most / 2 ? most : 2 * length;
  }

  private void flushTied() throws IOException {
    if (!tied.isEmpty() && nothingThere()) {
      tied.flush();
    }
  }

  private boolean nothingThere() {
    try {
      return in.available() == 0;
    } catch (IOException _) {
      return true;
    }
  }
}
