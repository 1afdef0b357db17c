package org.gardenhose.shell.syntax;

/// One stage of a pipeline.
public sealed interface Command permits SimpleCommand {
  /// Returns where it begins.
  Position at();
}
