package org.gardenhose.spec.scenario;

import org.gardenhose.abi.EpollEvent;
import org.gardenhose.abi.PollAbi;

/// An epoll instance that watches one descriptor.
final class Watch {
  private final Stage stage;
  private final int epfd;
  private final int fd;

  private Watch(Stage stage, int fd) {
    this.stage = stage;
    this.fd = fd;
    epfd = (int) stage.expect("epoll_create1", stage.sys().epollCreate1(0)).succeeds();
  }

  /// Begins to watch `fd` for `events`.
  static Watch of(Stage stage, int fd, int events) {
    Watch watch = new Watch(stage, fd);
    watch.control(PollAbi.EPOLL_CTL_ADD, events).returns(0);
    return watch;
  }

  Outcome control(int operation, int events) {
    EpollEvent event = new EpollEvent(events, 7);
    return stage.expect("epoll_ctl", stage.sys().epollCtl(epfd, operation, fd, event));
  }

  int epfd() {
    return epfd;
  }

  /// Returns the events that there are now, 0 if none.
  int events() {
    EpollEvent[] events = new EpollEvent[1];
    long count = stage.expect("epoll_wait", stage.sys().epollWait(epfd, events, 0)).succeeds();
    return count == 0 ? 0 : events[0].events();
  }

  /// Returns whether there is an event now.
  boolean edge() {
    return events() != 0;
  }
}
