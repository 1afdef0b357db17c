package org.gardenhose.sys;

import static org.gardenhose.abi.PollAbi.EPOLLERR;
import static org.gardenhose.abi.PollAbi.EPOLLET;
import static org.gardenhose.abi.PollAbi.EPOLLEXCLUSIVE;
import static org.gardenhose.abi.PollAbi.EPOLLHUP;
import static org.gardenhose.abi.PollAbi.EPOLLIN;
import static org.gardenhose.abi.PollAbi.EPOLLOUT;
import static org.gardenhose.abi.PollAbi.EPOLLWAKEUP;
import static org.gardenhose.abi.PollAbi.EPOLL_CLOEXEC;
import static org.gardenhose.abi.PollAbi.EPOLL_CTL_ADD;
import static org.gardenhose.abi.PollAbi.EPOLL_CTL_DEL;
import static org.gardenhose.abi.PollAbi.EPOLL_CTL_MOD;

import org.gardenhose.abi.EpollEvent;
import org.gardenhose.abi.Errno;
import org.gardenhose.file.Epoll;
import org.gardenhose.file.OpenFileDescription;
import org.gardenhose.proc.Sleep;
import org.gardenhose.proc.Task;
import org.gardenhose.wait.Deadlines;
import org.gardenhose.wait.Scheduler;
import org.gardenhose.wait.Waiter;
import org.jspecify.annotations.Nullable;

/// Making epoll instances, telling them what to watch, and waiting for what they see.
///
/// **Always true.** The errors come in Linux's order of checking, as seen on 6.18.
/// **Blocks.** [#await], until there are events, the deadline, or a signal; events win over both
/// **Learned from.** Linux `fs/eventpoll.c`, `do_epoll_ctl`, `ep_poll`; epoll_ctl(2), epoll_wait(2)
final class EpollCalls {
  /// What may be combined with `EPOLLEXCLUSIVE` (`EPOLLEXCLUSIVE_OK_BITS`).
  private static final int EXCLUSIVE_OK =
      EPOLLIN | EPOLLOUT | EPOLLERR | EPOLLHUP | EPOLLWAKEUP | EPOLLET | EPOLLEXCLUSIVE;

  private EpollCalls() {}

  static long create(Task task, Kernel kernel, int flags) {
    if ((flags & ~EPOLL_CLOEXEC) != 0) {
      return Errno.EINVAL.result();
    }
    OpenFileDescription file =
        Epoll.create(
            task.scheduler(), kernel.nesting(), kernel.files(), task.context().credentials());
    if (file == null) {
      return Errno.ENFILE.result();
    }
    long limit = task.proc().descriptorLimit();
    long result = task.table().install(file, 0, limit, (flags & EPOLL_CLOEXEC) != 0);
    if (result < 0) {
      file.put();
    }
    return result;
  }

  // ---- What to watch.

  static long control(Task task, int epfd, int operation, int fd, @Nullable EpollEvent event) {
    if (operation != EPOLL_CTL_DEL && event == null) {
      return Errno.EFAULT.result();
    }
    OpenFileDescription file = Fd.enter(task, epfd);
    OpenFileDescription target = Fd.enter(task, fd);
    try {
      if (file == null || file.pathOnly() || target == null || target.pathOnly()) {
        return Errno.EBADF.result();
      }
      if (!target.operations().watchable()) {
        return Errno.EPERM.result();
      }
      if (file == target || !(file.operations() instanceof Epoll epoll)) {
        return Errno.EINVAL.result();
      }
      if (operation == EPOLL_CTL_DEL || event == null) {
        return epoll.remove(target, fd);
      }
      if ((event.events() & EPOLLEXCLUSIVE) != 0
          && (operation != EPOLL_CTL_ADD
              || target.operations() instanceof Epoll
              || (event.events() & ~EXCLUSIVE_OK) != 0)) {
        return Errno.EINVAL.result();
      }
      return switch (operation) {
        case EPOLL_CTL_ADD -> epoll.add(target, fd, event);
        case EPOLL_CTL_MOD -> epoll.modify(target, fd, event);
        default -> Errno.EINVAL.result();
      };
    } finally {
      Fd.leave(task, file);
      Fd.leave(task, target);
    }
  }

  // ---- Waiting.

  /// Fills `events`. Null stands for one that cannot be written to: `EFAULT` once there is an
  /// event,
  /// which stays.
  static long await(Task task, int epfd, EpollEvent @Nullable [] events, long deadline) {
    OpenFileDescription file = Fd.enter(task, epfd);
    try {
      if (file == null || file.pathOnly()) {
        return Errno.EBADF.result();
      }
      if (events != null && events.length == 0 || !(file.operations() instanceof Epoll epoll)) {
        return Errno.EINVAL.result();
      }
      return await(task, epoll, events, deadline);
    } finally {
      Fd.leave(task, file);
    }
  }

  private static long await(Task task, Epoll epoll, EpollEvent @Nullable [] events, long deadline) {
    boolean late = deadline == Deadlines.NOW;
    for (; ; ) {
      long result = epoll.available() ? epoll.take(events) : 0;
      if (result != 0 || late) {
        return result;
      }
      if (task.signalled()) {
        return Errno.EINTR.result();
      }
      late = sleep(task, epoll, deadline);
    }
  }

  /// Sleeps until there may be events, or a signal; returns whether instead the deadline has come.
  private static boolean sleep(Task task, Epoll epoll, long deadline) {
    Scheduler scheduler = task.scheduler();
    Waiter waiter = epoll.enter(task);
    task.sleeping(new Sleep.OnPoll(deadline != Deadlines.NEVER));
    boolean late = false;
    while (!waiter.signalled() && !epoll.available() && !task.signalled() && !late) {
      long left = PollWait.left(scheduler, deadline);
      late = left <= 0;
      if (!late) {
        scheduler.park(epoll, left);
      }
    }
    epoll.leave(waiter);
    task.ended();
    return late;
  }
}
