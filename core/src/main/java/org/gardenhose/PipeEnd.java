package org.gardenhose;

import java.nio.channels.Channel;

/// What the two kinds of end have in common.
///
/// **Closing.** [#close] is orderly. [#closeWithError] is orderly for the bytes, and then the other
/// side fails with the cause. [#abort] drops the bytes and fails both sides at once. The first
/// error wins: a later close or error does not replace it. None of the three blocks, none throws
/// for what the other side did, and all may be called again.
public sealed interface PipeEnd extends Channel permits ReadEnd, WriteEnd {
  /// Returns the pipe's capacity in bytes (`F_GETPIPE_SZ`).
  int capacity();

  /// Changes the pipe's capacity, also while it is in use (`F_SETPIPE_SZ`).
  ///
  /// @param bytes rounded up to a power of two pages of 4096 bytes
  /// @return the new capacity in bytes
  /// @throws IllegalArgumentException if `bytes` is less than 1 or more than 1 GiB
  /// @throws IllegalStateException if more pages than that are in use (`EBUSY`); nothing changes
  int setCapacity(int bytes);

  /// Returns how many bytes can be read now; an estimate while others use the pipe (`FIONREAD`).
  long available();

  /// Returns how many bytes can be written now without waiting, whatever the size of the writes; an
  /// estimate while others use the pipe. A page that is partly read still takes up its place.
  long room();

  /// Returns whether every end of the other kind is closed: for a writer, that nobody will read
  /// what it writes; for a reader, that nothing will come beyond what is there.
  boolean peerClosed();

  /// Returns what has gone through the pipe so far.
  PipeStatistics statistics();

  /// Returns the name that the pipe was opened with, or one made up: `pipe:[3]`.
  String name();

  /// Returns whether this end has not been closed.
  @Override
  boolean isOpen();

  /// Closes this end and frees every thread that waits through it. When it is the last of its kind,
  /// the other side learns of it.
  @Override
  void close();

  /// Closes this end, and lets the other side fail with `cause`: a reader after it has read what is
  /// there, a writer at once.
  void closeWithError(Throwable cause);

  /// Drops what the pipe holds and fails both sides now, whatever other ends are open.
  void abort(Throwable cause);

  /// Says how full the pipe is, which ends are open and who waits.
  @Override
  String toString();
}
