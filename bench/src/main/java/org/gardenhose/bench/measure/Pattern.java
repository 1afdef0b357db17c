package org.gardenhose.bench.measure;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Bytes that tell where in a stream they belong, cheap to make and to check.
///
/// A stream is a row of chunks of one size. Each begins with its number, and the rest depends on
/// the place in the chunk. Only a part of what arrives is looked at, so the check costs a
/// nanosecond or two a chunk.
final class Pattern {
  private static final VarHandle NUMBER =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /// Arrivals up to this size are checked once in [#SAMPLE], larger ones each time.
  private static final int SMALL = 1024;

  private static final int SAMPLE = 64;

  private Pattern() {}

  /// Returns a chunk to write, numbered 0.
  static byte[] chunk(int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = filler(i);
    }
    stamp(bytes, 0);
    return bytes;
  }

  private static byte filler(int place) {
    return (byte) (place * 31 + (place >>> 8) * 7 + 1);
  }

  /// Numbers a chunk.
  static void stamp(byte[] bytes, long number) {
    if (bytes.length >= Long.BYTES) {
      NUMBER.set(bytes, 0, number);
    } else {
      bytes[0] = (byte) number;
    }
  }

  /// Returns the number of a chunk of at least eight bytes.
  static long number(byte[] bytes) {
    return (long) NUMBER.get(bytes, 0);
  }

  /// Returns whether the `count`-th arrival of this size is to be checked.
  static boolean sampled(long count, int length) {
    return length > SMALL || count % SAMPLE == 0;
  }

  /// Checks the first and the last of `length` bytes that arrived at `position` of the stream.
  ///
  /// @throws IllegalStateException if they belong elsewhere
  static void check(byte[] bytes, int length, long position, int chunk) {
    checkAt(bytes, 0, position, chunk);
    checkAt(bytes, length - 1, position + length - 1, chunk);
    boolean whole = position % chunk == 0 && length >= Long.BYTES && chunk >= Long.BYTES;
    if (whole && number(bytes) != position / chunk) {
      throw new IllegalStateException(
          "chunk %d came where %d was due".formatted(number(bytes), position / chunk));
    }
  }

  private static void checkAt(byte[] bytes, int index, long position, int chunk) {
    int place = (int) (position % chunk);
    long number = position / chunk;
    byte due;
    if (chunk < Long.BYTES) {
      due = place == 0 ? (byte) number : filler(place);
    } else {
      due = place < Long.BYTES ? (byte) (number >>> 8 * place) : filler(place);
    }
    if (bytes[index] != due) {
      throw new IllegalStateException(
          "byte %d of the stream is %d instead of %d".formatted(position, bytes[index], due));
    }
  }
}
