package org.gardenhose.shell;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// The host's own tools, run by its `sh` in the POSIX locale: the oracle for ours.
final class Host {
  private static final boolean GNU = isGnu();

  private Host() {}

  /// Returns whether the host has GNU's tools.
  static boolean hasGnuTools() {
    return GNU;
  }

  private static boolean isGnu() {
    try {
      String version =
          run("sort --version; grep --version", Path.of("."), Path.of("/dev/null")).out();
      return version.contains("GNU coreutils") && version.contains("GNU grep");
    } catch (UncheckedIOException _) {
      return false;
    }
  }

  /// Runs a command line that reads a file.
  static Ran run(String commandLine, Path directory, Path in) {
    try {
      File err = File.createTempFile("host", ".err");
      try {
        ProcessBuilder builder =
            new ProcessBuilder("sh", "-c", commandLine)
                .directory(directory.toFile())
                .redirectInput(in.toFile())
                .redirectError(err);
        builder.environment().put("LC_ALL", "C");
        Process process = builder.start();
        byte[] out = process.getInputStream().readAllBytes();
        return new Ran(
            process.waitFor(), out, Files.readString(err.toPath(), StandardCharsets.ISO_8859_1));
      } finally {
        Files.delete(err.toPath());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError("interrupted", e);
    }
  }
}
