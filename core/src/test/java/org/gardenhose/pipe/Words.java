package org.gardenhose.pipe;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLongArray;

/// A stream of eight-byte words, each of which says who wrote it and as what number: so that lost,
/// invented, doubled and reordered bytes are all found, whoever reads them.
///
/// As long as everybody writes and asks for whole words, every call moves whole words.
final class Words {
  static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final int WRITER_SHIFT = 48;
  private static final long NUMBER_MASK = (1L << WRITER_SHIFT) - 1;

  private final int writers;
  private final AtomicLongArray written;
  private final AtomicLongArray read;
  private final AtomicLongArray readHash;

  Words(int writers) {
    this.writers = writers;
    this.written = new AtomicLongArray(writers);
    this.read = new AtomicLongArray(writers);
    this.readHash = new AtomicLongArray(writers);
  }

  /// Makes the next `count` bytes of a writer that has written `number` words.
  static void make(byte[] bytes, int from, int count, int writer, long number) {
    for (int i = 0; i < count; i += 8) {
      LONGS.set(bytes, from + i, (long) writer << WRITER_SHIFT | number + i / 8);
    }
  }

  /// Notes that a writer has got `words` words into the pipe altogether.
  void written(int writer, long words) {
    written.set(writer, words);
  }

  /// One reader's view: it checks the order.
  final class Reader {
    private final long[] last = new long[writers];

    Reader() {
      Arrays.fill(last, -1);
    }

    /// Checks `count` bytes just read.
    void check(byte[] bytes, long count) {
      if (count % 8 != 0) {
        throw new AssertionError("a word was torn: " + count + " bytes");
      }
      for (int i = 0; i < count; i += 8) {
        long word = (long) LONGS.get(bytes, i);
        int writer = (int) (word >>> WRITER_SHIFT);
        long number = word & NUMBER_MASK;
        if (writer >= writers) {
          throw new AssertionError("invented: a word of writer " + writer);
        }
        if (number <= last[writer]) {
          throw new AssertionError(
              "reordered: word %d of writer %d after %d".formatted(number, writer, last[writer]));
        }
        last[writer] = number;
        read.getAndAdd(writer, 1);
        readHash.getAndAdd(writer, mix(number));
      }
    }
  }

  /// Checks that every word that was written was read exactly once.
  void complete() {
    for (int writer = 0; writer < writers; writer++) {
      long hash = 0;
      for (long number = 0; number < written.get(writer); number++) {
        hash += mix(number);
      }
      if (read.get(writer) != written.get(writer) || hash != readHash.get(writer)) {
        throw new AssertionError(
            "writer %d wrote %d words, of which or beside which %d were read"
                .formatted(writer, written.get(writer), read.get(writer)));
      }
    }
  }

  private static long mix(long number) {
    long z = (number + 1) * 0x9e3779b97f4a7c15L;
    z = (z ^ z >>> 30) * 0xbf58476d1ce4e5b9L;
    return z ^ z >>> 27;
  }
}
