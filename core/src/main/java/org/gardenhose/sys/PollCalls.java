package org.gardenhose.sys;

import static org.gardenhose.abi.PipeAbi.POLLERR;
import static org.gardenhose.abi.PipeAbi.POLLHUP;
import static org.gardenhose.abi.PipeAbi.POLLIN;
import static org.gardenhose.abi.PipeAbi.POLLOUT;
import static org.gardenhose.abi.PollAbi.POLLNVAL;
import static org.gardenhose.abi.PollAbi.POLLPRI;
import static org.gardenhose.abi.PollAbi.POLLRDBAND;
import static org.gardenhose.abi.PollAbi.POLLRDNORM;
import static org.gardenhose.abi.PollAbi.POLLWRBAND;
import static org.gardenhose.abi.PollAbi.POLLWRNORM;

import java.util.function.IntSupplier;
import org.gardenhose.abi.Errno;
import org.gardenhose.abi.PollFd;
import org.gardenhose.file.OpenFileDescription;
import org.gardenhose.proc.Task;
import org.gardenhose.wait.Deadlines;
import org.jspecify.annotations.Nullable;

/// Waiting for one of several descriptors: poll and select.
///
/// **Always true.** Each look asks what the number means then: one that another thread has
/// closed is
/// `POLLNVAL` once something wakes the call, as on Linux. A deadline is that of the call, however
/// often a signal makes it begin again.
/// **Blocks.** until something holds, the deadline, or a signal
/// **Learned from.** Linux `fs/select.c`; poll(2), select(2); L-75, L-76, L-79, L-86
final class PollCalls {
  private static final int READABLE =
      POLLRDNORM | POLLRDBAND | POLLIN | POLLHUP | POLLERR | POLLNVAL;
  private static final int WRITABLE = POLLWRBAND | POLLWRNORM | POLLOUT | POLLERR | POLLNVAL;
  private static final int EXCEPTIONAL = POLLPRI | POLLNVAL;

  /// Descriptors that a table has room for on Linux from the start (`NR_OPEN_DEFAULT`).
  private static final int LEAST_TABLE = 64;

  private PollCalls() {}

  /// Returns the events of what `fd` means now.
  private static int look(Task task, int fd) {
    OpenFileDescription file = Fd.enter(task, fd);
    try {
      return file == null || file.pathOnly() ? POLLNVAL : file.operations().poll(file);
    } finally {
      Fd.leave(task, file);
    }
  }

  /// Looks, and sleeps in between, until `look` counts something.
  ///
  /// @param register has the wait registered with every file
  private static long await(
      Task task, long deadline, IntSupplier look, java.util.function.Consumer<PollWait> register) {
    int ready = look.getAsInt();
    if (ready > 0) {
      return ready;
    }
    if (deadline == Deadlines.NOW) {
      return task.signalled() ? Errno.EINTR.result() : 0;
    }
    try (PollWait wait = new PollWait(task)) {
      register.accept(wait);
      for (; ; ) {
        ready = look.getAsInt();
        if (ready > 0) {
          return ready;
        }
        long slept = wait.sleep(deadline);
        if (slept < 0) {
          // What came together with a signal or at the last moment counts.
          ready = look.getAsInt();
          boolean late = slept == Errno.ETIMEDOUT.result();
          return ready > 0 || late ? ready : slept;
        }
      }
    }
  }

  // ---- poll.

  static long poll(Task task, PollFd @Nullable [] fds, long deadline) {
    if (fds == null) {
      return Errno.EFAULT.result();
    }
    if (fds.length > task.proc().descriptorLimit()) {
      return Errno.EINVAL.result();
    }
    for (PollFd entry : fds) {
      if (entry == null) {
        return Errno.EFAULT.result();
      }
    }
    return await(task, deadline, () -> look(task, fds), wait -> register(wait, fds));
  }

  private static void register(PollWait wait, PollFd[] fds) {
    for (PollFd entry : fds) {
      if (entry.fd >= 0) {
        wait.watch(entry.fd);
      }
    }
  }

  private static int look(Task task, PollFd[] fds) {
    int ready = 0;
    for (PollFd entry : fds) {
      int asked = entry.events & 0xffff | POLLERR | POLLHUP | POLLNVAL;
      entry.revents = entry.fd < 0 ? 0 : look(task, entry.fd) & asked;
      ready += entry.revents != 0 ? 1 : 0;
    }
    return ready;
  }

  // ---- select.

  static long select(
      Task task,
      int count,
      long @Nullable [] readable,
      long @Nullable [] writable,
      long @Nullable [] exceptional,
      long deadline) {
    if (count < 0) {
      return Errno.EINVAL.result();
    }
    // Numbers beyond the table are left as they are, as on Linux (select(2), BUGS).
    int bits = Math.min(count, Math.max(LEAST_TABLE, task.table().capacity()));
    int words = bits + 63 >> 6;
    if (tooShort(readable, words) || tooShort(writable, words) || tooShort(exceptional, words)) {
      return Errno.EFAULT.result();
    }
    Sets sets = new Sets(bits, readable, writable, exceptional);
    for (int fd = 0; fd < bits; fd++) {
      if (sets.asked(fd) != 0 && !open(task, fd)) {
        return Errno.EBADF.result();
      }
    }
    long result = await(task, deadline, () -> sets.look(task), sets::register);
    if (result >= 0) {
      sets.store();
    }
    return result;
  }

  private static boolean tooShort(long @Nullable [] set, int words) {
    return set != null && set.length < words;
  }

  private static boolean open(Task task, int fd) {
    OpenFileDescription file = Fd.enter(task, fd);
    boolean open = file != null && !file.pathOnly();
    Fd.leave(task, file);
    return open;
  }

  /// The three sets of one select, as they were given and as they will be.
  private static final class Sets {
    /// Stands for a set that was not given.
    private static final long[] NONE = {};

    private static final int[] MEANT = {READABLE, WRITABLE, EXCEPTIONAL};

    private final int bits;
    private final long[][] given;
    private final long[][] found;

    Sets(int bits, long @Nullable [] in, long @Nullable [] out, long @Nullable [] except) {
      this.bits = bits;
      this.given = new long[][] {orNone(in), orNone(out), orNone(except)};
      this.found = new long[MEANT.length][bits + 63 >> 6];
    }

    private static long[] orNone(long @Nullable [] set) {
      return set == null ? NONE : set;
    }

    /// Returns which events are asked of `fd`.
    int asked(int fd) {
      int asked = 0;
      for (int i = 0; i < MEANT.length; i++) {
        asked |= has(i, fd) ? MEANT[i] : 0;
      }
      return asked;
    }

    private boolean has(int set, int fd) {
      long[] mask = given[set];
      return mask.length > 0 && (mask[fd >> 6] & 1L << fd) != 0;
    }

    void register(PollWait wait) {
      for (int fd = 0; fd < bits; fd++) {
        if (asked(fd) != 0) {
          wait.watch(fd);
        }
      }
    }

    int look(Task task) {
      int ready = 0;
      for (long[] set : found) {
        java.util.Arrays.fill(set, 0);
      }
      for (int fd = 0; fd < bits; fd++) {
        int mask = asked(fd) == 0 ? 0 : PollCalls.look(task, fd);
        for (int i = 0; mask != 0 && i < MEANT.length; i++) {
          if (has(i, fd) && (mask & MEANT[i]) != 0) {
            found[i][fd >> 6] |= 1L << fd;
            ready++;
          }
        }
      }
      return ready;
    }

    /// Replaces the sets by what was found, of whole words as Linux does.
    void store() {
      for (int i = 0; i < MEANT.length; i++) {
        long[] mask = given[i];
        if (mask.length > 0) {
          System.arraycopy(found[i], 0, mask, 0, found[i].length);
        }
      }
    }
  }
}
