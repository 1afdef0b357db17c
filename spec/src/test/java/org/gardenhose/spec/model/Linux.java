package org.gardenhose.spec.model;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The machine's own kernel, through `src/test/c/kernel_script.c`, which is compiled on the spot.
final class Linux implements Subject, AutoCloseable {
  private final Process process;
  private final BufferedWriter to;
  private final BufferedReader from;

  private Linux(Process process) {
    this.process = process;
    this.to = process.outputWriter();
    this.from = process.inputReader();
  }

  /// Compiles and starts the program. Without Linux or a C compiler the calling test is skipped.
  ///
  /// @param directory an empty directory, on tmpfs, for the files that the calls name
  static Linux start(Path directory) {
    if (!System.getProperty("os.name").equals("Linux")) {
      abort("not run: the oracle is Linux, this is " + System.getProperty("os.name"));
    }
    Path source = Path.of("src", "test", "c", "kernel_script.c");
    Path program = Path.of("target", "kernel_script");
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
      return new Linux(
          new ProcessBuilder(program.toAbsolutePath().toString(), directory.toString())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start());
    } catch (IOException e) {
      return abort("not run: there is no C compiler called cc (" + e.getMessage() + ")");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return abort("interrupted");
    }
  }

  @Override
  public int run(Play play) {
    List<String> expected = new ArrayList<>();
    try {
      for (Action action = play.next(); action != null; action = play.next()) {
        expected.add(play.expected().line());
        to.write(action.wire());
        to.write('\n');
      }
      to.write("END\n");
      to.flush();
      boolean agreed = true;
      for (int i = 0; i < expected.size(); i++) {
        String line = from.readLine();
        if (line == null || line.startsWith("died")) {
          throw new IllegalStateException("at " + play.made().get(i) + " Linux's side " + line);
        }
        if (agreed && !line.equals(expected.get(i))) {
          agreed = false;
          play.differs("call " + (i + 1) + ": " + expected.get(i), line);
        }
      }
      return expected.size();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.destroy();
  }
}
