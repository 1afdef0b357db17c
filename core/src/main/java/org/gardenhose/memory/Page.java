package org.gardenhose.memory;

import static org.gardenhose.abi.PipeAbi.PAGE_SIZE;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.gardenhose.abi.Panic;
import org.jspecify.annotations.Nullable;

/// A block of 4096 bytes that slots refer to instead of holding bytes themselves.
///
/// **Always true.** `references` is the number of slots that point at it and of files whose page it
/// is or who borrowed it, 0 in a pool (L-178); bytes that a slot covers never change, except where
/// the giver of a gift (L-165) or the file whose page it is (L-142) changes them.
/// **Guarded by.** nothing: `references` and `loans` are atomic, `next` belongs to the pool that
/// holds the page
/// **Blocks.** never
/// **Learned from.** Linux `struct page`, `get_page`, `put_page`; L-7, L-178
public final class Page {
  private static final VarHandle REFERENCES;
  private static final VarHandle LOANS;

  static {
    try {
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      REFERENCES = lookup.findVarHandle(Page.class, "references", int.class);
      LOANS = lookup.findVarHandle(Page.class, "loans", Loans.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final byte[] bytes;
  private final int base;
  private final boolean pooled;
  private volatile int references = 1;

  /// Who borrowed the page; null while nobody ever asked since it left the pool.
  private volatile @Nullable Loans loans;

  /// The next page of the chain that this page is in, while it is in one.
  @Nullable Page next;

  private Page(byte[] bytes, int base, boolean pooled) {
    this.bytes = bytes;
    this.base = base;
    this.pooled = pooled;
  }

  /// Returns a new page of the pool's kind, with one reference.
  static Page allocate() {
    return new Page(new byte[PAGE_SIZE], 0, true);
  }

  /// Returns a page that is a window on memory that a caller gave away: `bytes` from `base` on.
  /// It is never recycled (vmsplice(2), L-165).
  public static Page gift(byte[] bytes, int base) {
    return new Page(bytes, base, false);
  }

  /// Returns the array that holds the page; its first byte is at [#base()].
  public byte[] bytes() {
    return bytes;
  }

  /// Returns where in [#bytes()] the page begins.
  public int base() {
    return base;
  }

  /// Returns whether the memory is the kernel's own, and not a caller's that was given away.
  public boolean owned() {
    return pooled;
  }

  /// Returns who has borrowed the page. The caller has a reference.
  public Loans loans() {
    Loans now = loans;
    if (now == null) {
      Loans made = new Loans();
      Loans other = (Loans) LOANS.compareAndExchange(this, (Loans) null, made);
      now = other == null ? made : other;
    }
    return now;
  }

  /// Adds a reference, for one more slot that points here.
  public void get() {
    int before = (int) REFERENCES.getAndAdd(this, 1);
    if (before < 1) {
      throw new Panic("reference to a freed page");
    }
  }

  /// Drops a reference, and says whether the caller now has a page to give back to a pool.
  public boolean put() {
    // The last holder needs no atomic step: nobody else can take a reference from it.
    if (references == 1) {
      REFERENCES.setOpaque(this, 0);
      return pooled;
    }
    int before = (int) REFERENCES.getAndAdd(this, -1);
    if (before < 1) {
      throw new Panic("page freed twice");
    }
    return before == 1 && pooled;
  }

  /// Gives a page that comes from a pool its first reference.
  void reuse() {
    next = null;
    if (loans != null) {
      loans = null;
    }
    REFERENCES.setOpaque(this, 1);
  }

  /// Returns how many slots and files point here; exact only while nobody tees or drains. One that
  /// finds 1 and has a reference is the only one who can make it more.
  public int references() {
    return references;
  }
}
