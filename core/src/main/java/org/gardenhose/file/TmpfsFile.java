package org.gardenhose.file;

import static org.gardenhose.abi.PipeAbi.PAGE_SIZE;

import java.util.concurrent.locks.ReentrantLock;
import org.gardenhose.abi.Errno;
import org.gardenhose.abi.FileAbi;
import org.gardenhose.abi.Panic;
import org.gardenhose.abi.Program;
import org.gardenhose.memory.MemoryFault;
import org.gardenhose.memory.Page;
import org.gardenhose.memory.PagePool;
import org.gardenhose.memory.UserMemory;
import org.gardenhose.pipe.PageRun;
import org.jspecify.annotations.Nullable;

/// A regular file whose pages are all there is of it: the page cache.
///
/// Pages go between it and a pipe by reference. What is written to the file afterwards is seen by a
/// reader of the pipe (L-142). Truncation, which Linux's file systems do differently: a page that
/// goes leaves the pipe what it had; in the page that the new end cuts, the pipe sees zeros behind
/// the end, as on Linux's tmpfs.
///
/// **Always true.**
/// ```
/// size <= system.maxFileBytes()
/// a page's bytes at and beyond size are zero, and pages of holes are not there
/// opens > 0 or links > 0, or the file has no page
/// ```
/// **Guarded by.** `lock`; `size` may be read without. Order: position of a description, this, the
/// loans of a page. One file's at a time
/// **Blocks.** never
/// **Learned from.** Linux `mm/shmem.c`, `mm/filemap.c`; L-139 to L-142, L-145 to L-148
final class TmpfsFile extends Inode {
  private final Tmpfs system;
  private final ReentrantLock lock = new ReentrantLock();
  private final PageTree pages = new PageTree();
  private final PagePool pool = PagePool.of(System.identityHashCode(this));
  private volatile long size;
  private int opens;
  private volatile @Nullable Program program;

  TmpfsFile(Tmpfs system, long number, int permissions, Credentials owner) {
    super(system.device(), number, FileAbi.S_IFREG | permissions, owner, system.clock());
    this.system = system;
  }

  @Override
  public long open(int flags, Credentials who, FileOperations[] opened) {
    lock.lock();
    try {
      if (opens == 0 && links() == 0) {
        return Errno.ENOENT.result();
      }
      opens++;
    } finally {
      lock.unlock();
    }
    opened[0] = new TmpfsOperations(this);
    return 0;
  }

  /// Hears that a description of it is gone.
  void release() {
    lock.lock();
    try {
      opens--;
      freeUnused();
    } finally {
      lock.unlock();
    }
  }

  @Override
  void nameless() {
    lock.lock();
    try {
      freeUnused();
    } finally {
      lock.unlock();
    }
  }

  private void freeUnused() {
    if (opens == 0 && links() == 0) {
      system.uncharge(pages.removeFrom(0, pool));
      size = 0;
    }
  }

  // ---- What is known of it.

  @Override
  public long size() {
    return size;
  }

  @Override
  public long blocks() {
    lock.lock();
    try {
      return pages.count() * (PAGE_SIZE / 512);
    } finally {
      lock.unlock();
    }
  }

  @Override
  boolean directCapable() {
    return true;
  }

  @Override
  public @Nullable Program program() {
    return program;
  }

  void program(Program is) {
    program = is;
  }

  /// Returns the place for page `index`, null for a hole.
  @Nullable CachedPage page(long index) {
    lock.lock();
    try {
      return pages.get(index);
    } finally {
      lock.unlock();
    }
  }

  // ---- Reading and writing.

  /// Reads up to `count` bytes from `position` on, 0 at or behind the end.
  long read(Object memory, long at, long count, long position) {
    lock.lock();
    long done = 0;
    try {
      long most = Math.min(count, size - position);
      while (done < most) {
        int n = (int) Math.min(most - done, PAGE_SIZE - offset(position + done));
        readPage(memory, at + done, position + done, n);
        done += n;
      }
    } catch (MemoryFault e) {
      if (done == 0) {
        throw e;
      }
    } finally {
      lock.unlock();
    }
    accessed();
    return done;
  }

  private void readPage(Object memory, long at, long position, int count) {
    CachedPage page = pages.get(position >>> 12);
    if (page == null) {
      UserMemory.copyOut(memory, at, system.zeros(), offset(position), count);
    } else {
      page.read(memory, at, offset(position), count);
    }
  }

  private static int offset(long position) {
    return (int) position & PAGE_SIZE - 1;
  }

  /// Writes at `position`. Outcomes: bytes; `EFBIG`, `ENOSPC`; a fault, if it is at the first byte.
  long write(Object memory, long at, long count, long position) {
    lock.lock();
    try {
      return writeLocked(memory, at, count, position);
    } finally {
      lock.unlock();
    }
  }

  /// Writes at the end, as one step with finding it (`O_APPEND`).
  long append(Object memory, long at, long count, long[] end) {
    lock.lock();
    try {
      long done = writeLocked(memory, at, count, size);
      end[0] = size;
      return done;
    } finally {
      lock.unlock();
    }
  }

  private long writeLocked(Object memory, long at, long count, long position) {
    if (count == 0) {
      return 0;
    }
    long most = Math.min(count, system.maxFileBytes() - position);
    if (most <= 0) {
      return Errno.EFBIG.result();
    }
    long done = 0;
    try {
      while (done < most) {
        int offset = offset(position + done);
        int n = (int) Math.min(most - done, PAGE_SIZE - offset);
        if (!writePage(memory, at + done, position + done, n)) {
          break;
        }
        done += n;
      }
    } catch (MemoryFault e) {
      // Some bytes behind the end may have come before the fault; nobody may ever find them.
      clearBehind(Math.max(size, position + done));
      if (done == 0) {
        throw e;
      }
    }
    grown(position, done);
    return done > 0 ? done : Errno.ENOSPC.result();
  }

  /// Writes within one page; whether there was room for it.
  private boolean writePage(Object memory, long at, long position, int count) {
    requireLock();
    long index = position >>> 12;
    int offset = offset(position);
    CachedPage there = pages.get(index);
    if (there != null) {
      there.write(memory, at, offset, count, pool);
      return true;
    }
    if (!system.charge()) {
      return false;
    }
    Page page = count == PAGE_SIZE ? pool.take() : CachedPage.zeros(pool);
    boolean copied = false;
    try {
      UserMemory.copyIn(memory, at, page, offset, count);
      pages.put(index, new CachedPage(page));
      copied = true;
      return true;
    } finally {
      if (!copied) {
        pool.put(page);
        system.uncharge(1);
      }
    }
  }

  private void grown(long position, long done) {
    if (done > 0) {
      size = Math.max(size, position + done);
      modified();
    }
  }

  // ---- Length.

  /// Makes the file `length` bytes long; 0, or minus `EFBIG`.
  long truncate(long length) {
    lock.lock();
    try {
      if (length > system.maxFileBytes()) {
        return Errno.EFBIG.result();
      }
      if (length < size) {
        system.uncharge(pages.removeFrom(length + PAGE_SIZE - 1 >>> 12, pool));
        clearBehind(length);
      }
      size = length;
      modified();
      return 0;
    } finally {
      lock.unlock();
    }
  }

  private void clearBehind(long end) {
    CachedPage last = offset(end) == 0 ? null : pages.get(end >>> 12);
    if (last != null) {
      last.clear(offset(end), pool);
    }
  }

  // ---- Pages to and from a pipe.

  /// Adds references to the pages from `position` on to `run`, a page of zeros for a hole.
  long supply(PageRun run, long count, long position) {
    lock.lock();
    try {
      long most = Math.min(count, size - position);
      while (run.bytes() < most && !run.full()) {
        long from = position + run.bytes();
        int offset = offset(from);
        int n = (int) Math.min(most - run.bytes(), PAGE_SIZE - offset);
        CachedPage there = pages.get(from >>> 12);
        if (there != null) {
          // A pipe must see what is written to this file, not what is written to a lender.
          there.own(pool);
        }
        Page page = there == null ? system.zeros() : there.page();
        page.get();
        run.add(page, offset, n);
      }
      accessed();
      return run.bytes();
    } finally {
      lock.unlock();
    }
  }

  /// Takes what `run` has for `position`: whole pages that go over whole pages without copying
  /// them, unless a pipe refers to the page that is there and must see the change.
  long accept(PageRun run, long position) {
    lock.lock();
    long done = 0;
    try {
      if (position >= system.maxFileBytes()) {
        return Errno.EFBIG.result();
      }
      for (int i = 0; i < run.count(); i++) {
        long taken = acceptStretch(run.page(i), run.start(i), run.length(i), position + done);
        done += taken;
        if (taken < run.length(i)) {
          break;
        }
      }
      return done > 0 ? done : Errno.ENOSPC.result();
    } finally {
      grown(position, done);
      lock.unlock();
    }
  }

  private long acceptStretch(Page page, int start, int length, long position) {
    int most = (int) Math.min(length, system.maxFileBytes() - position);
    if (most == PAGE_SIZE && offset(position) == 0) {
      int whole = replace(page, position >>> 12);
      if (whole >= 0) {
        return whole;
      }
    }
    int done = 0;
    while (done < most) {
      int n = Math.min(most - done, PAGE_SIZE - offset(position + done));
      int from = page.base() + start + done;
      if (!writePage(page.bytes(), from, position + done, n)) {
        break;
      }
      done += n;
    }
    return done;
  }

  /// Makes `page` page `index` of the file; the bytes taken, or -1 if it must be copied.
  private int replace(Page page, long index) {
    CachedPage there = pages.get(index);
    if (there != null && (there.page() == page || !there.unseen())) {
      return there.page() == page ? PAGE_SIZE : -1;
    }
    if (there == null && !system.charge()) {
      return 0;
    }
    pages.put(index, CachedPage.take(page, pool));
    if (there != null) {
      there.drop(pool);
    }
    return PAGE_SIZE;
  }

  private void requireLock() {
    if (!lock.isHeldByCurrentThread()) {
      throw new Panic("a file changes without its lock");
    }
  }
}
