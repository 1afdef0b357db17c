package org.gardenhose.shell.utility;

/// Sorts line numbers with their prefixes beside them: a stable merge sort from the bottom up,
/// whose inner loop reads two arrays in order and seldom the lines.
///
/// **Always true.** Equal lines stay in the order in which they were read.
final class LineSorter {
  /// Runs this short are sorted by insertion.
  private static final int SHORT = 16;

  private final SortOrder order;
  private long[] prefixes;
  private int[] ids;
  private long[] otherPrefixes;
  private int[] otherIds;

  private LineSorter(SortOrder order, int count) {
    this.order = order;
    this.prefixes = new long[count];
    this.ids = new int[count];
    this.otherPrefixes = new long[count];
    this.otherIds = new int[count];
    for (int i = 0; i < count; i++) {
      ids[i] = i;
      prefixes[i] = order.prefix(i);
    }
  }

  /// Returns the numbers 0 to `count - 1` in order.
  static int[] sort(SortOrder order, int count) {
    LineSorter sorter = new LineSorter(order, count);
    sorter.sortRuns();
    for (long width = SHORT; width < count; width *= 2) {
      sorter.mergePass((int) width);
    }
    return sorter.ids;
  }

  private boolean after(long prefixA, int a, long prefixB, int b) {
    return prefixA != prefixB ? prefixA > prefixB : order.compare(a, b) > 0;
  }

  private void sortRuns() {
    for (int from = 0; from < ids.length; from += SHORT) {
      int to = Math.min(from + SHORT, ids.length);
      for (int i = from + 1; i < to; i++) {
        long prefix = prefixes[i];
        int id = ids[i];
        int j = i;
        for (; j > from && after(prefixes[j - 1], ids[j - 1], prefix, id); j--) {
          prefixes[j] = prefixes[j - 1];
          ids[j] = ids[j - 1];
        }
        prefixes[j] = prefix;
        ids[j] = id;
      }
    }
  }

  private void mergePass(int width) {
    int count = ids.length;
    for (long from = 0; from < count; from += 2L * width) {
      int middle = (int) Math.min(from + width, count);
      int to = (int) Math.min(from + 2L * width, count);
      merge((int) from, middle, to);
    }
    long[] prefixesBefore = prefixes;
    prefixes = otherPrefixes;
    otherPrefixes = prefixesBefore;
    int[] idsBefore = ids;
    ids = otherIds;
    otherIds = idsBefore;
  }

  private void merge(int from, int middle, int to) {
    int left = from;
    int right = middle;
    int at = from;
    // Two runs in order already are copied as they are.
    boolean ordered =
        middle == to
            || !after(prefixes[middle - 1], ids[middle - 1], prefixes[middle], ids[middle]);
    while (!ordered && left < middle && right < to) {
      if (after(prefixes[left], ids[left], prefixes[right], ids[right])) {
        otherPrefixes[at] = prefixes[right];
        otherIds[at++] = ids[right++];
      } else {
        otherPrefixes[at] = prefixes[left];
        otherIds[at++] = ids[left++];
      }
    }
    copy(left, middle, at);
    copy(right, to, at + middle - left);
  }

  private void copy(int from, int to, int at) {
    System.arraycopy(prefixes, from, otherPrefixes, at, to - from);
    System.arraycopy(ids, from, otherIds, at, to - from);
  }
}
