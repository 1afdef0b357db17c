package org.gardenhose.sys;

import java.util.ArrayList;
import java.util.List;
import org.gardenhose.abi.Errno;
import org.gardenhose.file.OpenFileDescription;
import org.gardenhose.proc.Sleep;
import org.gardenhose.proc.Task;
import org.gardenhose.wait.Deadlines;
import org.gardenhose.wait.Scheduler;
import org.gardenhose.wait.Watcher;

/// One task's wait for any of several files.
///
/// **Why no wake-up is lost.** The task (1) registers with every file, (2) looks at them all, (3)
/// sleeps unless `triggered`. A waker (a) changes a file, (b) finds the registration, (c) sets
/// `triggered` and unparks. If (2) missed (a), then (1) came before (b), so (c) happens and ends
/// (3).
/// `triggered` is cleared only before looking again.
///
/// **Always true.** It has a reference to each file it is registered with until [#close].
/// **Guarded by.** only the task uses it, but for [#wakened], which any thread may call
/// **Blocks.** [#sleep]
/// **Learned from.** Linux `struct poll_wqueues`, `poll_schedule_timeout`
final class PollWait implements Watcher, AutoCloseable {
  private final Task task;
  private final Scheduler scheduler;
  private final Thread thread = Thread.currentThread();
  private final List<OpenFileDescription> files = new ArrayList<>();
  private volatile boolean triggered;

  PollWait(Task task) {
    this.task = task;
    this.scheduler = task.scheduler();
  }

  /// Registers with what `fd` means now, if it means anything.
  void watch(int fd) {
    OpenFileDescription file = task.table().get(fd);
    if (file == null) {
      return;
    }
    files.add(file);
    if (file.operations().watchable()) {
      file.operations().watch(file, this);
    }
  }

  @Override
  public void wakened() {
    triggered = true;
    scheduler.unpark(thread);
  }

  /// Sleeps until some file was woken since the last sleep.
  ///
  /// @return 0 if so, minus `EINTR` for a signal, minus `ETIMEDOUT` at the deadline
  long sleep(long deadline) {
    task.sleeping(new Sleep.OnPoll(deadline != Deadlines.NEVER));
    try {
      while (!triggered) {
        if (task.signalled()) {
          return Errno.EINTR.result();
        }
        long left = left(scheduler, deadline);
        if (left <= 0) {
          return Errno.ETIMEDOUT.result();
        }
        scheduler.park(this, left);
      }
      triggered = false;
      return 0;
    } finally {
      task.ended();
    }
  }

  /// Ends all registrations.
  @Override
  public void close() {
    for (OpenFileDescription file : files) {
      if (file.operations().watchable()) {
        file.operations().unwatch(file, this);
      }
      file.put();
    }
  }

  // ---- Deadlines, for all that wait for one of several.

  /// Returns the deadline of a call that began now and may wait for so many milliseconds, for ever
  /// if negative.
  static long deadline(Scheduler clock, int millis) {
    return deadlineNanos(clock, millis < 0 ? -1 : millis * 1_000_000L);
  }

  /// The same in nanoseconds. A call that is made again after a signal goes on with it.
  static long deadlineNanos(Scheduler clock, long nanos) {
    if (nanos <= 0) {
      return nanos < 0 ? Deadlines.NEVER : Deadlines.NOW;
    }
    return nanos == Deadlines.NEVER ? nanos : clock.nanoTime() + nanos;
  }

  /// Returns how many nanoseconds are left, as [Scheduler#park] takes them.
  static long left(Scheduler clock, long deadline) {
    if (deadline == Deadlines.NEVER) {
      return deadline;
    }
    return deadline == Deadlines.NOW ? 0 : deadline - clock.nanoTime();
  }
}
