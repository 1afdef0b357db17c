package org.gardenhose;

import java.io.InterruptedIOException;
import java.util.List;
import java.util.Set;

/// Waits for any of many pipe ends to become ready.
///
/// ```java
/// try (Poller poller = Poller.open()) {
///   poller.add(in, Poller.Mode.LEVEL);
///   for (Poller.Ready ready : poller.poll()) {
///     served.add(ready.end());
///   }
/// }
/// ```
///
/// The cost of a poll grows with the ends that are ready, not with those that were added.
///
/// **Threads.** Any number of threads may use a poller at once; each readiness is given to one of
/// them. A closed end leaves the poller by itself, after one last [Readiness#CLOSED].
///
/// **Learned from.** poll(2), epoll(7)
public sealed interface Poller extends AutoCloseable permits PipePoller {
  /// Opens a poller without ends.
  static Poller open() {
    return new PipePoller();
  }

  /// What an end may be ready for.
  enum Readiness {
    /// There are bytes to read (`POLLIN`).
    READABLE,

    /// There is room to write (`POLLOUT`).
    WRITABLE,

    /// Every end of the other kind is closed, or the pipe is aborted (`POLLHUP`, `POLLERR`).
    PEER_CLOSED,

    /// The end itself has been closed (`POLLNVAL`).
    CLOSED
  }

  /// When a ready end is reported.
  enum Mode {
    /// In every poll while it is ready.
    LEVEL,

    /// Once for each time that somebody does something to the pipe which would wake a thread
    /// waiting for this end, if the end is then ready (`EPOLLET`).
    EDGE,

    /// Once, and then not again until it is added anew (`EPOLLONESHOT`).
    ONE_SHOT
  }

  /// An end that is ready.
  ///
  /// @param what everything that it is ready for, at least one
  record Ready(PipeEnd end, Set<Readiness> what) {}

  /// Adds `end`, or changes its mode if it has been added before. If it is ready, it is reported
  /// also in mode EDGE.
  ///
  /// @throws IllegalStateException if this poller is closed
  void add(PipeEnd end, Mode mode);

  /// Takes `end` out, if it is in.
  void remove(PipeEnd end);

  /// Waits until an end is ready, and returns all that are.
  ///
  /// @throws InterruptedIOException if interrupted; the flag stays set
  /// @throws IllegalStateException if this poller is or becomes closed
  List<Ready> poll() throws InterruptedIOException;

  /// The same, waiting at most until `deadline`; the list is empty if it passes.
  List<Ready> poll(Deadline deadline) throws InterruptedIOException;

  /// Returns the ends that are ready now, possibly none. Never waits.
  List<Ready> tryPoll();

  /// Lets go of all ends, which stay open, and ends every poll.
  @Override
  void close();
}
