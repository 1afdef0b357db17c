package org.gardenhose.pipe;

import java.util.function.Predicate;
import org.gardenhose.abi.Errno;
import org.gardenhose.wait.Deadlines;
import org.gardenhose.wait.Scheduler;
import org.gardenhose.wait.WaitQueue;
import org.gardenhose.wait.Waiter;

/// Waiting for a pipe to have bytes or room.
///
/// **Always true.** Nobody waits here as one of the ring's sides. Whatever ends the wait, the
/// caller looks at the pipe again, and passes the baton if it leaves something for the next.
/// **Blocks.** until the condition holds, the end is revoked, an interrupt, or the deadline, tested
/// in this order, so a thread that was chosen and finds its condition true goes ahead (L-60)
/// **Learned from.** Linux `wait_event_interruptible_exclusive`; L-87, L-88, L-96. Why no wake-up
/// is lost is said at [WaitQueue].
final class PipeWait {
  /// The condition may hold now: try again.
  static final long AGAIN = Long.MIN_VALUE;

  private PipeWait() {}

  /// Waits until there may be bytes. A writer may instead copy to `memory` itself.
  ///
  /// @return [#AGAIN], or the bytes copied, or minus an errno
  static long forBytes(
      KernelPipe pipe, PipeFile file, Object memory, long at, long count, long deadline) {
    if (Spin.forBytes(pipe, count)) {
      return AGAIN;
    }
    WaitQueue queue = pipe.readQueue();
    byte[] target = mayOffer(pipe) ? ReadCall.offerable(memory, at, count) : null;
    int length = (int) Math.min(count, Integer.MAX_VALUE);
    Waiter waiter = queue.enterExclusive(file, target, (int) at, length);
    return sleep(pipe, file, queue, waiter, KernelPipe::readReady, deadline);
  }

  /// Waits until there may be bytes, woken with every write (L-88).
  ///
  /// @return [#AGAIN], or minus an errno
  static long forInput(KernelPipe pipe, PipeFile file, long deadline) {
    WaitQueue queue = pipe.readQueue();
    return sleep(pipe, file, queue, queue.enter(file), KernelPipe::readReady, deadline);
  }

  /// Waits until there may be a free slot.
  ///
  /// @return [#AGAIN], or minus an errno
  static long forRoom(KernelPipe pipe, PipeFile file, boolean exclusive, long deadline) {
    if (Spin.forRoom(pipe)) {
      return AGAIN;
    }
    WaitQueue queue = pipe.writeQueue();
    Waiter waiter = exclusive ? queue.enterExclusive(file) : queue.enter(file);
    return sleep(pipe, file, queue, waiter, KernelPipe::writeReady, deadline);
  }

  /// Copying to a waiting thread's buffer pays where that thread runs next anyway: virtual threads,
  /// and one processor. Between two processors it would force them to take turns.
  private static boolean mayOffer(KernelPipe pipe) {
    return Thread.currentThread().isVirtual() || pipe.scheduler().spinNanos() == 0;
  }

  private static long sleep(
      KernelPipe pipe,
      PipeFile file,
      WaitQueue queue,
      Waiter waiter,
      Predicate<KernelPipe> ready,
      long deadline) {
    Scheduler scheduler = pipe.scheduler();
    KernelPipe.Wait wait = pipe.beginWait(queue != pipe.readQueueOrNull());
    long result = AGAIN;
    while (!waiter.signalled() && !ready.test(pipe)) {
      if (file.revoked()) {
        result = Errno.EBADF.result();
        break;
      }
      if (scheduler.interrupted()) {
        result = Errno.EINTR.result();
        break;
      }
      long nanos = deadline == Deadlines.NEVER ? deadline : deadline - scheduler.nanoTime();
      if (nanos <= 0) {
        result = Errno.ETIMEDOUT.result();
        break;
      }
      scheduler.park(pipe, nanos);
    }
    queue.leave(waiter, scheduler, pipe);
    int handedOver = waiter.handedOver();
    queue.release(waiter);
    if (wait != null) {
      wait.ended();
    }
    if (handedOver > 0) {
      return handedOver;
    }
    return file.revoked() ? Errno.EBADF.result() : result;
  }
}
