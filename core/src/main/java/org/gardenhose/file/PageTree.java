package org.gardenhose.file;

import org.gardenhose.memory.PagePool;
import org.jspecify.annotations.Nullable;

/// The pages of one file by their index: a tree that is as high as the largest index needs, so that
/// a file with a byte at each end and nothing in between costs a handful of nodes.
///
/// **Always true.**
/// ```
/// 0 <= index < 64^height          of every page that is in the tree
/// count                           pages in the tree
/// ```
/// **Guarded by.** the lock of the file whose pages it holds
/// **Blocks.** never
/// **Learned from.** Linux `struct xarray`, `XA_CHUNK_SHIFT`
final class PageTree {
  /// Children of a node, as bits of an index.
  private static final int BITS = 6;

  private static final int FAN_OUT = 1 << BITS;

  /// Levels that cover every index of a page below 2^63 bytes: 9 x 6 bits >= 51.
  private static final int MAX_HEIGHT = 9;

  private @Nullable Object[] root = new Object[FAN_OUT];
  private int height = 1;
  private long count;

  /// Returns how many pages there are.
  long count() {
    return count;
  }

  /// Returns the page at `index`, or null for a hole.
  @Nullable CachedPage get(long index) {
    if (beyond(index)) {
      return null;
    }
    @Nullable Object[] node = root;
    for (int level = height - 1; level > 0; level--) {
      Object child = node[slot(index, level)];
      if (child == null) {
        return null;
      }
      node = (Object[]) child;
    }
    return (CachedPage) node[slot(index, 0)];
  }

  /// Puts a page at `index`, in place of what is there.
  void put(long index, CachedPage page) {
    while (beyond(index)) {
      @Nullable Object[] higher = new Object[FAN_OUT];
      higher[0] = root;
      root = higher;
      height++;
    }
    @Nullable Object[] node = root;
    for (int level = height - 1; level > 0; level--) {
      int slot = slot(index, level);
      Object child = node[slot];
      if (child == null) {
        child = new Object[FAN_OUT];
        node[slot] = child;
      }
      node = (Object[]) child;
    }
    int slot = slot(index, 0);
    if (node[slot] == null) {
      count++;
    }
    node[slot] = page;
  }

  /// Drops every page from `index` on, telling `pool` to take what nobody else refers to.
  ///
  /// @return how many
  long removeFrom(long index, PagePool pool) {
    long before = count;
    if (!beyond(index)) {
      remove(root, height - 1, index, pool);
    }
    return before - count;
  }

  /// Removes from `node`, whose first index counts as 0, all from `index` on; whether it is empty.
  private boolean remove(@Nullable Object[] node, int level, long index, PagePool pool) {
    int first = slot(index, level);
    for (int slot = first; slot < FAN_OUT; slot++) {
      Object child = node[slot];
      if (child instanceof CachedPage page) {
        page.drop(pool);
        count--;
        node[slot] = null;
      } else if (child != null) {
        long from = slot == first ? index & (1L << BITS * level) - 1 : 0;
        if (remove((Object[]) child, level - 1, from, pool)) {
          node[slot] = null;
        }
      }
    }
    for (Object child : node) {
      if (child != null) {
        return false;
      }
    }
    return true;
  }

  private boolean beyond(long index) {
    return height < MAX_HEIGHT && index >>> BITS * height != 0;
  }

  private static int slot(long index, int level) {
    return (int) (index >>> BITS * level) & FAN_OUT - 1;
  }
}
