package org.gardenhose.abi;

import java.util.List;

/// What a process runs: `main`.
@FunctionalInterface
public interface Program {
  /// Runs the program; `sys` is the process's door to the kernel, for this thread alone.
  ///
  /// @param argv the arguments, the program's name first
  /// @return the exit status, 0 to 255
  int main(Sys sys, List<String> argv);
}
