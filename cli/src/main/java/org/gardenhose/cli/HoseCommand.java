package org.gardenhose.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.gardenhose.shell.program.Streams;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/// The arguments of `hose`, described to picocli without annotations, so that nothing is reflected
/// on.
final class HoseCommand {
  private static final String NAME = PipelineCommand.NAME;
  private static final int USAGE_ERROR = 2;
  private static final String VERSION = "hose (Gardenhose) 0.1.0-SNAPSHOT";

  static final String ONE_WORD = "one pipeline is wanted, quoted as one word";

  private HoseCommand() {}

  /// Runs what the arguments ask for.
  ///
  /// @return the exit status
  static int run(String[] args, Streams io) {
    CommandLine command = new CommandLine(spec());
    CommandLine trace = new CommandLine(TraceCommand.spec());
    command.addSubcommand(TraceCommand.NAME, trace);
    try {
      ParseResult read = command.parseArgs(args);
      if (read.hasSubcommand()) {
        ParseResult given = read.subcommand();
        return given.isUsageHelpRequested()
            ? print(trace.getUsageMessage(CommandLine.Help.Ansi.OFF), io)
            : TraceCommand.run(given, io);
      }
      if (read.isUsageHelpRequested()) {
        return print(command.getUsageMessage(CommandLine.Help.Ansi.OFF), io);
      }
      if (read.isVersionHelpRequested()) {
        return print(VERSION + " on Java " + Runtime.version() + "\n", io);
      }
      List<String> pipelines = read.matchedPositionalValue(0, List.of());
      String given = read.matchedOptionValue("-c", "");
      if (read.hasMatchedOption("-c") == pipelines.isEmpty() && pipelines.size() <= 1) {
        return PipelineCommand.run(pipelines.isEmpty() ? given : pipelines.getFirst(), io);
      }
      return refuse(pipelines.isEmpty() ? "a pipeline is missing" : ONE_WORD, io);
    } catch (ParameterException e) {
      return refuse(String.valueOf(e.getMessage()), io);
    }
  }

  private static int refuse(String reason, Streams io) {
    io.complain(NAME + ": " + reason + "; see '" + NAME + " --help'");
    return USAGE_ERROR;
  }

  private static int print(String text, Streams io) {
    try {
      io.out().write(text.getBytes(StandardCharsets.UTF_8));
      return 0;
    } catch (IOException e) {
      io.complain(NAME + ": " + e.getMessage());
      return 1;
    }
  }

  private static CommandSpec spec() {
    CommandSpec spec = CommandSpec.create().name(NAME);
    spec.usageMessage()
        .customSynopsis(
            NAME + " 'PIPELINE'", NAME + " -c PIPELINE", NAME + " trace [OPTION...] 'PIPELINE'")
        .description(
            "Runs a pipeline inside one JVM, every stage at once: words with quotes, |, <, > and"
                + " >>.",
            "")
        .footer(
            "",
            "Utilities: cat, cut, echo, false, grep, head, seq, sort, tail, tee, tr, true, uniq,",
            "wc, yes.",
            "Status: the last stage's; 127 for a command that is not there, 141 for one whose",
            "reader is gone, 2 for a pipeline that cannot be read.");
    return spec.addOption(
            OptionSpec.builder("-c")
                .paramLabel("PIPELINE")
                .type(String.class)
                .description("run this pipeline")
                .build())
        .addOption(
            OptionSpec.builder("-h", "--help")
                .usageHelp(true)
                .description("print this help")
                .build())
        .addOption(
            OptionSpec.builder("-V", "--version")
                .versionHelp(true)
                .description("print the version")
                .build())
        .addPositional(
            PositionalParamSpec.builder()
                .paramLabel("PIPELINE")
                .index("0..*")
                .type(List.class)
                .auxiliaryTypes(String.class)
                .description("the pipeline, quoted as one word")
                .build());
  }
}
