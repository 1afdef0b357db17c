package org.gardenhose.cli;

import org.gardenhose.shell.Shell;
import org.gardenhose.shell.program.Streams;

/// `hose 'PIPELINE'`: runs a pipeline.
final class PipelineCommand {
  private PipelineCommand() {}

  /// Runs it.
  ///
  /// @return the exit status of its last stage
  static int run(String pipeline, Streams io) {
    return new Shell(HoseCommand.NAME).run(pipeline, io);
  }
}
