package org.gardenhose.abi;

/// One descriptor that a poll is about (`struct pollfd`).
///
/// **Guarded by.** the caller of poll
public final class PollFd {
  /// The descriptor; a negative one is skipped.
  public int fd;

  /// What the caller wants to know of: `POLLIN` and so on.
  public int events;

  /// What holds, set by the call; `POLLHUP`, `POLLERR` and `POLLNVAL` also unasked.
  public int revents;

  /// Asks for `events` of `fd`.
  public PollFd(int fd, int events) {
    this.fd = fd;
    this.events = events;
  }
}
