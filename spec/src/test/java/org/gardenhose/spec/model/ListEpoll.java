package org.gardenhose.spec.model;

import static org.gardenhose.abi.PollAbi.EPOLLERR;
import static org.gardenhose.abi.PollAbi.EPOLLHUP;
import static org.gardenhose.abi.PollAbi.EPOLLONESHOT;

import java.util.ArrayList;
import java.util.List;
import org.gardenhose.abi.EpollEvent;
import org.gardenhose.abi.Errno;
import org.gardenhose.abi.PollAbi;
import org.jspecify.annotations.Nullable;

/// An epoll instance, level-triggered or one-shot: a list of what it watches (L-80).
final class ListEpoll implements Node {
  /// What is watched: a descriptor's number and the description it then had.
  private static final class Watched {
    final int fd;
    final ListFile file;
    int events;
    long data;

    Watched(int fd, ListFile file) {
      this.fd = fd;
      this.file = file;
    }

    int revents() {
      return file.poll() & events;
    }
  }

  private final List<Watched> list = new ArrayList<>();

  private @Nullable Watched find(int fd, ListFile file) {
    for (Watched watched : list) {
      if (watched.fd == fd && watched.file == file) {
        return watched;
      }
    }
    return null;
  }

  long control(int operation, int fd, ListFile file, @Nullable EpollEvent event) {
    Watched known = find(fd, file);
    switch (operation) {
      case PollAbi.EPOLL_CTL_ADD -> {
        if (known != null) {
          return Errno.EEXIST.result();
        }
        known = new Watched(fd, file);
        list.add(known);
      }
      case PollAbi.EPOLL_CTL_MOD, PollAbi.EPOLL_CTL_DEL -> {
        if (known == null) {
          return Errno.ENOENT.result();
        }
      }
      default -> {
        return Errno.EINVAL.result();
      }
    }
    if (operation == PollAbi.EPOLL_CTL_DEL || event == null) {
      list.remove(known);
    } else {
      known.events = event.events() | EPOLLERR | EPOLLHUP;
      known.data = event.data();
    }
    return 0;
  }

  /// Forgets a description that nobody has open any more.
  void forget(ListFile file) {
    list.removeIf(watched -> watched.file == file);
  }

  int ready() {
    int count = 0;
    for (Watched watched : list) {
      count += watched.revents() != 0 ? 1 : 0;
    }
    return count;
  }

  /// Reports everything that is ready; there must be room. Linux's order is not modelled.
  long report(@Nullable EpollEvent[] events) {
    int count = 0;
    for (Watched watched : list) {
      int revents = watched.revents();
      if (revents != 0) {
        events[count++] = new EpollEvent(revents, watched.data);
        if ((watched.events & EPOLLONESHOT) != 0) {
          watched.events = 0;
        }
      }
    }
    return count;
  }
}
