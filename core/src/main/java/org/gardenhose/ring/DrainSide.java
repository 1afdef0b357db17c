package org.gardenhose.ring;

/// What the draining side of a [Ring] writes, in an object of its own.
///
/// **Guarded by.** being the draining side, but for `word` and `blockedNanos`, which are atomic,
/// and `spinCredit` and `burstPauses`, where a lost update does no harm
final class DrainSide {
  volatile long word;
  long drainedBytes;
  long reads;
  volatile long blockedNanos;

  /// The fill word that was last looked at.
  long fillSeen;

  int spinCredit;
  int burstPauses;

  // As in FillSide.
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
