package org.gardenhose.spec.model;

import static org.gardenhose.abi.PipeAbi.PAGE_SIZE;
import static org.gardenhose.abi.PollAbi.POLLRDNORM;
import static org.gardenhose.abi.PollAbi.POLLWRNORM;
import static org.gardenhose.spec.model.ListKernel.BLOCKS;

import java.util.ArrayDeque;
import java.util.List;
import org.gardenhose.abi.Errno;
import org.gardenhose.abi.PipeAbi;

/// A pipe or FIFO as plainly as it can be said: a list of slots, and calls that never wait.
///
/// Where a call would wait it returns [ListKernel#BLOCKS] and has changed nothing, if it may wait,
/// and `EAGAIN` or what it has moved if it may not.
final class ListPipe implements Node {
  static final long EAGAIN = Errno.EAGAIN.result();
  static final long EFAULT = Errno.EFAULT.result();
  static final long EPIPE = Errno.EPIPE.result();

  /// Part of a page: `length` bytes from index `at` on, behind which `room` bytes more could go.
  record Slot(byte[] bytes, int at, int length, int room, boolean merge, boolean packet) {
    /// A part of it that another pipe gets: nothing is ever appended to that (L-151, L-160).
    Slot copy(int count) {
      return new Slot(bytes, at, count, 0, false, packet);
    }

    Slot without(int count) {
      return new Slot(bytes, at + count, length - count, room, merge, packet);
    }

    Slot with(int count) {
      return new Slot(bytes, at, length + count, room - count, merge, packet);
    }
  }

  final boolean named;
  final ArrayDeque<Slot> slots = new ArrayDeque<>();
  int limit = PipeAbi.PIPE_DEF_BUFFERS;
  int readers;
  int writers;

  /// How often a writer was opened, and one (L-2, L-77).
  long writerOpens = 1;

  /// Names of a FIFO in directories.
  int links = 1;

  ListPipe(boolean named) {
    this.named = named;
  }

  // ---- Opening and closing.

  void open(boolean reading, boolean writing) {
    readers += reading ? 1 : 0;
    writers += writing ? 1 : 0;
    writerOpens += writing ? 1 : 0;
  }

  /// The last who goes takes with him what is left, and the size (L-10).
  void close(boolean reading, boolean writing) {
    readers -= reading ? 1 : 0;
    writers -= writing ? 1 : 0;
    if (readers == 0 && writers == 0) {
      slots.clear();
      limit = PipeAbi.PIPE_DEF_BUFFERS;
      writerOpens = 1;
    }
  }

  // ---- Bytes.

  /// L-32, L-33, L-66, L-67, L-129.
  long read(Memory memory, long count, boolean wait) {
    if (slots.isEmpty()) {
      return writers == 0 ? 0 : wait ? BLOCKS : EAGAIN;
    }
    int wanted = (int) Math.min(count, bytes());
    int mapped = memory.reach(0, wanted, true);
    if (mapped > 0 && mapped < wanted) {
      // Linux consumes nothing of a slot that it meets a fault in; the engine may consume what was
      // in it before something was appended.
      return BLOCKS;
    }
    long done = 0;
    while (done < count && !slots.isEmpty()) {
      Slot oldest = slots.getFirst();
      int n = (int) Math.min(oldest.length, count - done);
      if (memory.reach(done, n, true) < n) {
        return done > 0 ? done : EFAULT;
      }
      memory.store(done, oldest.bytes, oldest.at, n);
      done += n;
      take(n);
      if (oldest.packet) {
        if (n < oldest.length) {
          slots.removeFirst();
        }
        break;
      }
    }
    return done;
  }

  /// Takes `count` bytes off the oldest slot.
  private void take(int count) {
    Slot oldest = slots.removeFirst();
    if (count < oldest.length) {
      slots.addFirst(oldest.without(count));
    }
  }

  /// L-42 to L-48, L-65, L-68, L-130.
  long write(Memory memory, long count, boolean packets, boolean wait) {
    if (readers == 0) {
      return EPIPE;
    }
    int residue = (int) (count % PAGE_SIZE);
    Slot newest = slots.peekLast();
    boolean merges = residue > 0 && newest != null && newest.merge && residue <= newest.room;
    if (wait && (merges ? residue : 0) + (long) free() * PAGE_SIZE < count) {
      return BLOCKS;
    }
    long done = 0;
    if (merges && newest != null) {
      if (memory.reach(0, residue, false) < residue) {
        return EFAULT;
      }
      memory.load(0, newest.bytes, newest.at + newest.length, residue);
      slots.removeLast();
      slots.addLast(newest.with(residue));
      done = residue;
    }
    while (done < count && free() > 0) {
      int n = (int) Math.min(PAGE_SIZE, count - done);
      if (memory.reach(done, n, false) < n) {
        return done > 0 ? done : EFAULT;
      }
      byte[] page = new byte[PAGE_SIZE];
      memory.load(done, page, 0, n);
      slots.addLast(new Slot(page, 0, n, PAGE_SIZE - n, !packets, packets));
      done += n;
    }
    return done > 0 ? done : EAGAIN;
  }

  int free() {
    return Math.max(0, limit - slots.size());
  }

  long bytes() {
    long sum = 0;
    for (Slot slot : slots) {
      sum += slot.length;
    }
    return sum;
  }

  // ---- Pages.

  /// Whether pages can be put in: 0, `EPIPE`, or that there is no room (L-138, L-163).
  long room(boolean wait) {
    return readers == 0 ? EPIPE : free() > 0 ? 0 : wait ? BLOCKS : EAGAIN;
  }

  /// Moves, or shares without taking them, up to `count` bytes (L-149 to L-154, L-159 to L-161).
  long pass(ListPipe out, long count, boolean tee, boolean wait) {
    if (out == this) {
      return Errno.EINVAL.result();
    }
    if (slots.isEmpty() && writers > 0) {
      return wait ? BLOCKS : EAGAIN;
    }
    long room = out.room(wait);
    if (room < 0) {
      return room;
    }
    long done = 0;
    for (Slot slot : List.copyOf(slots)) {
      if (done == count || out.free() == 0) {
        break;
      }
      int n = (int) Math.min(slot.length, count - done);
      out.slots.addLast(n == slot.length && !tee ? slot : slot.copy(n));
      if (!tee) {
        take(n);
      }
      done += n;
    }
    return done;
  }

  /// Where bytes go that leave a pipe.
  interface Sink {
    /// Takes the beginning of a slot's bytes; fewer than `count` end the call, an errno as well.
    long take(byte[] bytes, int at, int count);
  }

  /// Gives up to `count` bytes to `sink`, a slot at a time (L-146, L-147, L-166).
  long drain(Sink sink, long count, boolean wait) {
    if (slots.isEmpty()) {
      return writers == 0 ? 0 : wait ? BLOCKS : EAGAIN;
    }
    long done = 0;
    while (done < count && !slots.isEmpty()) {
      Slot oldest = slots.getFirst();
      int n = (int) Math.min(oldest.length, count - done);
      long taken = sink.take(oldest.bytes, oldest.at, n);
      if (taken <= 0) {
        return done > 0 ? done : taken;
      }
      take((int) taken);
      done += taken;
    }
    return done;
  }

  // ---- Size and readiness.

  /// L-22, L-24, L-25. What only the privileged may is not modelled.
  long resize(long argument) {
    long wanted = argument & 0xffff_ffffL;
    if (wanted > 1L << 31) {
      return Errno.EINVAL.result();
    }
    int pages = 1;
    while ((long) pages * PAGE_SIZE < wanted) {
      pages *= 2;
    }
    if (pages > limit && (long) pages * PAGE_SIZE > PipeAbi.PIPE_MAX_SIZE) {
      return Errno.EPERM.result();
    }
    if (pages < slots.size()) {
      return Errno.EBUSY.result();
    }
    limit = pages;
    return (long) pages * PAGE_SIZE;
  }

  /// L-75 to L-78.
  int poll(boolean reading, boolean writing, long writerOpensSeen) {
    int mask = 0;
    if (reading && !slots.isEmpty()) {
      mask |= PipeAbi.POLLIN | POLLRDNORM;
    }
    if (reading && writers == 0 && writerOpensSeen != writerOpens) {
      mask |= PipeAbi.POLLHUP;
    }
    if (writing && free() > 0) {
      mask |= PipeAbi.POLLOUT | POLLWRNORM;
    }
    if (writing && readers == 0) {
      mask |= PipeAbi.POLLERR;
    }
    return mask;
  }
}
