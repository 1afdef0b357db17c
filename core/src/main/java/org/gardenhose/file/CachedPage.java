package org.gardenhose.file;

import static org.gardenhose.abi.PipeAbi.PAGE_SIZE;

import java.util.Arrays;
import org.gardenhose.memory.Loans;
import org.gardenhose.memory.Page;
import org.gardenhose.memory.PagePool;
import org.gardenhose.memory.UserMemory;

/// A place in a file's page cache: a page of the file's own, or one borrowed from another file.
///
/// ```
/// (none)   -> OWN       // a page made for the file, or a pipe's that nobody else has, take
/// (none)   -> BORROWED  // a page that others refer to, out of a pipe, take
/// BORROWED -> OWN       // the file writes it or hands it to a pipe, own; the lender writes, repay
/// ```
///
/// **Always true.** One reference to `page` is this place's. An own page is no other file's own, so
/// what writes it in place has repaid all loans first. A borrowed page is never written.
/// **Guarded by.** the lock of the file; while `borrowed`, both fields change only under the page's
/// [Loans] as well, which is how the lender takes part
/// **Blocks.** never
/// **Learned from.** Linux `filemap_splice_read`, `iter_file_splice_write`; L-142, L-178
final class CachedPage implements Loans.Borrower {
  private volatile Page page;
  private volatile boolean borrowed;

  /// Makes a place for a page that is the file's own; takes the caller's reference over.
  CachedPage(Page page) {
    this.page = page;
  }

  /// Returns a place for a whole page that came out of a pipe, without copying it unless it is a
  /// gift, whose giver may still write it. The caller keeps its reference.
  static CachedPage take(Page page, PagePool pool) {
    if (!page.owned()) {
      return new CachedPage(pool.copy(page));
    }
    boolean only = page.references() == 1;
    page.get();
    CachedPage place = new CachedPage(page);
    if (!only) {
      Loans loans = page.loans();
      loans.lock();
      place.borrowed = true;
      loans.addLocked(place);
      loans.unlock();
    }
    return place;
  }

  /// Returns the page, which may be another file's.
  Page page() {
    return page;
  }

  /// Returns whether the page is another's, and may not be written.
  boolean borrowed() {
    return borrowed;
  }

  /// Returns whether nobody but the file refers to the page, so that it may be replaced unseen.
  boolean unseen() {
    return borrowed || page.references() == 1;
  }

  // ---- Reading and writing.

  /// Copies bytes of the page to the caller's memory.
  void read(Object memory, long at, int offset, int count) {
    if (!borrowed) {
      UserMemory.copyOut(memory, at, page, offset, count);
      return;
    }
    // While the loans are locked, the lender does not write. It may have repaid this one before.
    Loans loans = page.loans();
    loans.lock();
    try {
      UserMemory.copyOut(memory, at, page, offset, count);
    } finally {
      loans.unlock();
    }
  }

  /// Copies bytes of the caller's memory to the page, in place: a pipe that refers to it sees them.
  void write(Object memory, long at, int offset, int count, PagePool pool) {
    own(pool);
    Page mine = page;
    if (mine.references() == 1) {
      UserMemory.copyIn(memory, at, mine, offset, count);
      return;
    }
    Loans loans = mine.loans();
    loans.lock();
    try {
      loans.repayAllLocked(mine, pool);
      UserMemory.copyIn(memory, at, mine, offset, count);
    } finally {
      loans.unlock();
    }
  }

  /// Makes the page zero from `offset` on, in place.
  void clear(int offset, PagePool pool) {
    write(new byte[PAGE_SIZE - offset], 0, offset, PAGE_SIZE - offset, pool);
  }

  /// Makes the page the file's own, by a copy if others refer to it.
  void own(PagePool pool) {
    if (!borrowed) {
      return;
    }
    Page lent = page;
    Loans loans = lent.loans();
    loans.lock();
    try {
      if (borrowed) {
        loans.removeLocked(this);
        if (lent.references() > 1) {
          page = pool.copy(lent);
          pool.put(lent);
        }
        borrowed = false;
      }
    } finally {
      loans.unlock();
    }
  }

  /// Gives the reference to the page up; the place is used no more.
  void drop(PagePool pool) {
    if (borrowed) {
      Page lent = page;
      Loans loans = lent.loans();
      loans.lock();
      try {
        loans.removeLocked(this);
        borrowed = false;
      } finally {
        loans.unlock();
      }
    }
    pool.put(page);
  }

  /// Called by the lender, under the page's loans.
  @Override
  public void repay(Page copy) {
    page = copy;
    borrowed = false;
  }

  /// Makes a page of zeros.
  static Page zeros(PagePool pool) {
    Page page = pool.take();
    Arrays.fill(page.bytes(), page.base(), page.base() + PAGE_SIZE, (byte) 0);
    return page;
  }
}
