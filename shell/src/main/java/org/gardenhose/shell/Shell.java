package org.gardenhose.shell;

import org.gardenhose.shell.program.Streams;
import org.gardenhose.shell.syntax.Parser;
import org.gardenhose.shell.syntax.Pipeline;
import org.gardenhose.shell.syntax.SyntaxException;

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
}
