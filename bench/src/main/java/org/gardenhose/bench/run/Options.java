package org.gardenhose.bench.run;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// What a run is asked for.
///
/// @param only the goals and the regimes wanted
/// @param pace how long it may take
/// @param what the name of the result's file, after the date
/// @param home the directory of the module
record Options(Only only, Pace pace, String what, Path home) {
  /// How long a round may wait for others.
  private static final int PATIENCE_SECONDS = 60;

  private static final int ROUNDS = 5;

  /// What a run is narrowed to.
  ///
  /// @param rows these goals; all if empty
  /// @param regimes these regimes, by their letters; all if empty
  record Only(Set<String> rows, Set<String> regimes) {}

  /// How long a run may take, and by which clock.
  ///
  /// @param rounds how many
  /// @param quick whether to hurry: short windows, fewer chunks
  /// @param patienceSeconds how long to wait in all for others to leave the processors alone
  /// @param cpuClock whether the pinned regime counts processor time
  record Pace(int rounds, boolean quick, int patienceSeconds, boolean cpuClock) {}

  /// What the words have said so far.
  private static final class Reader {
    private final Iterator<String> words;
    private int rounds;
    private int patience;
    private boolean quick;
    private boolean cpuClock;
    private Set<String> rows = Set.of();
    private Set<String> regimes = Set.of();
    private String what = "";

    Reader(Iterator<String> words) {
      this.words = words;
    }

    void read() {
      while (words.hasNext()) {
        String word = words.next();
        switch (word) {
          case "--quick" -> quick = true;
          case "--cpu-clock" -> cpuClock = true;
          case "--rounds" -> rounds = count(word);
          case "--patience" -> patience = count(word);
          case "--only" -> rows = list(word);
          case "--regimes" -> regimes = list(word);
          case "--what" -> what = value(word);
          default -> throw new IllegalArgumentException("no such option: " + word);
        }
      }
    }

    private String value(String option) {
      if (!words.hasNext()) {
        throw new IllegalArgumentException(option + " needs a value");
      }
      return words.next();
    }

    private Set<String> list(String option) {
      return new LinkedHashSet<>(Arrays.asList(value(option).split(",")));
    }

    private int count(String option) {
      String word = value(option);
      try {
        int count = Integer.parseInt(word);
        if (count > 0) {
          return count;
        }
      } catch (NumberFormatException e) {
        throw new IllegalArgumentException(option + " is not a number: " + word, e);
      }
      throw new IllegalArgumentException(option + " is not positive: " + word);
    }

    Options result(Path home) {
      int count = rounds > 0 ? rounds : quick ? 1 : ROUNDS;
      int seconds = patience > 0 ? patience : quick ? 1 : count * PATIENCE_SECONDS;
      String all = quick ? "quick" : "goals";
      String name = rows.isEmpty() ? all : String.join("+", rows);
      return new Options(
          new Only(rows, regimes),
          new Pace(count, quick, seconds, cpuClock),
          what.isEmpty() ? name : what,
          home);
    }
  }

  /// Reads the arguments, the first of which is the directory of the module.
  ///
  /// @throws IllegalArgumentException if they make no sense; the message says why
  static Options of(List<String> arguments) {
    Iterator<String> words = arguments.iterator();
    Path home = Path.of(words.next());
    Reader reader = new Reader(words);
    reader.read();
    return reader.result(home);
  }
}
