package org.gardenhose.pipe;

import org.gardenhose.abi.Errno;
import org.gardenhose.memory.Page;
import org.gardenhose.ring.Ring;
import org.gardenhose.ring.Slot;
import org.gardenhose.wait.Deadlines;

/// Moving pages between a pipe and something that is no pipe: a file, a socket, a caller's memory.
///
/// **Always true.** What the other party did not take stays in the pipe (L-147); what it supplied
/// and found no slot does not exist. Slots made here take no append (L-140).
/// **Guarded by.** the filling or the draining side, which is kept while the other party moves its
/// bytes, as Linux keeps the pipe's mutex: else two calls could take the same bytes, or bytes taken
/// from a socket find no slot. A party that blocks makes others that want the same side wait.
/// **Blocks.** for the first byte or slot only, and as the other party does
/// **Learned from.** Linux `fs/splice.c`, `splice_file_to_pipe`, `__splice_from_pipe`; splice(2),
/// vmsplice(2), sendfile(2); L-62, L-138, L-139, L-145 to L-148, L-163, L-166
final class PageCall {
  private PageCall() {}

  /// Fills free slots once, from `source` (L-139).
  static long fill(
      KernelPipe pipe, PipeFile file, PageRun.Source source, long count, long deadline) {
    for (; ; ) {
      long result = SpliceCall.awaitOutput(pipe, file, deadline);
      if (result < 0 || count == 0) {
        return result;
      }
      Ring ring = pipe.ring();
      long fill = SideLock.lockFill(pipe, ring, 0);
      int head = Ring.index(fill);
      // Exactly: there is one pass, so a slot overlooked is a short count.
      int free = ring.slots() - ring.occupancy();
      if (free > 0) {
        return push(pipe, ring, head, free, source, count);
      }
      SideLock.unlockFillUnchanged(pipe, ring);
    }
  }

  /// The caller is the filling side, and no longer is on return.
  private static long push(
      KernelPipe pipe, Ring ring, int head, int free, PageRun.Source source, long count) {
    PageRun run = new PageRun(free);
    long result;
    try {
      result = source.supply(run, count);
    } catch (RuntimeException | VirtualMachineError e) {
      SideLock.unlockFillUnchanged(pipe, ring);
      throw e;
    }
    if (run.count() == 0) {
      SideLock.unlockFillUnchanged(pipe, ring);
      return result;
    }
    int at = head;
    for (int i = 0; i < run.count(); i++) {
      ring.push(at, run.page(i), run.start(i), run.length(i), 0);
      at++;
    }
    ring.countWrite();
    ring.countFilled(run.bytes());
    SideLock.unlockFill(pipe, ring, Ring.word(at, run.length(run.count() - 1)));
    pipe.passedIn();
    return run.bytes();
  }

  /// Gives `sink` what is in the pipe, up to `count` bytes; waits only for the first (L-146).
  static long drain(KernelPipe pipe, PipeFile file, PageRun.Sink sink, long count, long deadline) {
    long done = 0;
    while (done < count) {
      if (pipe.scheduler().interrupted()) {
        return done > 0 ? done : Errno.EINTR.result();
      }
      // As for reading: first whether writers are left, then whether there are bytes.
      boolean ended = pipe.writers() == 0;
      if (!pipe.readable()) {
        if (ended || done > 0) {
          break;
        }
        long result =
            deadline == Deadlines.NOW
                ? Errno.EAGAIN.result()
                : PipeWait.forInput(pipe, file, deadline);
        if (result != PipeWait.AGAIN) {
          return result;
        }
        continue;
      }
      long result = pop(pipe, pipe.ring(), sink, count - done);
      if (result < 0) {
        return done > 0 ? done : result;
      }
      done += result;
    }
    return done;
  }

  /// Gives `sink` what is there at this moment; minus an errno if it fails, 0 if somebody else was
  /// faster.
  private static long pop(KernelPipe pipe, Ring ring, PageRun.Sink sink, long count) {
    long drain = SideLock.lockDrain(pipe, ring);
    int first = Ring.index(drain);
    int tail = first;
    int consumed = Ring.bytes(drain);
    long taken = 0;
    long result = 0;
    try {
      PageRun run = look(ring, tail, consumed, count);
      if (run.count() > 0) {
        result = sink.accept(run);
        taken = Math.max(0, result);
      }
      for (long left = taken; left > 0; ) {
        Slot slot = ring.slot(tail);
        int length = ring.oldestLength(ring.seeFill(), tail);
        int n = (int) Math.min(left, length - consumed);
        left -= n;
        consumed += n;
        if (consumed == length && ring.seal(tail, consumed)) {
          ring.pool().put(slot.clear());
          tail++;
          consumed = 0;
        }
      }
    } finally {
      if (taken > 0) {
        ring.countDrained(taken);
      }
      SideLock.unlockDrain(pipe, ring, tail, consumed);
    }
    if (tail != first) {
      pipe.roomMade();
      pipe.announce(false, true);
    }
    return result;
  }

  /// Lists what is in the ring, up to `count` bytes, as the draining side.
  private static PageRun look(Ring ring, int tail, int consumed, long count) {
    long fill = ring.seeFill();
    PageRun run = new PageRun(Math.max(1, Ring.index(fill) - tail));
    int skip = consumed;
    for (int at = tail; run.bytes() < count && !ReadCall.nothingLeft(fill, at, skip); at++) {
      Slot slot = ring.slot(at);
      Page page = slot.page();
      int n = (int) Math.min(count - run.bytes(), ring.oldestLength(fill, at) - skip);
      run.add(page, slot.start() + skip, n);
      skip = 0;
    }
    return run;
  }
}
