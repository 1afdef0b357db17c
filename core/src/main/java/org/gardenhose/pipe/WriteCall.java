package org.gardenhose.pipe;

import static org.gardenhose.abi.PipeAbi.PAGE_SIZE;
import static org.gardenhose.abi.PipeAbi.POLLIN;
import static org.gardenhose.abi.PollAbi.POLLRDNORM;

import org.gardenhose.abi.Errno;
import org.gardenhose.memory.Page;
import org.gardenhose.memory.UserMemory;
import org.gardenhose.ring.Ring;
import org.gardenhose.ring.Slot;
import org.gardenhose.wait.Deadlines;
import org.gardenhose.wait.WaitQueue;
import org.gardenhose.wait.Waiter;
import org.jspecify.annotations.Nullable;

/// Writing to a pipe: append what fits to the newest page, put the rest into new ones, wait for
/// slots.
///
/// **Always true.** At most PIPE_BUF bytes go in by one append or as one slot, so they stay
/// together (L-50). Bytes that were moved are counted, whatever happens to the rest.
/// **Guarded by.** the filling side, while copying; the draining side goes on meanwhile
/// **Blocks.** while no slot is free and a reader is open
/// **Learned from.** Linux `fs/pipe.c`, `anon_pipe_write`; write(2); L-41 to L-50, L-65, L-68,
/// L-171
final class WriteCall {
  /// The most that one call moves (`MAX_RW_COUNT`).
  private static final long MAX_RW_COUNT = 0x7ffff000;

  /// From here on a virtual thread that has handed all its bytes over lets the reader run next: two
  /// switches then cost less than the second copy that they spare (`bench/run --only T1,T6`).
  private static final int YIELD_BYTES = 8 * PAGE_SIZE;

  private WriteCall() {}

  /// A write that fits behind the newest bytes ends here; this much the compiler puts into its
  /// caller. Everything else is in [#writeSlots].
  static long write(
      KernelPipe pipe, PipeFile file, Object memory, long at, long count, long deadline) {
    Ring ring = pipe.ringOrNull();
    if (ring != null && count < PAGE_SIZE && !pipe.unreadable()) {
      long fill = SideLock.tryLockFillToAppend(ring, (int) count);
      if (fill != 0) {
        SideLock.unlockFill(pipe, ring, append(pipe, ring, fill, memory, at, (int) count));
        tellReaders(pipe, ring, fill);
        return count;
      }
    }
    return writeSlots(pipe, file, memory, at, count, deadline);
  }

  private static long writeSlots(
      KernelPipe pipe, PipeFile file, Object memory, long at, long count, long deadline) {
    if (count == 0) {
      return 0;
    }
    if (pipe.unreadable()) {
      return pipe.aborted() ? Errno.ECANCELED.result() : broken(pipe, 0);
    }
    long wanted = Math.min(count, MAX_RW_COUNT);
    int residue = (int) wanted & (PAGE_SIZE - 1);
    Ring ring = pipe.ring();
    long fill = SideLock.lockFill(pipe, ring, residue);
    if ((fill & Ring.APPENDING) == 0) {
      ring.countWrite();
      long result = fillOrWait(pipe, file, memory, at, wanted, deadline, fill, 0);
      return result == Errno.EAGAIN.result() && SideLock.drained(pipe, ring)
          ? writeSlots(pipe, file, memory, at, count, deadline)
          : result;
    }
    long appended = append(pipe, ring, fill, memory, at, residue);
    if (residue == wanted) {
      SideLock.unlockFill(pipe, ring, appended);
      tellReaders(pipe, ring, fill);
      return wanted;
    }
    SideLock.publishFill(ring, appended);
    tellSleepers(pipe, ring, fill, false);
    return fillOrWait(pipe, file, memory, at, wanted, deadline, appended, residue);
  }

  /// Copies the residue behind the newest slot's bytes (L-43).
  private static long append(
      KernelPipe pipe, Ring ring, long fill, Object memory, long at, int residue) {
    long appended;
    try {
      appended = ring.append(fill, memory, at, residue);
    } catch (RuntimeException | VirtualMachineError e) {
      giveAppendUp(pipe, ring);
      throw e;
    }
    ring.countWrite();
    ring.countFilled(residue);
    return appended;
  }

  /// On a fault of the caller's memory nothing is appended (L-130).
  private static void giveAppendUp(KernelPipe pipe, Ring ring) {
    SideLock.unlockFillUnchanged(pipe, ring);
    ReadCall.releaseConsumed(pipe, ring);
  }

  /// Fills slots, sleeping where none is free, until all is written or something ends it. The
  /// caller is the filling side at `fill` and has moved `moved` bytes; it no longer is on return.
  private static long fillOrWait(
      KernelPipe pipe,
      PipeFile file,
      Object memory,
      long at,
      long wanted,
      long deadline,
      long fill,
      long moved) {
    Ring ring = pipe.ring();
    long done = moved;
    boolean slept = false;
    long result = PipeWait.AGAIN;
    try {
      for (; ; ) {
        done += fillSlots(pipe, ring, file, fill, memory, at + done, wanted - done);
        if (done == wanted || deadline == Deadlines.NOW) {
          break;
        }
        pipe.announce(true, false);
        result = PipeWait.forRoom(pipe, file, true, deadline);
        slept = true;
        if (result == PipeWait.AGAIN && pipe.aborted()) {
          result = Errno.ECANCELED.result();
        } else if (result == PipeWait.AGAIN && pipe.readers() == 0) {
          result = broken(pipe, done);
        }
        if (result != PipeWait.AGAIN) {
          break;
        }
        // The append is not tried again (L-46).
        fill = SideLock.lockFill(pipe, ring, 0);
      }
    } catch (RuntimeException | VirtualMachineError e) {
      if (done == 0) {
        passBaton(pipe, slept);
        throw e;
      }
    }
    passBaton(pipe, slept);
    if (done < wanted && pipe.polled()) {
      pipe.wakeReader();
    }
    if (done > 0) {
      return done;
    }
    return result == PipeWait.AGAIN ? Errno.EAGAIN.result() : result;
  }

  /// A thread that slept and leaves a slot free wakes the next one, also if its memory failed
  /// (L-61, L-91).
  private static void passBaton(KernelPipe pipe, boolean slept) {
    if (slept && !pipe.full()) {
      pipe.wakeWriter();
    }
  }

  /// Fills as many free slots as `count` bytes need or there are, gives the side up, and wakes a
  /// reader that may wait. A fault of the caller's memory drops the page being filled (L-130).
  private static long fillSlots(
      KernelPipe pipe, Ring ring, PipeFile file, long fill, Object memory, long at, long count) {
    int flags = file.packets() ? Slot.PACKET : Slot.CAN_MERGE;
    int head = Ring.index(fill);
    int published = head;
    int length = 0;
    long done = 0;
    long handed = 0;
    long counted = 0;
    Waiter reader = file.packets() ? null : takeOffer(pipe, ring, head);
    try {
      if (reader != null) {
        done = handOver(ring, reader, memory, at, count);
        handed = done;
        counted = done;
      }
      while (done < count && ring.freeSlots(head) > 0) {
        // Behind a hand-over the page begins where it would have been consumed up to (L-44).
        int start = done == handed ? (int) handed & (PAGE_SIZE - 1) : 0;
        int n = (int) Math.min(count - done, PAGE_SIZE - start);
        Page page = ring.pool().take();
        UserMemory.copyIn(memory, at + done, page, start, n);
        ring.push(head, page, start, n, flags);
        head++;
        length = n;
        done += n;
        if (head - published == SideLock.BATCH_SLOTS && done < count) {
          // Counted before they can be drained, or there would be fewer than none in the ring.
          ring.countFilled(done - counted);
          counted = done;
          SideLock.publishFill(ring, Ring.filled(head, length, flags));
          published = head;
        }
      }
    } catch (RuntimeException | VirtualMachineError e) {
      if (done == 0) {
        throw e;
      }
    } finally {
      if (done > counted) {
        ring.countFilled(done - counted);
      }
      if (head == published) {
        SideLock.unlockFillUnchanged(pipe, ring);
      } else {
        SideLock.unlockFill(pipe, ring, Ring.filled(head, length, flags));
      }
      if (reader != null) {
        pipe.readQueue().complete(reader, pipe.scheduler());
      }
    }
    if (reader == null) {
      tellSleepers(pipe, ring, fill, done == count && pipe.polled());
    } else if (handed == count && handed >= YIELD_BYTES && Thread.currentThread().isVirtual()) {
      // The reader runs now and comes back with its buffer, before the ring is filled meanwhile.
      Thread.yield();
    }
    // The reader that was served has had the one wake-up, and passes the baton if it leaves bytes;
    // a second one would only cost the next reader its place in the queue (L-88, L-89).
    return done;
  }

  /// Returns the reader that has waited longest on the empty ring, if its buffer may be written to.
  private static @Nullable Waiter takeOffer(KernelPipe pipe, Ring ring, int head) {
    WaitQueue queue = pipe.readQueueOrNull();
    // Nobody else fills, so an empty ring stays empty.
    return queue == null || queue.isEmpty() || Ring.index(ring.drainVolatile()) != head
        ? null
        : queue.takeOffer();
  }

  /// Copies to a waiting reader's own buffer: one copy instead of two, and no page.
  private static long handOver(Ring ring, Waiter reader, Object memory, long at, long count) {
    int n = (int) Math.min(count, reader.targetLength());
    UserMemory.copyIn(memory, at, reader.target(), reader.targetAt(), n);
    reader.handedOver(n);
    ring.countHandedOver(n);
    return n;
  }

  /// Wakes a reader at the end of a write, as [#tellSleepers] does, or whatever was in the ring if
  /// anybody ever polled (L-90).
  static void tellReaders(KernelPipe pipe, Ring ring, long before) {
    tellSleepers(pipe, ring, before, pipe.polled());
  }

  /// Wakes a reader if the ring was empty when the fill word was `before`, as far as the draining
  /// side has come by now. A reader that sleeps saw the ring empty, so all of `before` had been
  /// consumed, and the drain word tells.
  private static void tellSleepers(KernelPipe pipe, Ring ring, long before, boolean always) {
    WaitQueue queue = pipe.readQueueOrNull();
    if (queue != null
        && !queue.isEmpty()
        && (always || !Ring.readable(before, ring.drainVolatile()))) {
      queue.wake(pipe.scheduler(), POLLIN | POLLRDNORM);
    }
  }

  /// The one place where a write meets a pipe that nobody reads: `done` bytes if some were moved
  /// before, else `EPIPE` (L-42, L-57).
  static long broken(KernelPipe pipe, long done) {
    pipe.onBroken();
    return done > 0 ? done : Errno.EPIPE.result();
  }

  // ---- Giving pages away.

  /// Attaches pages of the caller's array, one slot for each page that is touched, as many as there
  /// are slots for; waits for the first slot only (L-163, L-164). Pages are counted from index 0 of
  /// the array, as Linux counts them from address 0.
  static long gift(
      KernelPipe pipe, PipeFile file, byte[] bytes, int from, int count, long deadline) {
    if (count == 0) {
      return 0;
    }
    Ring ring = pipe.ring();
    for (; ; ) {
      if (pipe.aborted()) {
        return Errno.ECANCELED.result();
      }
      if (pipe.readers() == 0) {
        return broken(pipe, 0);
      }
      long fill = SideLock.lockFill(pipe, ring, 0);
      int done = attach(pipe, ring, fill, bytes, from, count);
      if (done > 0) {
        pipe.passedIn();
        return done;
      }
      if (deadline == Deadlines.NOW) {
        return Errno.EAGAIN.result();
      }
      long result = PipeWait.forRoom(pipe, file, false, deadline);
      if (result != PipeWait.AGAIN) {
        return result;
      }
    }
  }

  /// Attaches what there are slots for, and gives the filling side up.
  private static int attach(
      KernelPipe pipe, Ring ring, long fill, byte[] bytes, int from, int count) {
    int first = Ring.index(fill);
    int head = first;
    int done = 0;
    int n = 0;
    try {
      while (done < count && ring.freeSlots(head) > 0) {
        int start = from + done & (PAGE_SIZE - 1);
        n = Math.min(count - done, PAGE_SIZE - start);
        ring.push(head, Page.gift(bytes, from + done - start), start, n, 0);
        head++;
        done += n;
      }
    } finally {
      if (head == first) {
        SideLock.unlockFillUnchanged(pipe, ring);
      } else {
        ring.countWrite();
        ring.countFilled(done);
        SideLock.unlockFill(pipe, ring, Ring.word(head, n));
      }
    }
    return done;
  }
}
