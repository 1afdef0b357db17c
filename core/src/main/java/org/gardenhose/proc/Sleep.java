package org.gardenhose.proc;

import org.gardenhose.pipe.SystemPipe;

/// What a task waits for while it sleeps: for the graph who waits for whom.
public sealed interface Sleep {
  /// Bytes of a pipe, a slot of it, or the opening of its other end.
  record OnPipe(SystemPipe pipe, SystemPipe.Sleep what) implements Sleep {}

  /// The end of a child.
  record OnChild() implements Sleep {}

  /// Something of several descriptors, or of an epoll instance; `timed` if it will end by itself.
  record OnPoll(boolean timed) implements Sleep {}

  /// A signal.
  record OnSignal() implements Sleep {}

  /// A moment.
  record OnTime() implements Sleep {}

  /// To be continued, having been stopped.
  record Stopped() implements Sleep {}
}
