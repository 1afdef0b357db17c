package org.gardenhose.pipe;

import org.gardenhose.abi.Panic;
import org.gardenhose.memory.Page;
import org.jspecify.annotations.Nullable;

/// Some stretches of pages in a row, on their way between a pipe and something that is no pipe.
///
/// **Always true.** `0 <= count <= capacity`; no stretch is empty or goes over its page's end.
/// **Guarded by.** the one thread that moves the pages
/// **Blocks.** never
/// **Learned from.** Linux `struct bio_vec`, `struct splice_pipe_desc`
public final class PageRun {
  /// Where pages come from.
  @FunctionalInterface
  public interface Source {
    /// Adds stretches of together at most `count` bytes to `run`, as many as it has room for, each
    /// with a reference that the caller takes over.
    ///
    /// @return the bytes added, 0 at the end, or minus an errno
    long supply(PageRun run, long count);
  }

  /// Where pages go.
  @FunctionalInterface
  public interface Sink {
    /// Takes bytes from the beginning of `run`. What keeps a page takes a reference of its own.
    ///
    /// @return how many bytes it took, or minus an errno
    long accept(PageRun run);
  }

  private final @Nullable Page[] pages;
  private final int[] starts;
  private final int[] lengths;
  private int count;
  private long bytes;

  /// Makes an empty run for up to `capacity` stretches.
  public PageRun(int capacity) {
    pages = new Page[capacity];
    starts = new int[capacity];
    lengths = new int[capacity];
  }

  /// Adds `length` bytes of `page` from `start` on.
  public void add(Page page, int start, int length) {
    if (length < 1) {
      throw new Panic("an empty stretch of a page");
    }
    pages[count] = page;
    starts[count] = start;
    lengths[count] = length;
    count++;
    bytes += length;
  }

  /// Returns how many stretches there are.
  public int count() {
    return count;
  }

  /// Returns whether no stretch more has room.
  public boolean full() {
    return count == pages.length;
  }

  /// Returns how many stretches more have room.
  public int room() {
    return pages.length - count;
  }

  /// Returns how many bytes there are in all.
  public long bytes() {
    return bytes;
  }

  /// Returns the page of stretch `i`.
  public Page page(int i) {
    Page page = pages[i];
    if (page == null) {
      throw new Panic("a stretch without a page");
    }
    return page;
  }

  /// Returns where in its page stretch `i` starts.
  public int start(int i) {
    return starts[i];
  }

  /// Returns how many bytes stretch `i` has.
  public int length(int i) {
    return lengths[i];
  }
}
