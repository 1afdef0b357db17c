package org.gardenhose.cli;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Starts the `hose` command as a process of its own, on what this test is run on.
final class HoseProcess {
  private HoseProcess() {}

  /// Returns the root of the sources.
  static Path root() {
    Path here = Path.of("").toAbsolutePath();
    return here.endsWith("cli") ? here.getParent() : here;
  }

  /// Returns the process, not started, with the root as its directory.
  static ProcessBuilder of(String... arguments) {
    List<String> command = new ArrayList<>(List.of(java(), "-cp", classPath()));
    command.add(Main.class.getName());
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).directory(root().toFile());
  }

  /// Returns the process behind a shell that redirects it.
  static ProcessBuilder redirected(String redirection, String... arguments) {
    List<String> command = new ArrayList<>(List.of("sh", "-c", "exec \"$@\" " + redirection, "sh"));
    command.addAll(of(arguments).command());
    return new ProcessBuilder(command).directory(root().toFile());
  }

  private static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  /// Returns modules and class path alike as a class path.
  private static String classPath() {
    return String.join(
        File.pathSeparator,
        System.getProperty("jdk.module.path", ""),
        System.getProperty("java.class.path", ""));
  }
}
