package org.gardenhose.bench.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// What the measurements run on.
final class Machine {
  private static final Path PROC = Path.of("/proc");

  private Machine() {}

  /// Returns the value of the first line of a file in /proc that begins with `key`.
  private static String line(String file, String key) throws IOException {
    try (Stream<String> lines = Files.lines(PROC.resolve(file))) {
      return lines
          .filter(line -> line.startsWith(key))
          .findFirst()
          .map(line -> line.substring(line.indexOf(':') + 1).trim())
          .orElse("unknown");
    }
  }

  static String cpu() throws IOException {
    return line("cpuinfo", "model name");
  }

  static String kernel() throws IOException {
    return "Linux " + Files.readString(PROC.resolve("sys/kernel/osrelease")).trim();
  }

  static String load() throws IOException {
    String[] words = Files.readString(PROC.resolve("loadavg")).split(" ");
    return words[0];
  }

  /// Returns the numbers of the processors that this process may use, from `0-2,5` and the like.
  static List<Integer> cpus() throws IOException {
    List<Integer> cpus = new ArrayList<>();
    for (String range : line("self/status", "Cpus_allowed_list").split(",")) {
      String[] ends = range.split("-");
      int last = Integer.parseInt(ends[ends.length - 1]);
      for (int cpu = Integer.parseInt(ends[0]); cpu <= last; cpu++) {
        cpus.add(cpu);
      }
    }
    return cpus;
  }

  /// What the processors did since the machine started, in ticks of 10 ms.
  ///
  /// @param idle doing nothing
  /// @param stolen kept away by the hypervisor
  /// @param all together
  record Ticks(long idle, long stolen, long all) {
    private static final int IDLE = 4;
    private static final int IO_WAIT = 5;
    private static final int STEAL = 8;

    static Ticks now() throws IOException {
      String[] words = Files.readAllLines(PROC.resolve("stat")).getFirst().split(" +");
      long[] ticks = new long[words.length];
      long all = 0;
      for (int i = 1; i <= STEAL; i++) {
        ticks[i] = Long.parseLong(words[i]);
        all += ticks[i];
      }
      return new Ticks(ticks[IDLE] + ticks[IO_WAIT], ticks[STEAL], all);
    }

    /// Returns the part of the time since `before` that somebody used, 0 to 1.
    double busySince(Ticks before) {
      long spent = all - before.all;
      return spent == 0 ? 0 : 1 - (double) (idle - before.idle) / spent;
    }

    /// Returns the part of the time since `before` that the hypervisor kept, 0 to 1.
    double stolenSince(Ticks before) {
      long spent = all - before.all;
      return spent == 0 ? 0 : (double) (stolen - before.stolen) / spent;
    }
  }
}
