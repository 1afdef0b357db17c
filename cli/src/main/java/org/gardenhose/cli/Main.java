package org.gardenhose.cli;

import java.nio.file.Path;
import org.gardenhose.shell.program.InputFile;
import org.gardenhose.shell.program.OutputFile;
import org.gardenhose.shell.program.Streams;

/// Where the `hose` process begins and ends.
public final class Main {
  private Main() {}

  /// Runs the command and ends the process with its status.
  public static void main(String[] args) {
    Streams io =
        new Streams(
            InputFile.standard(), OutputFile.standard(), OutputFile.standardError(), Path.of(""));
    System.exit(run(args, io));
  }

  /// Runs the command.
  ///
  /// @return the exit status
  static int run(String[] args, Streams io) {
    // The everyday case needs no parser of arguments, whose start takes as long as a short
    // pipeline.
    if (args.length == 1 && HoseCommand.isPipeline(args[0])) {
      return PipelineCommand.run(args[0], io);
    }
    return HoseCommand.run(args, io);
  }
}
