package org.gardenhose.sys;

import java.util.Set;

/// What a trace shows.
///
/// @param calls the names of those that are shown; empty for all. Signals and ends always are.
/// @param files whether descriptors are shown with what they are open on (strace's `-y`)
/// @param bytes how many bytes of a buffer are shown (`-s`)
public record TraceOptions(Set<String> calls, boolean files, int bytes) {
  /// How many bytes strace shows unless told.
  public static final int BYTES = 32;

  /// Everything, as strace shows it unless told otherwise.
  public static final TraceOptions ALL = new TraceOptions(Set.of(), false, BYTES);

  /// Checks the options.
  ///
  /// @throws IllegalArgumentException if a call is named that no kernel here has
  public TraceOptions {
    calls = Set.copyOf(calls);
    for (String name : calls) {
      if (!TracedNames.ALL.contains(name)) {
        throw new IllegalArgumentException("'" + name + "' is the name of no call");
      }
    }
    if (bytes < 0) {
      throw new IllegalArgumentException("a negative number of bytes: " + bytes);
    }
  }

  /// Returns these options, but only for these calls.
  public TraceOptions only(Set<String> names) {
    return new TraceOptions(names, files, bytes);
  }

  /// Returns these options, with what descriptors are open on.
  public TraceOptions withFiles() {
    return new TraceOptions(calls, true, bytes);
  }

  boolean shows(String call) {
    return calls.isEmpty() || calls.contains(call);
  }
}
