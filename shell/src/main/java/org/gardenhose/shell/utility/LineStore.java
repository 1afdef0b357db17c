package org.gardenhose.shell.utility;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// All lines of the inputs, in big arrays; a line is a number, counted from 0 as it was read.
///
/// **Always true.** A line lies within one chunk; its place is `chunk << 32 | offset`.
final class LineStore {
  /// Big enough that few lines are moved to the next chunk, small enough that little is wasted.
  private static final int CHUNK_BYTES = 1 << 20;

  private final List<byte[]> chunkList = new ArrayList<>();

  /// The same as chunkList, for speed.
  private byte[][] chunks = new byte[0][];

  private long[] places = new long[1024];
  private int[] lengths = new int[1024];
  private int count;

  /// Where the chunk being filled is filled to, and where its last line, not ended yet, begins.
  private int filled;

  private int lineStart;

  LineStore() {
    newChunk(CHUNK_BYTES);
  }

  int count() {
    return count;
  }

  byte[] bytes(int line) {
    return chunks[(int) (places[line] >>> 32)];
  }

  int start(int line) {
    return (int) places[line];
  }

  int length(int line) {
    return lengths[line];
  }

  int end(int line) {
    return (int) places[line] + lengths[line];
  }

  /// Adds all lines of an input. The end of the input ends a line too.
  void addAll(InputStream in) throws IOException {
    while (true) {
      byte[] chunk = chunkList.getLast();
      if (filled == chunk.length) {
        moveUnfinishedLine(chunk);
        chunk = chunkList.getLast();
      }
      int n = in.read(chunk, filled, chunk.length - filled);
      if (n < 0) {
        break;
      }
      int scan = filled;
      filled += n;
      addLines(chunk, scan);
    }
    if (lineStart < filled) {
      add(filled);
      lineStart = filled;
    }
    chunks = chunkList.toArray(byte[][]::new);
  }

  private void addLines(byte[] chunk, int from) {
    int scan = from;
    while (true) {
      int newline = Bytes.indexOf(chunk, scan, filled, Bytes.NEWLINE);
      if (newline < 0) {
        return;
      }
      add(newline);
      lineStart = newline + 1;
      scan = lineStart;
    }
  }

  private void add(int end) {
    if (count == lengths.length) {
      if (count > Integer.MAX_VALUE / 2) {
        throw new OutOfMemoryError("more lines than an array can have");
      }
      places = Arrays.copyOf(places, 2 * count);
      lengths = Arrays.copyOf(lengths, 2 * count);
    }
    places[count] = (long) (chunkList.size() - 1) << 32 | lineStart;
    lengths[count++] = end - lineStart;
  }

  private void moveUnfinishedLine(byte[] chunk) {
    int unfinished = filled - lineStart;
    if (unfinished > (Integer.MAX_VALUE - 8) / 2) {
      throw new OutOfMemoryError("a line is longer than an array");
    }
    int unfinishedStart = lineStart;
    newChunk(Math.max(CHUNK_BYTES, 2 * unfinished));
    System.arraycopy(chunk, unfinishedStart, chunkList.getLast(), 0, unfinished);
    filled = unfinished;
  }

  private void newChunk(int length) {
    chunkList.add(new byte[length]);
    filled = 0;
    lineStart = 0;
  }
}
