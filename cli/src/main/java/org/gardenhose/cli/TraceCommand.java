package org.gardenhose.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.gardenhose.shell.Shell;
import org.gardenhose.shell.program.OutputFile;
import org.gardenhose.shell.program.Streams;
import org.gardenhose.sys.DeadlockException;
import org.gardenhose.sys.Kernel;
import org.gardenhose.sys.TraceOptions;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/// `hose trace 'PIPELINE'`: runs a pipeline on the in-JVM kernel and shows the system calls that it
/// is made of, as `strace -f` does.
final class TraceCommand {
  static final String NAME = "trace";

  private static final int USAGE_ERROR = 2;
  private static final int FAILED = 1;

  /// 128 + SIGINT (2).
  private static final int INTERRUPTED = 130;

  private TraceCommand() {}

  /// Runs what the arguments ask for.
  ///
  /// @return the exit status of the pipeline's last stage
  static int run(ParseResult given, Streams io) {
    List<String> pipelines = given.matchedPositionalValue(0, List.of());
    if (pipelines.size() != 1) {
      return refuse(pipelines.isEmpty() ? "a pipeline is missing" : HoseCommand.ONE_WORD, io);
    }
    TraceOptions options;
    try {
      options =
          new TraceOptions(
              calls(given.matchedOptionValue("-e", "")),
              given.hasMatchedOption("-y"),
              given.matchedOptionValue("-s", TraceOptions.BYTES));
    } catch (IllegalArgumentException e) {
      return refuse(String.valueOf(e.getMessage()), io);
    }
    Kernel kernel =
        given.hasMatchedOption("--seed")
            ? Kernel.seeded(given.matchedOptionValue("--seed", 0L))
            : Kernel.parallel();
    return run(pipelines.getFirst(), kernel, options, given.matchedOptionValue("-o", ""), io);
  }

  private static int run(
      String pipeline, Kernel kernel, TraceOptions options, String file, Streams io) {
    try {
      if (file.isEmpty()) {
        return run(pipeline, kernel, options, new TraceOutput(io.err()), io);
      }
      try (OutputFile out = io.create(file, false)) {
        return run(pipeline, kernel, options, new TraceOutput(out), io);
      }
    } catch (IOException e) {
      io.complain(PipelineCommand.NAME + ": " + e.getMessage());
      return FAILED;
    }
  }

  private static int run(
      String pipeline, Kernel kernel, TraceOptions options, TraceOutput out, Streams io)
      throws IOException {
    kernel.trace(options, line -> out.line(line.toString()));
    int status;
    try {
      status = new Shell(PipelineCommand.NAME).run(pipeline, io, kernel);
    } catch (DeadlockException e) {
      e.reasons().forEach(reason -> io.complain(PipelineCommand.NAME + ": " + reason));
      status = FAILED;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      status = INTERRUPTED;
    }
    out.check();
    return status;
  }

  /// Returns the names of `read,write` or, as strace has it, `trace=read,write`.
  private static Set<String> calls(String given) {
    String names = given.startsWith("trace=") ? given.substring("trace=".length()) : given;
    Set<String> calls = new LinkedHashSet<>();
    for (String name : names.split(",")) {
      if (!name.isEmpty()) {
        calls.add(name);
      }
    }
    return calls;
  }

  private static int refuse(String reason, Streams io) {
    io.complain("hose trace: " + reason + "; see 'hose trace --help'");
    return USAGE_ERROR;
  }

  static CommandSpec spec() {
    CommandSpec spec = CommandSpec.create().name(NAME);
    spec.usageMessage()
        .customSynopsis("hose trace [-y] [-e CALL,...] [-s BYTES] [-o FILE] [--seed N] 'PIPELINE'")
        .description("Runs a pipeline and shows its system calls, as strace -f does.", "");
    return spec.addOption(option("-e", "CALL,...", String.class, "show these calls only"))
        .addOption(
            option("-o", "FILE", String.class, "write the trace there, not to standard error"))
        .addOption(option("-s", "BYTES", Integer.class, "show so many bytes of a buffer, not 32"))
        .addOption(
            OptionSpec.builder("-y").description("show what descriptors are open on").build())
        .addOption(
            option(
                "--seed",
                "N",
                Long.class,
                "let one process run at a time, in an order that N decides: the same N, the same"
                    + " trace"))
        .addOption(
            OptionSpec.builder("-h", "--help")
                .usageHelp(true)
                .description("print this help")
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

  private static OptionSpec option(String name, String value, Class<?> type, String what) {
    return OptionSpec.builder(name).paramLabel(value).type(type).description(what).build();
  }

  /// Where a trace is written. What goes wrong is told at the end, not to the processes.
  private static final class TraceOutput {
    private final java.io.OutputStream out;
    private volatile IOException failure = NONE;

    /// Nothing went wrong.
    private static final IOException NONE = new IOException();

    TraceOutput(java.io.OutputStream out) {
      this.out = out;
    }

    void line(String line) {
      if (failure != NONE) {
        return;
      }
      try {
        out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
      } catch (IOException e) {
        failure = e;
      }
    }

    void check() throws IOException {
      if (failure != NONE) {
        throw failure;
      }
    }
  }
}
