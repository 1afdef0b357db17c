package org.gardenhose;

import java.lang.ref.PhantomReference;
import java.lang.ref.ReferenceQueue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Notices that an end was never closed but can be reached by nobody any more, and closes it with
/// an error, so that whoever waits for it goes on.
///
/// What [java.lang.ref.Cleaner] does, in 32 bytes an end instead of about 80, because a pipe that
/// nobody uses should cost next to nothing (`docs/decisions/0006-abandoned-ends.md`).
///
/// **Always true.** It is cleared when the end is closed. While the pipe is reachable it is too.
/// **Blocks.** never; one daemon thread for all pipes waits for the garbage collector
abstract sealed class Abandonment extends PhantomReference<PipeEndFile> {
  private static final ReferenceQueue<PipeEndFile> QUEUE = new ReferenceQueue<>();

  /// Those of duplicated ends, which their pipe does not know.
  private static final Set<Abandonment> DUPLICATES = ConcurrentHashMap.newKeySet();

  static {
    Thread.ofPlatform()
        .daemon()
        .name("gardenhose-abandoned-ends")
        .start(Abandonment::closeAbandoned);
  }

  private final JavaPipe pipe;

  private Abandonment(PipeEndFile end, JavaPipe pipe) {
    super(end, QUEUE);
    this.pipe = pipe;
  }

  /// Notices for a read end.
  static final class OfReader extends Abandonment {
    OfReader(PipeEndFile end, JavaPipe pipe) {
      super(end, pipe);
    }

    @Override
    boolean writer() {
      return false;
    }
  }

  /// Notices for a write end.
  static final class OfWriter extends Abandonment {
    OfWriter(PipeEndFile end, JavaPipe pipe) {
      super(end, pipe);
    }

    @Override
    boolean writer() {
      return true;
    }
  }

  abstract boolean writer();

  /// Keeps this reachable though its end is a duplicate.
  void keepForDuplicate() {
    DUPLICATES.add(this);
  }

  /// Stops noticing: the end has been closed.
  void cancel() {
    clear();
    DUPLICATES.remove(this);
  }

  private static void closeAbandoned() {
    for (; ; ) {
      try {
        ((Abandonment) QUEUE.remove()).close();
      } catch (InterruptedException e) {
        // Nobody has this thread to interrupt it; what was abandoned stays to be closed.
        continue;
      }
    }
  }

  private void close() {
    DUPLICATES.remove(this);
    String end = writer() ? "write end" : "read end";
    Throwable cause =
        new AbandonedEndException(
            "a " + end + " of " + pipe.name() + " was not closed and nobody has it any more",
            pipe.opened());
    pipe.fail(cause, writer());
    PipeEvents.abandoned(pipe.name(), end);
    pipe.close(writer());
  }
}
