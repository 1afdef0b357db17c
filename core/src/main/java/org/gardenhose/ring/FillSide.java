package org.gardenhose.ring;

/// What the filling side of a [Ring] writes, in an object of its own.
///
/// **Guarded by.** being the filling side, but for `word` and `blockedNanos`, which are atomic, and
/// `spinCredit`, where a lost update does no harm
final class FillSide {
  volatile long word;
  long filledBytes;
  long handedBytes;
  long writes;
  long handedWrites;
  long highWaterBytes;
  volatile long blockedNanos;

  /// What the draining side had taken out when last looked at.
  long drainedSeen;

  int tailSeen;
  int spinCredit;

  // Keeps the other side's words 128 bytes away, which is two cache lines: processors fetch them
  // in pairs. The virtual machine may order these fields as it likes; the object is that large.
  long pad0;
  long pad1;
  long pad2;
  long pad3;
  long pad4;
  long pad5;
  long pad6;
  long pad7;
  long pad8;
  long pad9;
  long pad10;
  long pad11;
  long pad12;
  long pad13;
  long pad14;
  long pad15;
}
