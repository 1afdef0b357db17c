package org.gardenhose.shell;

import java.io.IOException;
import java.nio.channels.Channels;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.gardenhose.shell.program.Streams;
import org.gardenhose.shell.program.Utility;
import org.gardenhose.shell.syntax.Parser;
import org.gardenhose.shell.syntax.Pipeline;
import org.gardenhose.shell.syntax.SyntaxException;
import org.gardenhose.shell.utility.Utilities;
import org.gardenhose.sys.Kernel;

/// Runs command lines: pipelines of the utilities that are built in, every stage a virtual thread.
///
/// ```java
/// Streams io = new Streams(in, out, err, directory);
/// int status = new Shell("hose").run("sort words.txt | uniq -c", io);
/// ```
///
/// A shell holds nothing between runs; any number of threads may use one at once.
public final class Shell {
  /// The exit status for a text that cannot be read.
  public static final int SYNTAX_ERROR = 2;

  private final String name;

  /// Makes a shell.
  ///
  /// @param name what its messages begin with
  public Shell(String name) {
    this.name = name;
  }

  /// Runs one command line and waits until all of it has ended. The three streams are left open.
  ///
  /// @return the last stage's exit status, or [#SYNTAX_ERROR] if nothing was run
  public int run(String commandLine, Streams io) {
    Pipeline pipeline;
    try {
      pipeline = Parser.parse(commandLine);
    } catch (SyntaxException e) {
      io.complain(name + ": " + e.getMessage());
      return SYNTAX_ERROR;
    }
    return new PipelineRun(name, pipeline, io).run();
  }

  /// Runs one command line as processes of `kernel`, which has run nothing yet: `sh -c` as the
  /// first, which makes the others by system calls, so that they can be traced. The three streams
  /// are left open.
  ///
  /// @return the last stage's exit status, or [#SYNTAX_ERROR] if nothing was run
  /// @throws IOException if the host's files cannot be reached
  /// @throws InterruptedException if the calling thread is interrupted, after all have ended
  public int run(String commandLine, Streams io, Kernel kernel)
      throws IOException, InterruptedException {
    for (String utility : Utilities.NAMES) {
      Utility found = Objects.requireNonNull(Utilities.find(utility));
      kernel.install("/bin/" + utility, new UtilityProgram(found, io.directory()));
    }
    kernel.install("/bin/sh", new ShellProgram(name, HostFiles.mount(kernel, io.directory())));
    kernel.attachInput(0, Channels.newChannel(io.in()));
    kernel.attachOutput(1, Channels.newChannel(io.out()));
    kernel.attachOutput(2, Channels.newChannel(io.err()));
    List<String> argv = List.of("sh", "-c", commandLine);
    try (kernel) {
      return kernel.run((sys, _) -> (int) sys.execve("/bin/sh", argv, Map.of()));
    }
  }
}
