package org.gardenhose.file;

import static org.gardenhose.abi.PipeAbi.PAGE_SIZE;
import static org.gardenhose.abi.PipeAbi.PIPE_DEF_BUFFERS;
import static org.gardenhose.abi.PipeAbi.PIPE_MAX_SIZE;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.gardenhose.abi.Errno;
import org.gardenhose.pipe.KernelPipe;

/// How large pipes may be, and how many pages each user may have in all pipes together.
///
/// **Always true.** A user's pages are the sum of the slots of the pipes that the user made.
/// **Guarded by.** nothing: every value is atomic
/// **Learned from.** pipe(7), `/proc/sys/fs`; Linux `account_pipe_buffers`; L-20 to L-29
public final class PipeLimits {
  /// Pages that an unprivileged user may have before new pipes are small (L-27).
  private static final long USER_PAGES_SOFT = 16384;

  /// Slots of a new pipe beyond the soft limit; one would make a jobserver deadlock (L-27).
  private static final int SMALL_SLOTS = 2;

  private volatile int maxSize = PIPE_MAX_SIZE;
  private volatile long userPagesSoft = USER_PAGES_SOFT;
  private volatile long userPagesHard;
  private final Map<Integer, AtomicLong> pages = new ConcurrentHashMap<>();

  // ---- The three files in /proc/sys/fs.

  /// Returns the most bytes that an unprivileged user may give a pipe.
  public int maxSize() {
    return maxSize;
  }

  /// Sets that, rounded up to a power of two pages; `EINVAL` for 0 and above 2^31 (L-29).
  public long maxSize(long bytes) {
    if (bytes < 1 || bytes > 1L << 31) {
      return Errno.EINVAL.result();
    }
    long rounded = Long.highestOneBit(Math.max(PAGE_SIZE, bytes) * 2 - 1);
    maxSize = (int) Math.min(Integer.MAX_VALUE, rounded);
    return 0;
  }

  /// Returns the soft limit in pages, 0 for none.
  public long userPagesSoft() {
    return userPagesSoft;
  }

  /// Sets the soft limit in pages, 0 for none.
  public void userPagesSoft(long pages) {
    userPagesSoft = pages;
  }

  /// Returns the hard limit in pages, 0 for none.
  public long userPagesHard() {
    return userPagesHard;
  }

  /// Sets the hard limit in pages, 0 for none.
  public void userPagesHard(long pages) {
    userPagesHard = pages;
  }

  // ---- Accounting.

  private AtomicLong pagesOf(Credentials who) {
    return pages.computeIfAbsent(who.uid(), _ -> new AtomicLong());
  }

  /// Returns how many pages a user's pipes may hold now.
  public long pages(Credentials who) {
    return pagesOf(who).get();
  }

  /// Charges `who` for a new pipe and returns how many slots it gets; 0 if none may be made.
  int charge(Credentials who) {
    int slots = PIPE_DEF_BUFFERS;
    if (!who.resources() && slots * PAGE_SIZE > maxSize) {
      slots = maxSize / PAGE_SIZE;
    }
    AtomicLong mine = pagesOf(who);
    long now = mine.addAndGet(slots);
    if (above(now, userPagesSoft, who) && slots > SMALL_SLOTS) {
      now = mine.addAndGet(SMALL_SLOTS - slots);
      slots = SMALL_SLOTS;
    }
    if (above(now, userPagesHard, who)) {
      mine.addAndGet(-slots);
      return 0;
    }
    return slots;
  }

  private static boolean above(long pages, long limit, Credentials who) {
    return limit != 0 && pages > limit && !who.resources();
  }

  /// Gives back what a pipe was charged for.
  void release(Credentials who, int slots) {
    pagesOf(who).addAndGet(-slots);
  }

  /// Changes a pipe's capacity (`F_SETPIPE_SZ`, L-22 to L-27); outcomes in Linux's order: `EINVAL`,
  /// `EPERM` for one pipe's size, `EPERM` for the sum of the maker's, `EBUSY`.
  ///
  /// @param maker who is charged for the pipe
  /// @param who asks
  long resize(KernelPipe pipe, Credentials maker, Credentials who, long bytes) {
    int limit = who.resources() ? Integer.MAX_VALUE : maxSize;
    long wanted = bytes & 0xffff_ffffL;
    int before = pipe.size() / PAGE_SIZE;
    AtomicLong mine = pagesOf(maker);
    long slots = Long.highestOneBit(Math.max(1, wanted + PAGE_SIZE - 1 >>> 12) * 2 - 1);
    boolean grows = wanted <= 1L << 31 && slots > before && slots * PAGE_SIZE <= limit;
    if (grows) {
      long sum = mine.get() + slots - before;
      if (above(sum, userPagesSoft, who) || above(sum, userPagesHard, who)) {
        return Errno.EPERM.result();
      }
    }
    long result = pipe.resize(bytes, limit);
    if (result > 0) {
      mine.addAndGet(result / PAGE_SIZE - before);
    }
    return result;
  }
}
