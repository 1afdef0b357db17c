package org.gardenhose.memory;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;

/// The caller's memory: copies between it and a page.
///
/// Memory is named by an object and a position in it: a `byte[]` and an index, a [ByteBuffer] and
/// an absolute index, a [MemorySegment] and an offset, an [IoVector] and a position in the whole.
/// The pair travels through a call instead of a wrapper, so a call allocates nothing.
///
/// **Always true.** A copy that throws may have moved leading bytes, and the pipe has not counted
/// any of them (L-129, L-130).
/// **Blocks.** never
/// **Learned from.** Linux `copy_page_to_iter`, `copy_page_from_iter`
public final class UserMemory {
  /// Memory that nobody has mapped: what a bad pointer points at.
  public static final Object UNMAPPED = new Object();

  private UserMemory() {}

  /// Copies `count` bytes from position `at` of the caller's `memory` into `page` at `offset`.
  public static void copyIn(Object memory, long at, Page page, int offset, int count) {
    copyIn(memory, at, page.bytes(), page.base() + offset, count);
  }

  /// Copies `count` bytes from position `at` of the caller's `memory` into `bytes` at `offset`.
  public static void copyIn(Object memory, long at, byte[] bytes, int offset, int count) {
    if (memory instanceof byte[] array) {
      copy(array, (int) at, bytes, offset, count);
    } else if (memory instanceof ByteBuffer buffer) {
      buffer.get((int) at, bytes, offset, count);
    } else if (memory instanceof MemorySegment segment) {
      MemorySegment.copy(segment, ValueLayout.JAVA_BYTE, at, bytes, offset, count);
    } else if (memory instanceof IoVector vector) {
      vector.copyIn(at, bytes, offset, count);
    } else {
      throw new MemoryFault();
    }
  }

  /// Copies `count` bytes of `page` from `offset` on to position `at` of the caller's `memory`.
  public static void copyOut(Object memory, long at, Page page, int offset, int count) {
    byte[] bytes = page.bytes();
    int from = page.base() + offset;
    if (memory instanceof byte[] array) {
      copy(bytes, from, array, (int) at, count);
    } else if (memory instanceof ByteBuffer buffer) {
      buffer.put((int) at, bytes, from, count);
    } else if (memory instanceof MemorySegment segment) {
      MemorySegment.copy(bytes, from, segment, ValueLayout.JAVA_BYTE, at, count);
    } else if (memory instanceof IoVector vector) {
      vector.copyOut(at, bytes, from, count);
    } else {
      throw new MemoryFault();
    }
  }

  /// Copies `count` bytes of `page` from `offset` on to `array` at index `at`.
  public static void copyOut(byte[] array, int at, Page page, int offset, int count) {
    copy(page.bytes(), page.base() + offset, array, at, count);
  }

  private static void copy(byte[] from, int fromIndex, byte[] to, int toIndex, int count) {
    if (count == 1) {
      to[toIndex] = from[fromIndex];
    } else {
      System.arraycopy(from, fromIndex, to, toIndex, count);
    }
  }
}
