package org.gardenhose.pipe;

import org.gardenhose.abi.Errno;
import org.gardenhose.memory.Page;
import org.gardenhose.ring.Ring;
import org.gardenhose.ring.Slot;
import org.gardenhose.wait.Deadlines;

/// Moving or sharing pages between two pipes without copying a byte.
///
/// **Always true.** A slot that is moved whole keeps its flags; one that shares its page with
/// another never takes an append, while the original still may (L-151, L-160). Bytes are never in
/// neither pipe, nor consumed and in both.
/// **Guarded by.** the input's draining side and the output's filling side, in this order
/// **Blocks.** while the input is empty, then while the output is full; never after the first byte
/// **Learned from.** Linux `fs/splice.c`, `splice_pipe_to_pipe`, `link_pipe`; splice(2), tee(2);
/// L-133, L-149 to L-155, L-158 to L-161
final class SpliceCall {
  private SpliceCall() {}

  static long splice(KernelPipe in, PipeFile from, PipeFile to, long count, long deadline) {
    return transfer(in, from, to, count, deadline, true);
  }

  static long tee(KernelPipe in, PipeFile from, PipeFile to, long count, long deadline) {
    return transfer(in, from, to, count, deadline, false);
  }

  private static long transfer(
      KernelPipe in, PipeFile from, PipeFile to, long count, long deadline, boolean consume) {
    KernelPipe out = to.pipe();
    if (count == 0) {
      return 0;
    }
    if (in == out) {
      return Errno.EINVAL.result();
    }
    for (; ; ) {
      long result = awaitInput(in, from, deadline);
      if (result == 0) {
        result = awaitOutput(out, to, deadline);
      }
      if (result < 0) {
        return result;
      }
      long done = consume ? move(in, out, count) : share(in, out, count);
      if (done > 0) {
        out.passedIn();
        return done;
      }
      if (in.writers() == 0 && !in.readable()) {
        return 0;
      }
    }
  }

  /// Waits until the input has bytes or has ended; 0, or minus an errno.
  private static long awaitInput(KernelPipe in, PipeFile from, long deadline) {
    while (!in.readReady()) {
      if (deadline == Deadlines.NOW) {
        return Errno.EAGAIN.result();
      }
      long result = PipeWait.forInput(in, from, deadline);
      if (result != PipeWait.AGAIN) {
        return result;
      }
    }
    return in.aborted() ? Errno.ECANCELED.result() : 0;
  }

  /// Waits until the output has a free slot; 0, or minus an errno.
  static long awaitOutput(KernelPipe out, PipeFile to, long deadline) {
    for (; ; ) {
      if (out.aborted()) {
        return Errno.ECANCELED.result();
      }
      if (out.readers() == 0) {
        return WriteCall.broken(out, 0);
      }
      if (!out.full()) {
        return to.revoked() ? Errno.EBADF.result() : 0;
      }
      if (deadline == Deadlines.NOW) {
        return Errno.EAGAIN.result();
      }
      long result = PipeWait.forRoom(out, to, false, deadline);
      if (result != PipeWait.AGAIN) {
        return result;
      }
    }
  }

  /// Moves what is there and fits, and wakes the input's writers if that freed a slot (L-91).
  private static long move(KernelPipe in, KernelPipe out, long count) {
    Ring source = in.ring();
    Ring target = out.ring();
    long drain = SideLock.lockDrain(in, source);
    long targetFill = SideLock.lockFill(out, target, 0);
    int tail = Ring.index(drain);
    int consumed = Ring.bytes(drain);
    int head = Ring.index(targetFill);
    long fill = source.seeFill();
    long newest = targetFill;
    long done = 0;
    while (done < count && target.freeSlots(head) > 0) {
      if (ReadCall.nothingLeft(fill, tail, consumed)) {
        break;
      }
      Slot slot = source.slot(tail);
      int left = source.oldestLength(fill, tail) - consumed;
      int n = (int) Math.min(count - done, left);
      int start = slot.start() + consumed;
      int flags = slot.flags();
      if (n == left && source.seal(tail, consumed + n)) {
        target.push(head, slot.clear(), start, n, flags);
        tail++;
        consumed = 0;
      } else {
        // A part of the slot, or one that is growing at this moment: share its page.
        flags &= ~Slot.CAN_MERGE;
        slot.page().get();
        target.push(head, slot.page(), start, n, flags);
        consumed += n;
      }
      head++;
      done += n;
      newest = Ring.filled(head, n, flags);
      fill = source.fillSeen();
    }
    publish(out, target, newest, done);
    if (done > 0) {
      source.countDrained(done);
    }
    SideLock.unlockDrain(in, source, tail, consumed);
    if (tail != Ring.index(drain)) {
      in.roomMade();
      in.announce(false, true);
    }
    return done;
  }

  /// Shares what is there and fits; the input keeps it all.
  private static long share(KernelPipe in, KernelPipe out, long count) {
    Ring source = in.ring();
    Ring target = out.ring();
    long drain = SideLock.lockDrain(in, source);
    long targetFill = SideLock.lockFill(out, target, 0);
    int tail = Ring.index(drain);
    int consumed = Ring.bytes(drain);
    int head = Ring.index(targetFill);
    long fill = source.seeFill();
    long newest = targetFill;
    long done = 0;
    while (done < count && target.freeSlots(head) > 0) {
      if (ReadCall.nothingLeft(fill, tail, consumed)) {
        break;
      }
      Slot slot = source.slot(tail);
      int n = (int) Math.min(count - done, source.oldestLength(fill, tail) - consumed);
      int flags = slot.flags() & ~Slot.CAN_MERGE;
      Page page = slot.page();
      page.get();
      target.push(head, page, slot.start() + consumed, n, flags);
      head++;
      done += n;
      newest = Ring.filled(head, n, flags);
      tail++;
      consumed = 0;
    }
    publish(out, target, newest, done);
    SideLock.unlockDrain(in, source, Ring.index(drain), Ring.bytes(drain));
    return done;
  }

  private static void publish(KernelPipe out, Ring target, long newest, long done) {
    if (done == 0) {
      SideLock.unlockFillUnchanged(out, target);
    } else {
      target.countWrite();
      target.countFilled(done);
      SideLock.unlockFill(out, target, newest);
    }
  }
}
