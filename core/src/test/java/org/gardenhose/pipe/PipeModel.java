package org.gardenhose.pipe;

import static org.gardenhose.abi.PipeAbi.PAGE_SIZE;
import static org.gardenhose.abi.PipeAbi.POLLERR;
import static org.gardenhose.abi.PipeAbi.POLLHUP;
import static org.gardenhose.abi.PipeAbi.POLLIN;
import static org.gardenhose.abi.PipeAbi.POLLOUT;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.gardenhose.abi.Errno;

/// A pipe as plainly as it can be said: a list of slots, and calls that never wait (L-182).
///
/// It holds a copy of every byte and knows nothing of threads, so it is slow and obviously right.
final class PipeModel {
  private static final long EAGAIN = Errno.EAGAIN.result();
  private static final long EPIPE = Errno.EPIPE.result();

  /// What is left of a slot, where in its page that is, and what kind it is.
  private record Slot(int offset, byte[] bytes, boolean merge, boolean packet) {
    Slot rest(int taken) {
      byte[] left = Arrays.copyOfRange(bytes, taken, bytes.length);
      return new Slot(offset + taken, left, merge, packet);
    }

    Slot part(int length, boolean mergeable) {
      return new Slot(offset, Arrays.copyOf(bytes, length), mergeable, packet);
    }
  }

  private final ArrayDeque<Slot> slots = new ArrayDeque<>();
  private int limit = 16;
  boolean readOpen = true;
  boolean writeOpen = true;
  boolean packets;

  long write(byte[] bytes) {
    int count = bytes.length;
    if (count == 0) {
      return 0;
    }
    if (!readOpen) {
      return EPIPE;
    }
    int moved = merge(bytes, count % PAGE_SIZE);
    while (moved < count && slots.size() < limit) {
      int n = Math.min(PAGE_SIZE, count - moved);
      slots.addLast(new Slot(0, Arrays.copyOfRange(bytes, moved, moved + n), !packets, packets));
      moved += n;
    }
    return moved > 0 ? moved : EAGAIN;
  }

  private int merge(byte[] bytes, int residue) {
    Slot newest = slots.peekLast();
    if (residue == 0
        || newest == null
        || !newest.merge
        || newest.offset + newest.bytes.length + residue > PAGE_SIZE) {
      return 0;
    }
    byte[] longer = Arrays.copyOf(newest.bytes, newest.bytes.length + residue);
    System.arraycopy(bytes, 0, longer, newest.bytes.length, residue);
    slots.removeLast();
    slots.addLast(new Slot(newest.offset, longer, true, newest.packet));
    return residue;
  }

  long read(byte[] bytes) {
    if (bytes.length == 0) {
      return 0;
    }
    if (slots.isEmpty()) {
      return writeOpen ? EAGAIN : 0;
    }
    int done = 0;
    while (done < bytes.length && !slots.isEmpty()) {
      Slot oldest = slots.removeFirst();
      int n = Math.min(bytes.length - done, oldest.bytes.length);
      System.arraycopy(oldest.bytes, 0, bytes, done, n);
      done += n;
      if (oldest.packet) {
        break;
      }
      if (n < oldest.bytes.length) {
        slots.addFirst(oldest.rest(n));
      }
    }
    return done;
  }

  long resize(long argument) {
    long size = argument & 0xffff_ffffL;
    if (size > 1L << 31) {
      return Errno.EINVAL.result();
    }
    int pages = 1;
    while ((long) pages * PAGE_SIZE < size) {
      pages *= 2;
    }
    if (pages < slots.size()) {
      return Errno.EBUSY.result();
    }
    limit = pages;
    return (long) pages * PAGE_SIZE;
  }

  /// Moves, or with `tee` copies, at most `count` bytes to `out`.
  long transfer(PipeModel out, int count, boolean tee) {
    if (count == 0) {
      return 0;
    }
    if (out == this) {
      return Errno.EINVAL.result();
    }
    if (slots.isEmpty() && writeOpen) {
      return EAGAIN;
    }
    if (!out.readOpen) {
      return EPIPE;
    }
    if (out.slots.size() >= out.limit) {
      return EAGAIN;
    }
    List<Slot> oldestFirst = new ArrayList<>(slots);
    int done = 0;
    for (Slot slot : oldestFirst) {
      if (done == count || out.slots.size() >= out.limit) {
        break;
      }
      int n = Math.min(count - done, slot.bytes.length);
      boolean whole = n == slot.bytes.length;
      out.slots.addLast(slot.part(n, slot.merge && whole && !tee));
      if (!tee) {
        slots.removeFirst();
        if (!whole) {
          slots.addFirst(slot.rest(n));
        }
      }
      done += n;
    }
    return done;
  }

  long gift(int offset, byte[] bytes) {
    if (bytes.length == 0) {
      return 0;
    }
    if (!readOpen) {
      return EPIPE;
    }
    int done = 0;
    while (done < bytes.length && slots.size() < limit) {
      int start = (offset + done) % PAGE_SIZE;
      int n = Math.min(PAGE_SIZE - start, bytes.length - done);
      slots.addLast(new Slot(start, Arrays.copyOfRange(bytes, done, done + n), false, false));
      done += n;
    }
    return done > 0 ? done : EAGAIN;
  }

  int occupancy() {
    return slots.size();
  }

  long available() {
    return slots.stream().mapToLong(slot -> slot.bytes.length).sum();
  }

  int size() {
    return limit * PAGE_SIZE;
  }

  int poll(boolean writeEnd) {
    if (writeEnd) {
      int mask = slots.size() < limit ? POLLOUT : 0;
      return readOpen ? mask : mask | POLLERR;
    }
    int mask = slots.isEmpty() ? 0 : POLLIN;
    return writeOpen ? mask : mask | POLLHUP;
  }

  String state() {
    int in = readOpen ? poll(false) : -1;
    int out = writeOpen ? poll(true) : -1;
    return "%d %d %d %d".formatted(available(), size(), in, out);
  }
}
