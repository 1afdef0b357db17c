package org.gardenhose.tidy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The rules that can be seen in one Java file. Each returns a sentence for every place that breaks
/// it, with the reason.
final class Rules {
  static final int LINE_MAX = 100;
  static final int METHOD_MAX = 70;
  static final int MAIN_FILE_MAX = 500;
  static final int TEST_FILE_MAX = 400;

  /// Files that may be longer, and why.
  static final Map<String, String> LONGER = Map.of();

  /// The packages of core from the bottom up: each may import those before it. The Java API, which
  /// is the last, is the package `org.gardenhose` itself.
  static final List<String> CORE_ORDER =
      List.of("abi", "memory", "ring", "wait", "pipe", "transcript", "file", "proc", "sys");

  /// The modules from the bottom up; nothing imports those in [#IMPORTED_BY_NOBODY].
  static final List<String> MODULE_ORDER = List.of("core", "http", "shell", "cli");

  static final Set<String> IMPORTED_BY_NOBODY = Set.of("bench", "spec", "tidy");

  /// Words of `docs/glossary.md`'s last column that no type of ours is named by.
  private static final Pattern UNWANTED_NAME =
      Pattern.compile(
          "\\b(?:class|record|interface|enum) (\\w*(?:Manager|Helper|Util|Utils|Impl|BaseData"
              + "|Cell|Node|Chunk|Segment|Handle))\\b");

  private static final Pattern METHOD =
      Pattern.compile("^  (?:  )*[\\w<@(].*\\) (?:throws [\\w., ]+ )?\\{$");

  private static final String TEXT_BLOCK = "\"".repeat(3);

  private Rules() {}

  /// The lines of a text block are as long as what they show.
  static List<String> longLines(Source file) {
    List<String> found = new ArrayList<>();
    List<String> lines = file.lines();
    boolean textBlock = false;
    for (int i = 0; i < lines.size(); i++) {
      if (!textBlock && lines.get(i).length() > LINE_MAX) {
        found.add(
            "%s:%d is longer than %d characters: two files must fit side by side"
                .formatted(file.path(), i + 1, LINE_MAX));
      }
      textBlock ^= lines.get(i).split(TEXT_BLOCK, -1).length % 2 == 0;
    }
    return found;
  }

  static List<String> longFiles(Source file) {
    int limit = file.isMain() ? MAIN_FILE_MAX : TEST_FILE_MAX;
    int length = file.lines().size();
    return length <= limit || LONGER.containsKey(file.path())
        ? List.of()
        : List.of(
            "%s has %d lines, more than %d: one concept a file"
                .formatted(file.path(), length, limit));
  }

  static List<String> longMethods(Source file) {
    List<String> found = new ArrayList<>();
    List<String> lines = file.lines();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      if (!METHOD.matcher(line).matches() || line.contains(" new ")) {
        continue;
      }
      // A declaration over several lines begins where its parentheses do.
      int first = i;
      int open = unopened(line);
      while (first > 0 && open > 0) {
        first--;
        open += unopened(lines.get(first));
      }
      if (lines
          .get(first)
          .strip()
          .matches("(?:} )?(?:try|if|for|while|switch|else|catch|.*record)\\b.*")) {
        continue;
      }
      String end = " ".repeat(indent(lines.get(first))) + "}";
      int last = i + 1;
      while (last < lines.size() && !lines.get(last).startsWith(end)) {
        last++;
      }
      if (last - first + 1 > METHOD_MAX) {
        found.add(
            "%s:%d has a method of %d lines, more than %d: it cannot be seen at once"
                .formatted(file.path(), first + 1, last - first + 1, METHOD_MAX));
      }
    }
    return found;
  }

  /// Returns how many parentheses the line closes more than it opens.
  private static int unopened(String line) {
    long closing = line.chars().filter(c -> c == ')').count();
    return (int) (closing - line.chars().filter(c -> c == '(').count());
  }

  private static int indent(String line) {
    return line.length() - line.stripLeading().length();
  }

  /// Waiting, time and chance come from `wait` alone, or no seed could repeat a run.
  static List<String> waitingElsewhere(Source file) {
    boolean core = file.module().equals("core") && file.isMain();
    if (!core || file.path().contains("/wait/")) {
      return List.of();
    }
    Pattern waiting =
        Pattern.compile(
            "Thread\\.sleep|System\\.nanoTime|System\\.currentTimeMillis|LockSupport"
                + "|ThreadLocalRandom|Math\\.random|Instant\\.now");
    return eachLine(
        file,
        line -> waiting.matcher(line).find(),
        "waits, reads a clock or draws a number outside of the package wait");
  }

  static List<String> sleepingTests(Source file) {
    return eachLine(
        file,
        line -> line.contains("Thread.sleep") && !line.strip().startsWith("//"),
        "sleeps: a sleep is no synchronisation");
  }

  static List<String> unwantedWords(Source file) {
    List<String> found = new ArrayList<>();
    boolean mayPrint = Set.of("cli", "bench", "tidy").contains(file.module());
    Pattern words =
        Pattern.compile(
            "printStackTrace|\\bsun\\.misc\\b|--enable-preview|TO" + "DO|FIX" + "ME|XX" + "X");
    found.addAll(eachLine(file, line -> words.matcher(line).find(), "has an unwanted word"));
    if (file.isMain() && !mayPrint) {
      found.addAll(
          eachLine(
              file,
              line -> line.contains("System.out") || line.contains("System.err"),
              "prints: only the command line may"));
    }
    found.addAll(
        eachLine(
            file,
            line -> line.startsWith("import ") && line.endsWith(".*;"),
            "imports everything of a package: say what is meant"));
    return found;
  }

  static List<String> unwantedNames(Source file) {
    List<String> found = new ArrayList<>();
    Matcher matcher = UNWANTED_NAME.matcher(withoutComments(file));
    while (file.isMain() && matcher.find()) {
      found.add(
          "%s names a type %s: docs/glossary.md has the field's word"
              .formatted(file.path(), matcher.group(1)));
    }
    return found;
  }

  private static String withoutComments(Source file) {
    return String.join(
        "\n", file.lines().stream().filter(line -> !line.strip().startsWith("//")).toList());
  }

  /// Imports go down the lists only.
  static List<String> upwardImports(Source file) {
    List<String> found = new ArrayList<>();
    Pattern ours = Pattern.compile("^import (?:static )?org\\.gardenhose\\.([\\w.]+);");
    for (String line : file.lines()) {
      Matcher matcher = ours.matcher(line);
      if (!file.isMain() || !matcher.find()) {
        continue;
      }
      String first = matcher.group(1).split("\\.")[0];
      boolean api = Character.isUpperCase(first.charAt(0));
      String owner = api || CORE_ORDER.contains(first) ? "core" : first;
      boolean upward =
          file.module().equals("core")
              ? roomOf(first) > roomOf(packageOf(file)) || !owner.equals("core")
              : IMPORTED_BY_NOBODY.contains(owner) && !owner.equals(file.module())
                  || !IMPORTED_BY_NOBODY.contains(file.module())
                      && MODULE_ORDER.indexOf(owner) > MODULE_ORDER.indexOf(file.module());
      if (upward) {
        found.add(
            "%s imports upward: %s (docs/design.md has the order)".formatted(file.path(), line));
      }
    }
    return found;
  }

  private static int roomOf(String packageName) {
    int room = CORE_ORDER.indexOf(packageName);
    return room < 0 ? CORE_ORDER.size() : room;
  }

  private static String packageOf(Source file) {
    String folder = file.path().replaceAll(".*/org/gardenhose/", "");
    return folder.contains("/") ? folder.substring(0, folder.indexOf('/')) : "";
  }

  /// Every top-level type and package opens with what it is.
  static List<String> withoutOpening(Source file) {
    List<String> lines = file.lines();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      boolean declaration =
          line.matches("(?:\\w+ )*(?:class|record|interface|enum|@interface|module) .*")
              || line.startsWith("package ") && file.fileName().equals("package-info.java");
      if (declaration) {
        int before = i - 1;
        while (before >= 0 && lines.get(before).startsWith("@")) {
          before--;
        }
        return before >= 0 && lines.get(before).startsWith("///")
            ? List.of()
            : List.of("%s does not open with what it is".formatted(file.path()));
      }
    }
    return List.of();
  }

  private static List<String> eachLine(
      Source file, java.util.function.Predicate<String> broken, String why) {
    List<String> found = new ArrayList<>();
    List<String> lines = file.lines();
    for (int i = 0; i < lines.size(); i++) {
      if (broken.test(lines.get(i))) {
        found.add("%s:%d %s".formatted(file.path(), i + 1, why));
      }
    }
    return found;
  }
}
