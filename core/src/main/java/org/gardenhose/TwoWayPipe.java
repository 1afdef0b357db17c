package org.gardenhose;

/// Two pipes in opposite directions, for two parties that talk to each other.
///
/// @param left one party's side
/// @param right the other's
public record TwoWayPipe(Side left, Side right) implements AutoCloseable {
  /// What one party has: where it reads from, and where it writes to.
  ///
  /// @param in what the other party writes
  /// @param out what the other party reads
  public record Side(ReadEnd in, WriteEnd out) implements AutoCloseable {
    /// Closes both ends.
    @Override
    public void close() {
      out.close();
      in.close();
    }
  }

  /// Opens two pipes of 64 KiB.
  public static TwoWayPipe open() {
    return open(PipeOptions.DEFAULT);
  }

  /// Opens two pipes with these options.
  public static TwoWayPipe open(PipeOptions options) {
    Pipe there = Pipe.open(options);
    Pipe back = Pipe.open(options);
    return new TwoWayPipe(
        new Side(back.readEnd(), there.writeEnd()), new Side(there.readEnd(), back.writeEnd()));
  }

  /// Closes all four ends.
  @Override
  public void close() {
    left.close();
    right.close();
  }
}
