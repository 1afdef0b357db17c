package org.gardenhose.file;

import static org.gardenhose.abi.PollAbi.EPOLLERR;
import static org.gardenhose.abi.PollAbi.EPOLLET;
import static org.gardenhose.abi.PollAbi.EPOLLEXCLUSIVE;
import static org.gardenhose.abi.PollAbi.EPOLLHUP;
import static org.gardenhose.abi.PollAbi.EPOLLONESHOT;
import static org.gardenhose.abi.PollAbi.EPOLLWAKEUP;

import org.gardenhose.abi.EpollEvent;
import org.gardenhose.wait.Watcher;

/// One description that an epoll instance watches, under the number it was registered with.
///
/// **Always true.** `POLLERR` and `POLLHUP` are asked for unless a one-shot has fired: then nothing
/// is (L-80).
/// **Guarded by.** the instance's lock for changes; `queued` by the lock of its ready list
/// **Learned from.** Linux `struct epitem`
final class EpollItem implements Watcher {
  /// Bits that say how to watch, not for what (`EP_PRIVATE_BITS`).
  static final int PRIVATE = EPOLLWAKEUP | EPOLLONESHOT | EPOLLET | EPOLLEXCLUSIVE;

  private final Epoll epoll;
  private final OpenFileDescription file;
  private final int fd;
  private volatile int events;
  private volatile long data;

  /// Set when it is no longer registered: a wake that is under way finds it so.
  volatile boolean removed;

  /// Whether it is in the ready list.
  boolean queued;

  EpollItem(Epoll epoll, OpenFileDescription file, int fd, EpollEvent event) {
    this.epoll = epoll;
    this.file = file;
    this.fd = fd;
    arm(event);
  }

  void arm(EpollEvent event) {
    data = event.data();
    events = event.events() | EPOLLERR | EPOLLHUP;
  }

  /// Asks for nothing until it is armed again.
  void disarm() {
    events &= PRIVATE;
  }

  Epoll epoll() {
    return epoll;
  }

  OpenFileDescription file() {
    return file;
  }

  int fd() {
    return fd;
  }

  int events() {
    return events;
  }

  long data() {
    return data;
  }

  boolean has(int flag) {
    return (events & flag) != 0;
  }

  void watch() {
    if (has(EPOLLEXCLUSIVE)) {
      file.operations().watchExclusive(file, this);
    } else {
      file.operations().watch(file, this);
    }
  }

  void unwatch() {
    removed = true;
    file.operations().unwatch(file, this);
  }

  /// Returns what is asked for and holds now; nothing of a description that is being released.
  int look() {
    int mask = removed ? 0 : file.operations().poll(file) & events;
    return file.references() > 0 ? mask : 0;
  }

  @Override
  public void wakened() {
    epoll.wakened(this, 0);
  }

  @Override
  public boolean wakened(int about) {
    return epoll.wakened(this, about);
  }
}
