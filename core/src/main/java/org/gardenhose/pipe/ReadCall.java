package org.gardenhose.pipe;

import org.gardenhose.abi.Errno;
import org.gardenhose.memory.UserMemory;
import org.gardenhose.ring.Ring;
import org.gardenhose.ring.Slot;
import org.gardenhose.wait.Deadlines;
import org.jspecify.annotations.Nullable;

/// Reading from a pipe: gather from the oldest slots what is there, or wait for it to come.
///
/// **Always true.** A slot whose copying fails is not consumed (L-129). A slot is released in the
/// moment its last byte is consumed, unless a writer is about to lengthen it.
/// **Guarded by.** the draining side, while copying; the filling side goes on meanwhile
/// **Blocks.** while there is nothing to read and a writer is open
/// **Learned from.** Linux `fs/pipe.c`, `anon_pipe_read`; read(2); L-31 to L-40, L-66, L-67, L-172
final class ReadCall {
  /// The most that one call moves (`MAX_RW_COUNT`, L-40).
  private static final long MAX_RW_COUNT = 0x7ffff000;

  private ReadCall() {}

  static long read(
      KernelPipe pipe, PipeFile file, Object memory, long at, long count, long deadline) {
    if (count == 0) {
      return 0;
    }
    Ring ring = pipe.ringOrNull();
    if (ring != null && !pipe.aborted()) {
      long done = drain(pipe, ring, memory, at, Math.min(count, MAX_RW_COUNT));
      if (done > 0) {
        return done;
      }
    }
    return readOrWait(pipe, file, memory, at, Math.min(count, MAX_RW_COUNT), deadline);
  }

  private static long readOrWait(
      KernelPipe pipe, PipeFile file, Object memory, long at, long wanted, long deadline) {
    for (boolean slept = false; ; slept = true) {
      if (pipe.aborted()) {
        return Errno.ECANCELED.result();
      }
      // Whether writers are left is asked before the ring: what the last one wrote before it closed
      // is then seen (L-35).
      boolean ended = pipe.writers() == 0;
      Ring ring = pipe.ringOrNull();
      long done;
      try {
        done = ring == null || !ring.readable() ? 0 : drain(pipe, ring, memory, at, wanted);
      } catch (RuntimeException | VirtualMachineError e) {
        // The wake-up that this thread cannot use belongs to the next.
        if (slept) {
          passBaton(pipe, 0);
        }
        throw e;
      }
      if (done > 0 || ended) {
        return slept ? passBaton(pipe, done) : done;
      }
      if (deadline == Deadlines.NOW) {
        return Errno.EAGAIN.result();
      }
      long result = PipeWait.forBytes(pipe, file, memory, at, wanted, deadline);
      if (result != PipeWait.AGAIN) {
        return passBaton(pipe, result);
      }
    }
  }

  /// A thread that slept and leaves something behind wakes the next one (L-90, L-92).
  private static long passBaton(KernelPipe pipe, long result) {
    if (pipe.readable()) {
      pipe.wakeReader();
    }
    return result;
  }

  /// Takes what is there, at most `count` bytes. Here what one slot has; see [#drainSlots].
  private static long drain(KernelPipe pipe, Ring ring, Object memory, long at, long count) {
    long drain = SideLock.lockDrain(pipe, ring);
    int tail = Ring.index(drain);
    int consumed = Ring.bytes(drain);
    long fill = ring.fillSeen();
    if (nothingLeft(fill, tail, consumed)) {
      fill = ring.seeFill();
      if (nothingLeft(fill, tail, consumed)) {
        SideLock.unlockDrain(pipe, ring, tail, consumed);
        return 0;
      }
    }
    Slot slot = ring.slot(tail);
    int left = ring.oldestLength(fill, tail) - consumed;
    if (left <= count
        || slot.packet()
        || !(memory instanceof byte[] array && holds(array, at, count))) {
      return drainSlots(pipe, ring, drain, memory, at, count);
    }
    // Within a slot there is nothing to release and nobody to wake.
    UserMemory.copyOut(array, (int) at, slot.page(), slot.start() + consumed, (int) count);
    ring.countDrained(count);
    SideLock.unlockDrain(pipe, ring, tail, consumed + (int) count);
    return count;
  }

  /// Takes what is there, at most `count` bytes, from as many slots as need be (L-32). The caller
  /// is the draining side at `drain`, and no longer is on return.
  private static long drainSlots(
      KernelPipe pipe, Ring ring, long drain, Object memory, long at, long count) {
    int first = Ring.index(drain);
    int tail = first;
    int published = first;
    int consumed = Ring.bytes(drain);
    long fill = ring.fillSeen();
    long done = 0;
    long thrown = 0;
    try {
      while (done < count) {
        if (nothingLeft(fill, tail, consumed)) {
          fill = ring.seeFill();
          if (nothingLeft(fill, tail, consumed)) {
            break;
          }
        }
        Slot slot = ring.slot(tail);
        int length = ring.oldestLength(fill, tail);
        int n = (int) Math.min(count - done, length - consumed);
        UserMemory.copyOut(memory, at + done, slot.page(), slot.start() + consumed, n);
        done += n;
        consumed += n;
        boolean packet = slot.packet();
        if (packet) {
          // What did not fit is thrown away (L-66).
          thrown += length - consumed;
          consumed = length;
        }
        if (consumed == length) {
          if (ring.seal(tail, consumed)) {
            ring.pool().put(slot.clear());
            tail++;
            consumed = 0;
            if (tail - published == SideLock.BATCH_SLOTS && done < count) {
              SideLock.publishDrain(ring, tail);
              published = tail;
            }
          }
          fill = ring.fillSeen();
        }
        if (packet) {
          break;
        }
      }
    } catch (RuntimeException | VirtualMachineError e) {
      // The caller's memory failed: whole slots before it count, and if there is none it hears.
      if (done == 0) {
        throw e;
      }
    } finally {
      if (done > 0) {
        ring.countDrained(done + thrown);
      }
      SideLock.unlockDrain(pipe, ring, tail, consumed);
    }
    if (tail != first) {
      wakeWriterIfFull(pipe, ring, first);
    }
    return done;
  }

  /// Returns whether `fill` has nothing for a draining side that is at `tail` and `consumed`.
  static boolean nothingLeft(long fill, int tail, int consumed) {
    int occupancy = Ring.index(fill) - tail;
    return occupancy == 0 || occupancy == 1 && Ring.bytes(fill) == consumed;
  }

  /// Wakes a writer if the ring was full when the tail was still `tailBefore` (L-91). A writer that
  /// sleeps saw the ring full, so head has not moved since and is seen here.
  private static void wakeWriterIfFull(KernelPipe pipe, Ring ring, int tailBefore) {
    if (Ring.index(ring.fillVolatile()) - tailBefore >= ring.slots()) {
      pipe.wakeWriter();
    }
  }

  /// Copies without consuming.
  static long peek(KernelPipe pipe, PipeFile file, Object memory, long at, long count) {
    if (pipe.aborted()) {
      return Errno.ECANCELED.result();
    }
    boolean ended = pipe.writers() == 0;
    Ring ring = pipe.ringOrNull();
    long done = ring == null ? 0 : look(pipe, ring, memory, at, count);
    if (done > 0 || count == 0 || ended) {
      return done;
    }
    return Errno.EAGAIN.result();
  }

  private static long look(KernelPipe pipe, Ring ring, Object memory, long at, long count) {
    long drain = SideLock.lockDrain(pipe, ring);
    int tail = Ring.index(drain);
    int consumed = Ring.bytes(drain);
    long done = 0;
    try {
      long fill = ring.seeFill();
      while (done < count && !nothingLeft(fill, tail, consumed)) {
        Slot slot = ring.slot(tail);
        int n = (int) Math.min(count - done, ring.oldestLength(fill, tail) - consumed);
        UserMemory.copyOut(memory, at + done, slot.page(), slot.start() + consumed, n);
        done += n;
        tail++;
        consumed = 0;
        if (slot.packet()) {
          break;
        }
      }
    } finally {
      SideLock.unlockDrain(pipe, ring, Ring.index(drain), Ring.bytes(drain));
    }
    return done;
  }

  /// Releases every slot unread. Whoever sleeps is woken by the caller.
  static void discard(KernelPipe pipe, Ring ring) {
    skip(pipe, ring, Long.MAX_VALUE);
  }

  /// Releases the newest slot if it has been consumed but stayed for an append that then failed.
  static void releaseConsumed(KernelPipe pipe, Ring ring) {
    skip(pipe, ring, 0);
  }

  /// Throws away up to `count` bytes, and then whatever slot has nothing left.
  private static void skip(KernelPipe pipe, Ring ring, long count) {
    long drain = SideLock.lockDrain(pipe, ring);
    int first = Ring.index(drain);
    int tail = first;
    int consumed = Ring.bytes(drain);
    long done = 0;
    long fill = ring.seeFill();
    while (Ring.index(fill) != tail) {
      int length = ring.oldestLength(fill, tail);
      int n = (int) Math.min(count - done, length - consumed);
      done += n;
      consumed += n;
      if (consumed < length || !ring.seal(tail, consumed)) {
        break;
      }
      ring.pool().put(ring.slot(tail).clear());
      tail++;
      consumed = 0;
      fill = ring.fillSeen();
    }
    if (done > 0) {
      ring.countDrained(done);
    }
    SideLock.unlockDrain(pipe, ring, tail, consumed);
    if (tail != first) {
      wakeWriterIfFull(pipe, ring, first);
    }
  }

  /// Returns the array behind the caller's memory, if a writer may copy `count` bytes to it from
  /// its own thread: one that is too small is its owner's fault and not the writer's.
  static byte @Nullable [] offerable(Object memory, long at, long count) {
    return memory instanceof byte[] array && holds(array, at, count) ? array : null;
  }

  private static boolean holds(byte[] array, long at, long count) {
    return at >= 0 && at <= array.length - count;
  }
}
