package org.gardenhose.abi;

/// The numbers of poll and epoll. `POLLIN`, `POLLOUT`, `POLLERR` and `POLLHUP` are in [PipeAbi].
///
/// **Always true.** Spelt and valued as in Linux's headers.
/// **Learned from.** `asm-generic/poll.h`, `linux/eventpoll.h`
public final class PollAbi {
  public static final int POLLPRI = 0x002;

  /// The descriptor is not open.
  public static final int POLLNVAL = 0x020;

  public static final int POLLRDNORM = 0x040;
  public static final int POLLRDBAND = 0x080;
  public static final int POLLWRNORM = 0x100;
  public static final int POLLWRBAND = 0x200;

  public static final int EPOLL_CTL_ADD = 1;
  public static final int EPOLL_CTL_DEL = 2;
  public static final int EPOLL_CTL_MOD = 3;

  public static final int EPOLL_CLOEXEC = FileAbi.O_CLOEXEC;

  public static final int EPOLLIN = 0x001;
  public static final int EPOLLPRI = 0x002;
  public static final int EPOLLOUT = 0x004;
  public static final int EPOLLERR = 0x008;
  public static final int EPOLLHUP = 0x010;
  public static final int EPOLLRDNORM = 0x040;
  public static final int EPOLLRDBAND = 0x080;
  public static final int EPOLLWRNORM = 0x100;
  public static final int EPOLLWRBAND = 0x200;
  public static final int EPOLLRDHUP = 0x2000;
  public static final int EPOLLEXCLUSIVE = 1 << 28;
  public static final int EPOLLWAKEUP = 1 << 29;
  public static final int EPOLLONESHOT = 1 << 30;
  public static final int EPOLLET = 1 << 31;

  private PollAbi() {}
}
