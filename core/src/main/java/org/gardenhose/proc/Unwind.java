package org.gardenhose.proc;

import java.util.List;
import org.gardenhose.abi.Program;
import org.jspecify.annotations.Nullable;

/// Takes a task's thread out of its program: because it ends, or because another program begins.
///
/// A program that catches it meets it again in its next call: a task that is to end never returns
/// to its program.
final class Unwind extends Error {
  private static final long serialVersionUID = 1L;

  /// The program that begins, or null if the task ends.
  final transient @Nullable Program program;

  final transient List<String> argv;

  /// The task ends.
  Unwind() {
    this(null, List.of());
  }

  /// The task goes on with `program`.
  Unwind(@Nullable Program program, List<String> argv) {
    super("a process leaves its program", null, false, false);
    this.program = program;
    this.argv = argv;
  }
}
