package org.gardenhose.bench.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// `bench/run`: measures in rounds, prints the table of goals and writes it to `bench/results`.
///
/// Each round runs every job once, in a process of its own, so that what is compared is measured
/// within minutes of each other; before and after each round a probe looks how far apart the two
/// processors are at the moment.
public final class Run {
  /// Probes that differ more than this say that the machine changed during the round.
  private static final double UNEVEN = 1.3;

  private static final Job PROBE_JAVA = Job.java("probe", Regime.FREE, "spin");
  private static final Job PROBE_C = Job.kernel("probe", Regime.FREE, "ring.4096x16");

  private final Options options;
  private final Launcher launcher;
  private final boolean compiled;
  private final Samples samples;
  private final Quiet quiet;
  private final List<String> notes = new ArrayList<>();

  private Run(Options options) throws IOException, InterruptedException {
    Path program = options.home().resolve("target/pipebench");
    this.options = options;
    this.compiled = Launcher.compile(options.home().resolve("src/main/c"), program);
    this.launcher = new Launcher(options, program);
    this.samples = new Samples(options.pace().rounds());
    this.quiet = new Quiet(options.pace().patienceSeconds());
    if (!compiled) {
      notes.add("no C compiler: nothing of the kernel's, no hogs");
    }
  }

  /// Runs it all.
  ///
  /// @param arguments the directory of the module, then the options
  /// @throws Exception whatever goes wrong
  public static void main(String[] arguments) throws Exception {
    Options options;
    try {
      options = Options.of(Arrays.asList(arguments));
    } catch (IllegalArgumentException e) {
      System.err.println("bench/run: " + e.getMessage() + "; see bench/run --help");
      System.exit(2);
      return;
    }
    new Run(options).all();
  }

  private void all() throws IOException, InterruptedException {
    List<Job> jobs =
        Plan.of(options).stream()
            .filter(job -> compiled || !job.kernel() && job.regime() != Regime.HOGS)
            .toList();
    if (jobs.isEmpty()) {
      System.err.println("bench/run: nothing is measured for these goals in these regimes");
      System.exit(2);
    }
    long began = System.nanoTime();
    Machine.Ticks before = Machine.Ticks.now();
    for (int round = 0; round < options.pace().rounds(); round++) {
      round(round, jobs);
      if (round + 1 < options.pace().rounds()) {
        // A run that is broken off leaves its whole rounds behind.
        Files.writeString(file(), text());
      }
    }
    notes.add(
        "%d processes in %d rounds took %d s; %.1f %% of the processors was stolen; %s"
            .formatted(
                jobs.size() * options.pace().rounds(),
                options.pace().rounds(),
                (System.nanoTime() - began) / 1_000_000_000,
                100 * Machine.Ticks.now().stolenSince(before),
                quiet));
    Path file = file();
    Files.writeString(file, text());
    System.out.print(text());
    System.err.println("written to " + file);
  }

  private void round(int round, List<Job> jobs) throws IOException, InterruptedException {
    double[] first = probe(round);
    notes.add("round %d: load %s before it".formatted(round + 1, Machine.load()));
    for (Job job : jobs) {
      if (!options.pace().cpuClock() || !job.regime().pinned()) {
        quiet.await();
      }
      System.err.println("round " + (round + 1) + ": " + job);
      attempt(round, job);
    }
    double[] last = probe(round);
    notes.add(
        "round %d: volatile round trip %.0f ns before, %.0f after; C ring %.0f MiB/s, %.0f%s"
            .formatted(round + 1, first[0], last[0], first[1], last[1], uneven(first, last)));
  }

  private static String uneven(double[] first, double[] last) {
    for (int i = 0; i < first.length; i++) {
      double ratio = first[i] / last[i];
      if (ratio > UNEVEN || ratio < 1 / UNEVEN) {
        return "; UNEVEN, do not compare its two-CPU values with other rounds";
      }
    }
    return "";
  }

  private void attempt(int round, Job job) throws InterruptedException {
    try {
      for (String line : launcher.run(job)) {
        samples.take(job.regime(), round, line);
      }
    } catch (IOException e) {
      notes.add("FAILED in round " + (round + 1) + ": " + e.getMessage());
      System.err.println(e.getMessage());
    }
  }

  /// Returns the volatile round trip in nanoseconds and what the C ring carries.
  private double[] probe(int round) throws InterruptedException {
    attempt(round, PROBE_JAVA);
    if (compiled) {
      attempt(round, PROBE_C);
    }
    return new double[] {
      samples.at("B spin", round), compiled ? samples.at("B kernel.ring.4096x16", round) : 1
    };
  }

  private Path file() throws IOException {
    Path results = Files.createDirectories(options.home().resolve("results"));
    return results.resolve(LocalDate.now() + "-" + options.what() + ".txt");
  }

  private String text() throws IOException {
    StringBuilder text = new StringBuilder();
    text.append("what     ").append(options.what()).append('\n');
    text.append("command  bench/run --rounds ").append(options.pace().rounds());
    String regimes = String.join(",", options.only().regimes());
    text.append(regimes.isEmpty() ? "" : " --regimes " + regimes);
    text.append(options.pace().quick() ? " --quick" : "");
    text.append(options.pace().cpuClock() ? " --cpu-clock" : "");
    text.append(
        options.only().rows().isEmpty()
            ? ""
            : " --only " + String.join(",", options.only().rows()));
    text.append("\ncommit   ").append(System.getProperty("bench.commit", "unknown"));
    text.append("\nmachine  ").append(Machine.cpu()).append(", ");
    text.append(Runtime.getRuntime().availableProcessors()).append(" CPUs, ");
    text.append(Machine.kernel());
    text.append("\nJDK      ").append(System.getProperty("java.vendor.version")).append(", ");
    text.append(System.getProperty("java.vm.version")).append("\nregimes ");
    for (Regime regime : Regime.values()) {
      text.append(' ').append(regime.label()).append(" = ").append(regime.text()).append(';');
    }
    if (options.pace().cpuClock()) {
      text.append("\nclock    regime A counts processor time, since others use the machine too");
    }
    text.append("\nvalues   median [least..most] of the rounds; ratios within a round\n\n");
    notes.forEach(note -> text.append(note).append('\n'));
    text.append('\n').append(Report.goals(samples, options.only().rows()));
    text.append('\n').append(Report.cells(samples));
    return text.toString();
  }
}
