package org.gardenhose;

import java.util.Objects;

/// How a pipe is opened.
///
/// @param capacityBytes the capacity; rounded up to a power of two pages of 4096 bytes
/// @param name what the pipe is called in `toString`, thread dumps and events; empty for a made-up
///     one
/// @param timed whether waits are timed for [PipeStatistics], which costs two looks at the clock
///     for each wait
/// @param traceAbandoned whether to remember where the pipe was opened, so that the error of an
///     abandoned end can say so
public record PipeOptions(int capacityBytes, String name, boolean timed, boolean traceAbandoned) {
  /// 64 KiB, nothing else.
  public static final PipeOptions DEFAULT = new PipeOptions(1 << 16, "", false, false);

  /// The largest capacity in bytes.
  public static final int CAPACITY_MAX = 1 << 30;

  /// Checks the capacity.
  ///
  /// @throws IllegalArgumentException if it is less than 1 or more than 1 GiB
  public PipeOptions {
    if (capacityBytes < 1 || capacityBytes > CAPACITY_MAX) {
      throw new IllegalArgumentException("capacityBytes is not 1 to 1 GiB: " + capacityBytes);
    }
    Objects.requireNonNull(name, "name");
  }

  /// Returns these options with another capacity.
  public PipeOptions withCapacity(int capacityBytes) {
    return new PipeOptions(capacityBytes, name, timed, traceAbandoned);
  }

  /// Returns these options with a name.
  public PipeOptions withName(String name) {
    return new PipeOptions(capacityBytes, name, timed, traceAbandoned);
  }

  /// Returns these options with waits timed or not.
  public PipeOptions withTimedWaits(boolean timed) {
    return new PipeOptions(capacityBytes, name, timed, traceAbandoned);
  }

  /// Returns these options with the place of opening remembered or not.
  public PipeOptions withAbandonedTraced(boolean traceAbandoned) {
    return new PipeOptions(capacityBytes, name, timed, traceAbandoned);
  }
}
