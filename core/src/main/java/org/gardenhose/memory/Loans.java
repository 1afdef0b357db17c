package org.gardenhose.memory;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.gardenhose.abi.Panic;

/// Who reads a page that another may write: the files that took a page of another file out of a
/// pipe without copying it.
///
/// The page's own file, before it writes to the page in place, gives each borrower a copy. So a
/// pipe that refers to the page sees the write, as on Linux, and a borrower never does.
///
/// **Always true.** Each borrower has a reference to the page until it is repaid or leaves.
/// **Guarded by.** `lock`, which a borrower also holds while it reads the page. Order: the lock of
/// a file, then this one; no two of these at once
/// **Blocks.** never
/// **Learned from.** copy on write of `MAP_PRIVATE` pages, which Linux does not have for splice(2):
/// it copies (L-145)
public final class Loans {
  /// One that borrowed a page.
  public interface Borrower {
    /// Takes a copy, with its one reference, in place of the page, and forgets the page.
    void repay(Page copy);
  }

  private final ReentrantLock lock = new ReentrantLock();
  private final List<Borrower> borrowers = new ArrayList<>(1);

  Loans() {}

  /// Keeps the page's file from writing it and every borrower from leaving.
  public void lock() {
    lock.lock();
  }

  /// Ends [#lock].
  public void unlock() {
    lock.unlock();
  }

  /// Notes a borrower, which has a reference of its own. The caller has this locked.
  public void addLocked(Borrower borrower) {
    requireLock();
    borrowers.add(borrower);
  }

  /// Forgets a borrower. The caller has this locked.
  public void removeLocked(Borrower borrower) {
    requireLock();
    borrowers.remove(borrower);
  }

  /// Gives every borrower of `page` a copy, so that it may be written in place. The caller has this
  /// locked and a reference of its own.
  public void repayAllLocked(Page page, PagePool pool) {
    requireLock();
    for (Borrower borrower : borrowers) {
      borrower.repay(pool.copy(page));
      pool.put(page);
    }
    borrowers.clear();
  }

  private void requireLock() {
    if (!lock.isHeldByCurrentThread()) {
      throw new Panic("loans of a page change without their lock");
    }
  }
}
