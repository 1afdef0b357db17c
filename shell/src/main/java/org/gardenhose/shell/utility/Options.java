package org.gardenhose.shell.utility;

import java.util.ArrayList;
import java.util.List;
import org.gardenhose.shell.program.Failure;

/// Reads a utility's arguments: options one by one, and then the operands, which may stand between
/// the options.
///
/// The letters are given as getopt(3) has them: `nk:` is `-n`, and `-k` with a value. A `#` in
/// front lets `-5` and `-.5` be an option too, with the letter `#` and the value `5` or `.5`.
///
/// **Learned from.** POSIX.1-2024 XBD 12.2, "Utility Syntax Guidelines"; GNU's order of operands
final class Options {
  /// What `next` returns behind the last option.
  static final char END = '\uffff';

  private final List<String> argv;
  private final String letters;
  private final List<String> operands = new ArrayList<>();
  private int argument = 1;

  /// Index in a cluster like `-nr`; 0 between arguments.
  private int inCluster;

  private String value = "";

  Options(List<String> argv, String letters) {
    this.argv = argv;
    this.letters = letters;
  }

  /// Returns the next option's letter, or END.
  char next() throws Failure {
    while (inCluster == 0) {
      if (argument == argv.size()) {
        return END;
      }
      String word = argv.get(argument);
      if (word.equals("--")) {
        operands.addAll(argv.subList(argument + 1, argv.size()));
        argument = argv.size();
      } else if (word.length() < 2 || word.charAt(0) != '-') {
        operands.add(word);
        argument++;
      } else if (letters.startsWith("#") && isNumberStart(word.charAt(1))) {
        value = word.substring(1);
        argument++;
        return '#';
      } else if (word.charAt(1) == '-') {
        throw new Failure("unsupported option '" + word + "'");
      } else {
        inCluster = 1;
      }
    }
    return letter(argv.get(argument));
  }

  private static boolean isNumberStart(char c) {
    return c >= '0' && c <= '9' || c == '.';
  }

  private char letter(String word) throws Failure {
    char letter = word.charAt(inCluster++);
    int known = letter == ':' || letter == '#' ? -1 : letters.indexOf(letter);
    if (known < 0) {
      throw new Failure("unsupported option -- '" + letter + "'");
    }
    boolean wantsValue = known + 1 < letters.length() && letters.charAt(known + 1) == ':';
    if (!wantsValue) {
      if (inCluster == word.length()) {
        nextArgument();
      }
      return letter;
    }
    value = word.substring(inCluster);
    nextArgument();
    if (value.isEmpty()) {
      if (argument == argv.size()) {
        throw new Failure("option requires an argument -- '" + letter + "'");
      }
      value = argv.get(argument++);
    }
    return letter;
  }

  private void nextArgument() {
    argument++;
    inCluster = 0;
  }

  /// Returns the value of the option that `next` returned.
  String value() {
    return value;
  }

  /// Returns the operands, once `next` has returned END.
  List<String> operands() {
    return operands;
  }

  /// Refuses operands beyond the first `most`.
  List<String> operands(int most) throws Failure {
    if (operands.size() > most) {
      throw new Failure("extra operand '" + operands.get(most) + "'");
    }
    return operands;
  }
}
