package org.gardenhose.abi;

import java.util.Map;

/// A process's door to its kernel: every call it can make.
///
/// Each thread of a process has one of its own, and only that thread may use it.
public interface Sys extends SystemCalls, ProcessCalls {
  /// Returns the environment that the last `execve` gave, unmodifiable.
  Map<String, String> environment();
}
