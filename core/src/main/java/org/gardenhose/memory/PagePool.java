package org.gardenhose.memory;

import static org.gardenhose.abi.PipeAbi.PAGE_SIZE;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/// The free pages: last in, first out, so that a page is handed on while the cache still has it.
///
/// **Always true.** `0 <= free <= LIMIT_PAGES`; a pooled page is referred to by no slot (L-178).
/// **Guarded by.** `busy`, taken by one compare-and-set for a handful of instructions; who finds it
/// taken a few times over does without the pool: it allocates, or leaves the page to the garbage
/// collector. So no thread ever waits here, whatever the scheduler does to the thread inside.
/// **Blocks.** never
/// **Learned from.** Linux `pipe->tmp_page` and its per-CPU free lists, which are LIFO for the same
/// reason
public class PagePool {
  /// Pages that one pool keeps: a mebibyte, the capacity of the largest unprivileged pipe.
  private static final int LIMIT_PAGES = 256;

  /// A pool for each of a few groups of pipes, so that strangers seldom meet: a power of two.
  private static final PagePool[] POOLS = new PagePool[16];

  /// Looks at a busy pool before one does without: its holder needs some ten nanoseconds, unless it
  /// has lost its processor.
  private static final int LOOKS = 32;

  private static final VarHandle BUSY;

  static {
    try {
      BUSY = MethodHandles.lookup().findVarHandle(PagePool.class, "busy", boolean.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
    for (int i = 0; i < POOLS.length; i++) {
      POOLS[i] = new PagePool();
    }
  }

  private volatile boolean busy;
  private @Nullable Page first;
  private int free;

  /// Makes a pool without pages.
  PagePool() {}

  /// Returns the pool that the pipe with this identity hash shares with some others. Filling and
  /// draining side use the same one, so a page comes back to where it is taken from.
  public static PagePool of(int hash) {
    return POOLS[hash & (POOLS.length - 1)];
  }

  /// Returns a page with one reference and arbitrary contents.
  public Page take() {
    Page page = null;
    if (first != null && tryLock()) {
      page = first;
      if (page != null) {
        first = page.next;
        free--;
      }
      BUSY.setRelease(this, false);
    }
    if (page == null) {
      return allocate();
    }
    page.reuse();
    return page;
  }

  /// Returns a new page; a pool with a page to give does not come here.
  Page allocate() {
    return Page.allocate();
  }

  /// Returns a page with the contents of another and one reference.
  public Page copy(Page page) {
    Page copy = take();
    System.arraycopy(page.bytes(), page.base(), copy.bytes(), copy.base(), PAGE_SIZE);
    return copy;
  }

  /// Drops one reference to `page` and keeps the page if that was the last and there is room.
  public void put(Page page) {
    if (page.put() && tryLock()) {
      if (free < LIMIT_PAGES) {
        page.next = first;
        first = page;
        free++;
      }
      BUSY.setRelease(this, false);
    }
  }

  private boolean tryLock() {
    for (int looks = 0; looks < LOOKS; looks++) {
      if (!busy && BUSY.compareAndSet(this, false, true)) {
        return true;
      }
      Thread.onSpinWait();
    }
    return false;
  }

  /// Returns how many pages all pools keep at this moment: an estimate while pipes are in use.
  public static int freePages() {
    int pages = 0;
    for (PagePool pool : POOLS) {
      pages += pool.free;
    }
    return pages;
  }
}
