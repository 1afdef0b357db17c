package org.gardenhose.file;

import static org.gardenhose.abi.PipeAbi.PAGE_SIZE;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.gardenhose.abi.FileAbi;
import org.gardenhose.memory.Page;
import org.gardenhose.wait.Clock;

/// A file system in memory: directories, regular files, FIFOs, and, where the kernel puts them,
/// devices and links.
///
/// **Always true.** `0 <= pages <= maxPages`; inode numbers count from 1 and are never used again.
/// **Guarded by.** `names` for every directory entry and count of links in it; the counters are
/// atomic. Order: `names`, then the lock of a file
/// **Blocks.** never
/// **Learned from.** Linux `mm/shmem.c`; tmpfs(5)
final class Tmpfs {
  private final long device;
  private final Pipefs pipefs;
  private final Clock clock;
  private final long maxPages;
  private final long maxFileBytes;
  private final AtomicLong pages = new AtomicLong();
  private final AtomicLong numbers = new AtomicLong(1);
  private final ReentrantLock names = new ReentrantLock();

  /// What holes read as. Nobody writes it, and as memory of nobody's it is never taken for a file.
  private final Page zeros = Page.gift(new byte[PAGE_SIZE], 0);

  private final TmpfsDirectory root;

  /// Makes an empty file system.
  Tmpfs(long device, Pipefs pipefs, Clock clock, Size size) {
    this.device = device;
    this.pipefs = pipefs;
    this.clock = clock;
    this.maxPages = size.allBytes() / PAGE_SIZE;
    this.maxFileBytes = size.fileBytes();
    this.root = new TmpfsDirectory(this, null, "", 0755, Credentials.ROOT);
  }

  /// How much a file system holds.
  ///
  /// @param allBytes in all files together; more is `ENOSPC`
  /// @param fileBytes in one file, holes included; more is `EFBIG`
  record Size(long allBytes, long fileBytes) {
    /// Half of the memory that the machine has, as tmpfs(5), and files up to 2^63 - 1 bytes.
    static Size standard() {
      return new Size(Runtime.getRuntime().maxMemory() / 2, Long.MAX_VALUE);
    }
  }

  TmpfsDirectory root() {
    return root;
  }

  long device() {
    return device;
  }

  Clock clock() {
    return clock;
  }

  ReentrantLock names() {
    return names;
  }

  Page zeros() {
    return zeros;
  }

  long maxFileBytes() {
    return maxFileBytes;
  }

  long nextNumber() {
    return numbers.getAndIncrement();
  }

  /// Returns how many pages all files have.
  long pages() {
    return pages.get();
  }

  /// Counts one page more, if there is room.
  boolean charge() {
    if (pages.incrementAndGet() <= maxPages) {
      return true;
    }
    pages.decrementAndGet();
    return false;
  }

  void uncharge(long count) {
    pages.addAndGet(-count);
  }

  /// Makes an inode without a name: a FIFO or a regular file.
  Inode make(int mode, Credentials owner) {
    return (mode & FileAbi.S_IFMT) == FileAbi.S_IFIFO
        ? new PipeInode(pipefs, device, nextNumber(), mode, owner, clock)
        : new TmpfsFile(this, nextNumber(), mode & 07777, owner);
  }
}
