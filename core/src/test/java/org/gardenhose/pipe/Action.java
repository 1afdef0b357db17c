package org.gardenhose.pipe;

/// One call of a [Script], on one of its two pipes, none of which waits. Its text is the line that
/// `src/test/c/pipe_script.c` understands.
sealed interface Action {
  /// Writes `count` bytes.
  record Write(int pipe, int count) implements Action {
    @Override
    public String toString() {
      return "write %s %d".formatted(name(pipe), count);
    }
  }

  /// Reads at most `count` bytes.
  record Read(int pipe, int count) implements Action {
    @Override
    public String toString() {
      return "read %s %d".formatted(name(pipe), count);
    }
  }

  /// Sets or clears `O_DIRECT` on the write end.
  record Packets(int pipe, boolean on) implements Action {
    @Override
    public String toString() {
      return "packets %s %d".formatted(name(pipe), on ? 1 : 0);
    }
  }

  /// Asks for a capacity of `bytes`.
  record Resize(int pipe, long bytes) implements Action {
    @Override
    public String toString() {
      return "resize %s %d".formatted(name(pipe), bytes);
    }
  }

  /// Moves at most `count` bytes from `pipe` to `out`, which may be the same one.
  record Splice(int pipe, int out, int count) implements Action {
    @Override
    public String toString() {
      return "splice %s %s %d".formatted(name(pipe), name(out), count);
    }
  }

  /// Duplicates at most `count` bytes of `pipe` in `out`, which may be the same one.
  record Tee(int pipe, int out, int count) implements Action {
    @Override
    public String toString() {
      return "tee %s %s %d".formatted(name(pipe), name(out), count);
    }
  }

  /// Gives away `count` bytes of memory that begin `offset` bytes behind a page's start.
  record Gift(int pipe, int offset, int count) implements Action {
    @Override
    public String toString() {
      return "gift %s %d %d".formatted(name(pipe), offset, count);
    }
  }

  /// Closes an end, unless it is closed already or the only one left.
  record Close(int pipe, boolean writer) implements Action {
    @Override
    public String toString() {
      return "close %s %d".formatted(name(pipe), writer ? 1 : 0);
    }
  }

  /// Opens an end again that was closed.
  record Open(int pipe, boolean writer) implements Action {
    @Override
    public String toString() {
      return "open %s %d".formatted(name(pipe), writer ? 1 : 0);
    }
  }

  private static String name(int pipe) {
    return pipe == 0 ? "a" : "b";
  }
}
