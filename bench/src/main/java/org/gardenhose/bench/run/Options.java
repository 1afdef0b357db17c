package org.gardenhose.bench.run;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// What a run is asked for.
///
/// @param rounds how many
/// @param only the goals wanted; all if empty
/// @param regimes only measurements in these, by their letters; all if empty
/// @param quick whether to hurry: short windows, fewer chunks
/// @param patienceSeconds how long to wait in all for others to leave the processors alone
/// @param cpuClock whether the pinned regime counts processor time
/// @param what the name of the result's file, after the date
/// @param home the directory of the module
record Options(
    int rounds,
    Set<String> only,
    Set<String> regimes,
    boolean quick,
    int patienceSeconds,
    boolean cpuClock,
    String what,
    Path home) {
  /// How long a round may wait for others.
  private static final int PATIENCE_SECONDS = 60;

  /// Reads the arguments, the first of which is the directory of the module.
  ///
  /// @throws IllegalArgumentException if they make no sense; the message says why
  static Options of(List<String> arguments) {
    Iterator<String> words = arguments.iterator();
    Path home = Path.of(words.next());
    int rounds = 0;
    int patience = 0;
    boolean quick = false;
    boolean cpuClock = false;
    Set<String> only = Set.of();
    Set<String> regimes = Set.of();
    String what = "";
    while (words.hasNext()) {
      String word = words.next();
      switch (word) {
        case "--quick" -> quick = true;
        case "--cpu-clock" -> cpuClock = true;
        case "--rounds" -> rounds = count(word, value(word, words));
        case "--patience" -> patience = count(word, value(word, words));
        case "--only" -> only = list(value(word, words));
        case "--regimes" -> regimes = list(value(word, words));
        case "--what" -> what = value(word, words);
        default -> throw new IllegalArgumentException("no such option: " + word);
      }
    }
    if (rounds == 0) {
      rounds = quick ? 1 : 5;
    }
    if (patience == 0) {
      patience = quick ? 1 : rounds * PATIENCE_SECONDS;
    }
    if (what.isEmpty()) {
      String all = quick ? "quick" : "goals";
      what = only.isEmpty() ? all : String.join("+", only);
    }
    return new Options(rounds, only, regimes, quick, patience, cpuClock, what, home);
  }

  private static String value(String option, Iterator<String> words) {
    if (!words.hasNext()) {
      throw new IllegalArgumentException(option + " needs a value");
    }
    return words.next();
  }

  private static Set<String> list(String words) {
    return new LinkedHashSet<>(Arrays.asList(words.split(",")));
  }

  private static int count(String option, String word) {
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
}
