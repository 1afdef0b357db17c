package org.gardenhose.bench.run;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Starts measurements, one process each, bound to processors by `taskset`.
///
/// **Blocks.** until the process has ended, or has taken so long that it is ended
final class Launcher {
  private static final int PATIENCE_SECONDS = 120;

  private static final List<String> OPENS =
      List.of(
          "--add-opens",
          "java.base/jdk.internal.misc=ALL-UNNAMED",
          "-XX:-UsePerfData",
          "-Xshare:auto");

  private final Path program;
  private final Path output;
  private final boolean quick;
  private final boolean cpuClock;
  private final List<Integer> cpus;

  /// @param program where the C program is, or is to be
  Launcher(Options options, Path program) throws IOException {
    this.program = program;
    this.quick = options.pace().quick();
    this.cpuClock = options.pace().cpuClock();
    this.output = Files.createTempFile("pipebench", ".out");
    this.cpus = Machine.cpus();
    output.toFile().deleteOnExit();
  }

  /// Builds the C program from all the sources in a directory; returns whether that went well.
  static boolean compile(Path sources, Path program) throws IOException, InterruptedException {
    List<String> words = new ArrayList<>(List.of("cc", "-O2", "-Wall", "-pthread", "-o"));
    words.add(program.toString());
    try (DirectoryStream<Path> files = Files.newDirectoryStream(sources, "*.c")) {
      files.forEach(file -> words.add(file.toString()));
    }
    try {
      return new ProcessBuilder(words).inheritIO().start().waitFor() == 0;
    } catch (IOException noCompiler) {
      return false;
    }
  }

  /// Runs a job and returns the lines that it printed.
  ///
  /// @throws IOException if it cannot be started, fails, or does not end
  List<String> run(Job job) throws IOException, InterruptedException {
    if (job.regime() != Regime.HOGS) {
      return capture(job);
    }
    List<Process> hogs = hogs();
    try {
      return capture(job);
    } finally {
      hogs.forEach(Process::destroy);
    }
  }

  private List<String> capture(Job job) throws IOException, InterruptedException {
    File file = output.toFile();
    Process process =
        new ProcessBuilder(command(job)).redirectErrorStream(true).redirectOutput(file).start();
    boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (!ended) {
      process.destroyForcibly().waitFor();
    }
    List<String> lines = Files.readAllLines(output, StandardCharsets.UTF_8);
    if (!ended || process.exitValue() != 0) {
      String how = ended ? "failed" : "did not end";
      throw new IOException(job + " " + how + ": " + String.join(" | ", firstOf(lines)));
    }
    return lines;
  }

  private static List<String> firstOf(List<String> lines) {
    return lines.subList(0, Math.min(lines.size(), 4));
  }

  private List<String> command(Job job) {
    int count = job.regime().pinned() ? 1 : 2;
    List<String> words = new ArrayList<>(bound(cpus.subList(0, Math.min(count, cpus.size()))));
    boolean byCpu = cpuClock && job.regime().pinned();
    if (job.kernel()) {
      words.add(program.toString());
      words.addAll(byCpu ? List.of("cpu") : List.of());
      words.add(quick ? "0.1" : "0.3");
    } else {
      words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      words.addAll(OPENS);
      words.addAll(job.regime().carrierOptions());
      words.add("-Dbench.cpu-clock=" + byCpu);
      words.addAll(List.of(job.memory().split(" ")));
      words.addAll(List.of("-cp", System.getProperty("java.class.path")));
      words.add("org.gardenhose.bench.measure.Measure");
      if (quick) {
        words.add("--fast");
      }
    }
    words.addAll(job.words());
    return words;
  }

  private static List<String> bound(List<Integer> cpus) {
    List<String> numbers = cpus.stream().map(String::valueOf).toList();
    return List.of("taskset", "-c", String.join(",", numbers));
  }

  /// Starts something busy on each of the first two processors. It ends by itself, too.
  private List<Process> hogs() throws IOException {
    List<Process> hogs = new ArrayList<>();
    for (int cpu : cpus.subList(0, Math.min(2, cpus.size()))) {
      List<String> words = new ArrayList<>(bound(List.of(cpu)));
      words.addAll(List.of(program.toString(), "hog", String.valueOf(PATIENCE_SECONDS)));
      hogs.add(new ProcessBuilder(words).inheritIO().start());
    }
    return hogs;
  }
}
