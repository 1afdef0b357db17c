package org.gardenhose.shell.utility;

import java.util.ArrayList;
import java.util.List;

/// One of the two strings of `tr`, spelt out to the bytes that it stands for, in order.
///
/// @param bytes with repetitions
/// @param caseClasses where `[:lower:]` and `[:upper:]` begin
/// @param hasClass whether it has a class at all
/// @param hasOtherClass whether it has one besides those two, or `[=c=]`
/// @param endsInClass whether a class is the last of it
record TrSet(
    byte[] bytes,
    List<CaseClass> caseClasses,
    boolean hasClass,
    boolean hasOtherClass,
    boolean endsInClass) {
  /// A place where a class of case begins.
  ///
  /// @param index of its first byte
  /// @param upper whether it is `[:upper:]`
  record CaseClass(int index, boolean upper) {}

  private static final int BYTES = 256;

  int length() {
    return bytes.length;
  }

  /// Returns for each byte whether the set has it.
  boolean[] members() {
    boolean[] members = new boolean[BYTES];
    for (byte b : bytes) {
      members[b & 0xff] = true;
    }
    return members;
  }

  /// Returns the bytes that this lacks, in the order of their values.
  TrSet complement() {
    boolean[] members = members();
    List<Integer> lacking = new ArrayList<>();
    for (int b = 0; b < BYTES; b++) {
      if (!members[b]) {
        lacking.add(b);
      }
    }
    byte[] other = new byte[lacking.size()];
    for (int i = 0; i < other.length; i++) {
      other[i] = lacking.get(i).byteValue();
    }
    return new TrSet(other, List.of(), hasClass, hasOtherClass, false);
  }
}
