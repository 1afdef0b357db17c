package org.gardenhose.spec.model;

import org.gardenhose.abi.EpollEvent;
import org.gardenhose.abi.Errno;
import org.gardenhose.abi.FileAbi;
import org.gardenhose.abi.PipeAbi;
import org.gardenhose.abi.PollAbi;
import org.gardenhose.abi.PollFd;
import org.jspecify.annotations.Nullable;

/// poll, select and epoll of the model, which look and never wait (L-75 to L-80, L-86).
final class ListReady {
  private static final long EBADF = Errno.EBADF.result();
  private static final long EFAULT = Errno.EFAULT.result();
  private static final long EINVAL = Errno.EINVAL.result();

  private final ListTable table;

  ListReady(ListTable table) {
    this.table = table;
  }

  long poll(PollFd @Nullable [] fds) {
    if (fds == null) {
      return EFAULT;
    }
    if (fds.length > table.limit) {
      return EINVAL;
    }
    int count = 0;
    for (PollFd asked : fds) {
      ListFile file = table.usable(asked.fd);
      asked.revents =
          asked.fd < 0
              ? 0
              : file == null
                  ? PollAbi.POLLNVAL
                  : file.poll() & (asked.events | PipeAbi.POLLERR | PipeAbi.POLLHUP);
      count += asked.revents != 0 ? 1 : 0;
    }
    return count;
  }

  /// L-79. Nothing is ever exceptional.
  long select(
      int count, long @Nullable [] readable, long @Nullable [] writable, long @Nullable [] odd) {
    if (count < 0) {
      return EINVAL;
    }
    for (int fd = 0; fd < count; fd++) {
      boolean asked = has(readable, fd) || has(writable, fd) || has(odd, fd);
      ListFile file = table.get(fd);
      if (asked && file == null) {
        return EBADF;
      }
      if (asked && file != null && file.pathOnly()) {
        // Linux says that it is ready for everything, as select does of what is closed meanwhile.
        return ListKernel.BLOCKS;
      }
    }
    // Linux copies whole words back, so what was asked beyond `count` in the last one is gone.
    int looked = (count + 63) / 64 * 64;
    int ready = 0;
    for (int fd = 0; fd < looked; fd++) {
      ListFile file = fd < count ? table.usable(fd) : null;
      int mask = file == null ? 0 : file.poll();
      ready += keep(readable, fd, mask & (PipeAbi.POLLIN | PipeAbi.POLLHUP | PipeAbi.POLLERR));
      ready += keep(writable, fd, mask & (PipeAbi.POLLOUT | PipeAbi.POLLERR));
      ready += keep(odd, fd, 0);
    }
    return ready;
  }

  private static boolean has(long @Nullable [] set, int fd) {
    return set != null && (set[fd / 64] >>> fd % 64 & 1) != 0;
  }

  private static int keep(long @Nullable [] set, int fd, int events) {
    if (set == null || !has(set, fd)) {
      return 0;
    }
    if (events == 0) {
      set[fd / 64] &= ~(1L << fd % 64);
    }
    return events == 0 ? 0 : 1;
  }

  // ---- epoll.

  long create(int flags) {
    if ((flags & ~PollAbi.EPOLL_CLOEXEC) != 0) {
      return EINVAL;
    }
    ListFile file = new ListFile(new ListEpoll(), FileAbi.O_RDWR);
    return table.install(file, 0, flags != 0);
  }

  long control(int epfd, int operation, int fd, @Nullable EpollEvent event) {
    if (event == null && operation != PollAbi.EPOLL_CTL_DEL) {
      return EFAULT;
    }
    ListFile file = table.usable(epfd);
    ListFile target = table.usable(fd);
    if (file == null || target == null) {
      return EBADF;
    }
    if (target.positioned()) {
      return Errno.EPERM.result();
    }
    if (file == target || !(file.node instanceof ListEpoll epoll)) {
      return EINVAL;
    }
    return target.node instanceof ListEpoll
        ? ListKernel.BLOCKS
        : epoll.control(operation, fd, target, event);
  }

  long report(int epfd, @Nullable EpollEvent @Nullable [] events) {
    ListFile file = table.usable(epfd);
    if (file == null) {
      return EBADF;
    }
    if (events == null) {
      return EFAULT;
    }
    if (events.length == 0 || !(file.node instanceof ListEpoll epoll)) {
      return EINVAL;
    }
    return epoll.ready() > events.length ? ListKernel.BLOCKS : epoll.report(events);
  }
}
