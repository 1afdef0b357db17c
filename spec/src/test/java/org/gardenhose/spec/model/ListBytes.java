package org.gardenhose.spec.model;

import static org.gardenhose.abi.PipeAbi.PAGE_SIZE;

import java.util.ArrayList;
import java.util.List;
import org.gardenhose.abi.Errno;
import org.jspecify.annotations.Nullable;

/// A regular file: a list of pages, null where nothing was ever written.
///
/// A slot of a pipe may refer to one of the pages; what is written to the file then shows there
/// (L-142). A page that the file is cut off from stays what it was for those who refer to it.
final class ListBytes implements Node {
  private static final byte[] ZEROS = new byte[PAGE_SIZE];

  private final List<byte @Nullable []> pages = new ArrayList<>();
  long size;

  /// Names in directories.
  int links = 1;

  private byte[] page(int index) {
    byte[] page = index < pages.size() ? pages.get(index) : null;
    return page == null ? ZEROS : page;
  }

  private byte[] made(int index) {
    while (pages.size() <= index) {
      pages.add(null);
    }
    byte[] page = pages.get(index);
    if (page == null) {
      page = new byte[PAGE_SIZE];
      pages.set(index, page);
    }
    return page;
  }

  long read(Memory memory, long count, long position) {
    long done = 0;
    while (done < count && position + done < size) {
      long at = position + done;
      int start = (int) (at % PAGE_SIZE);
      int n = (int) Math.min(Math.min(count - done, size - at), PAGE_SIZE - start);
      int mapped = memory.reach(done, n, true);
      memory.store(done, page((int) (at / PAGE_SIZE)), start, mapped);
      done += mapped;
      if (mapped < n) {
        return done > 0 ? done : Errno.EFAULT.result();
      }
    }
    return done;
  }

  long write(Memory memory, long count, long position) {
    if (position > size && memory.reach(0, 1, false) == 0) {
      // Linux's tmpfs lets the file grow, which is nobody's rule.
      return ListKernel.BLOCKS;
    }
    long done = 0;
    while (done < count) {
      long at = position + done;
      int start = (int) (at % PAGE_SIZE);
      int n = (int) Math.min(count - done, PAGE_SIZE - start);
      int mapped = memory.reach(done, n, false);
      if (mapped > 0) {
        memory.load(done, made((int) (at / PAGE_SIZE)), start, mapped);
        size = Math.max(size, at + mapped);
      }
      done += mapped;
      if (mapped < n) {
        return done > 0 ? done : Errno.EFAULT.result();
      }
    }
    return done;
  }

  /// Writes bytes that come out of a pipe.
  long write(byte[] bytes, int index, int count, long position) {
    for (int done = 0; done < count; ) {
      long at = position + done;
      int start = (int) (at % PAGE_SIZE);
      int n = Math.min(count - done, PAGE_SIZE - start);
      System.arraycopy(bytes, index + done, made((int) (at / PAGE_SIZE)), start, n);
      done += n;
    }
    size = Math.max(size, position + count);
    return count;
  }

  /// Puts references to pages into a pipe (L-139 to L-141).
  long spliceTo(ListPipe pipe, long count, long position) {
    long done = 0;
    while (done < count && position + done < size && pipe.free() > 0) {
      long at = position + done;
      int start = (int) (at % PAGE_SIZE);
      int n = (int) Math.min(Math.min(count - done, size - at), PAGE_SIZE - start);
      byte[] page = page((int) (at / PAGE_SIZE));
      pipe.slots.addLast(new ListPipe.Slot(page, start, n, 0, false, false));
      done += n;
    }
    return done;
  }

  void truncate(long length) {
    int whole = (int) ((length + PAGE_SIZE - 1) / PAGE_SIZE);
    while (pages.size() > whole) {
      pages.removeLast();
    }
    int last = (int) (length / PAGE_SIZE);
    byte[] page = last < pages.size() ? pages.get(last) : null;
    if (length < size && page != null) {
      java.util.Arrays.fill(page, (int) (length % PAGE_SIZE), PAGE_SIZE, (byte) 0);
    }
    size = length;
  }
}
