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
    // The everyday cases are seen to without picocli, which takes longer to start than a short
    // pipeline takes to run (docs/decisions/0005-picocli.md).
    if (args.length == 1 && !args[0].startsWith("-") && !args[0].equals(TraceCommand.NAME)) {
      return PipelineCommand.run(args[0], io);
    }
    if (args.length == 2 && args[0].equals("-c")) {
      return PipelineCommand.run(args[1], io);
    }
    return HoseCommand.run(args, io);
  }
}
