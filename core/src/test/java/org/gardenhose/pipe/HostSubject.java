package org.gardenhose.pipe;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Runs a script on the machine's own kernel, through `src/test/c/pipe_script.c`, which is compiled
/// on the spot.
final class HostSubject implements Subject, AutoCloseable {
  private final Process process;
  private final BufferedWriter to;
  private final BufferedReader from;

  private HostSubject(Process process) {
    this.process = process;
    this.to = process.outputWriter();
    this.from = process.inputReader();
  }

  /// Compiles and starts the program. Without Linux or a C compiler the calling test is skipped.
  static HostSubject start() {
    if (!System.getProperty("os.name").equals("Linux")) {
      abort("not run: the oracle is Linux, this is " + System.getProperty("os.name"));
    }
    Path source = Path.of("src", "test", "c", "pipe_script.c");
    Path program = Path.of("target", "pipe_script");
    try {
      Files.createDirectories(Path.of("target"));
      int status =
          new ProcessBuilder("cc", "-O1", "-Wall", "-o", program.toString(), source.toString())
              .inheritIO()
              .start()
              .waitFor();
      if (status != 0) {
        abort("not run: cc ended with status " + status + " on " + source);
      }
      ProcessBuilder builder = new ProcessBuilder(program.toAbsolutePath().toString());
      return new HostSubject(builder.redirectError(ProcessBuilder.Redirect.INHERIT).start());
    } catch (IOException e) {
      return abort("not run: there is no C compiler called cc (" + e.getMessage() + ")");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return abort("interrupted");
    }
  }

  @Override
  public List<String> run(Script script) {
    try {
      to.write(script.toString());
      to.write("end\n");
      to.flush();
      List<String> lines = new ArrayList<>();
      for (int i = 0; i < script.actions().size(); i++) {
        String line = from.readLine();
        if (line == null) {
          throw new IllegalStateException("pipe_script ended at " + script.actions().get(i));
        }
        lines.add(line);
      }
      return lines;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.destroy();
  }
}
