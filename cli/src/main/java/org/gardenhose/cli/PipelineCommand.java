package org.gardenhose.cli;

import org.gardenhose.shell.Shell;
import org.gardenhose.shell.program.Streams;

/// `hose 'PIPELINE'`: runs a pipeline.
final class PipelineCommand {
  /// What the command is called, in its messages too.
  static final String NAME = "hose";

  private PipelineCommand() {}

  /// Runs it.
  ///
  /// @return the exit status of its last stage
  static int run(String pipeline, Streams io) {
    return new Shell(NAME).run(pipeline, io);
  }
}
