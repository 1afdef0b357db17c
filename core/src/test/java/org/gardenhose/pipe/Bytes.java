package org.gardenhose.pipe;

/// The bytes that tests write, each told by its position in an endless sequence, so that a lost, a
/// doubled or a misplaced byte shows.
final class Bytes {
  private Bytes() {}

  /// Returns the byte at `position` of the sequence.
  static byte at(long position) {
    return (byte) (position * 131 + (position >> 8) * 17);
  }

  /// Returns `count` bytes of the sequence from `position` on.
  static byte[] from(long position, int count) {
    byte[] bytes = new byte[count];
    for (int i = 0; i < count; i++) {
      bytes[i] = at(position + i);
    }
    return bytes;
  }

  /// Returns a number that depends on every one of the first `count` bytes and on their order.
  static long hash(byte[] bytes, int count) {
    long hash = 0;
    for (int i = 0; i < count; i++) {
      hash = hash * 31 + (bytes[i] & 0xff) + 1;
    }
    return hash;
  }
}
