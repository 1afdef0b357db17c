package org.gardenhose.shell.utility;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.gardenhose.shell.program.Failure;

/// The arguments of `grep`.
final class GrepOptions {
  /// How a pattern is written.
  enum Syntax {
    BASIC,
    EXTENDED,
    FIXED
  }

  /// What is written about a file.
  enum Report {
    LINES,
    COUNT,
    NAME_IF_ANY,
    NAME_IF_NONE,
    NOTHING
  }

  private Syntax syntax = Syntax.BASIC;
  private Report report = Report.LINES;
  private boolean folded;
  private boolean inverted;
  private boolean numbered;
  private boolean wholeLines;
  private boolean wholeWords;
  private boolean silentFiles;
  private int withNames;
  private long most = Long.MAX_VALUE;
  private final StringBuilder patterns = new StringBuilder();
  private boolean patternGiven;
  private List<String> files = List.of();

  /// Reads them.
  static GrepOptions parse(List<String> argv) throws Failure {
    GrepOptions read = new GrepOptions();
    Options options = new Options(argv, "EFGHLace:hilm:nqsvwxy");
    for (char o = options.next(); o != Options.END; o = options.next()) {
      read.option(o, options.value());
    }
    List<String> operands = new ArrayList<>(options.operands());
    if (!read.patternGiven) {
      if (operands.isEmpty()) {
        throw new Failure("no pattern given: grep [options] pattern [file...]");
      }
      read.addPattern(operands.removeFirst());
    }
    read.files = operands;
    return read;
  }

  private void option(char o, String value) throws Failure {
    switch (o) {
      case 'E' -> syntax = Syntax.EXTENDED;
      case 'F' -> syntax = Syntax.FIXED;
      case 'G' -> syntax = Syntax.BASIC;
      case 'H' -> withNames = 1;
      case 'h' -> withNames = -1;
      case 'L' -> reportUnlessSilent(Report.NAME_IF_NONE);
      case 'l' -> reportUnlessSilent(Report.NAME_IF_ANY);
      case 'c' -> {
        if (report == Report.LINES) {
          report = Report.COUNT;
        }
      }
      case 'q' -> report = Report.NOTHING;
      case 'e' -> addPattern(value);
      case 'i', 'y' -> folded = true;
      case 'm' -> most = Numbers.count(value, "invalid max count");
      case 'n' -> numbered = true;
      case 's' -> silentFiles = true;
      case 'v' -> inverted = true;
      case 'w' -> wholeWords = true;
      case 'x' -> wholeLines = true;
      default -> {
        // -a: every input is taken as text anyway.
      }
    }
  }

  private void reportUnlessSilent(Report wanted) {
    if (report != Report.NOTHING) {
      report = wanted;
    }
  }

  private void addPattern(String pattern) {
    if (patternGiven) {
      patterns.append('\n');
    }
    patterns.append(pattern);
    patternGiven = true;
  }

  Syntax syntax() {
    return syntax;
  }

  Report report() {
    return report;
  }

  boolean folded() {
    return folded;
  }

  boolean inverted() {
    return inverted;
  }

  boolean numbered() {
    return numbered;
  }

  boolean wholeLines() {
    return wholeLines;
  }

  boolean wholeWords() {
    return wholeWords;
  }

  boolean silentFiles() {
    return silentFiles;
  }

  /// Returns after how many selected lines a file is left.
  long most() {
    return most;
  }

  /// Returns the patterns, one character for each byte.
  List<String> patterns() {
    String bytes = new String(Bytes.of(patterns.toString()), StandardCharsets.ISO_8859_1);
    return List.of(bytes.split("\n", -1));
  }

  List<String> files() {
    return files;
  }

  /// Returns whether lines are to say which file they are from.
  boolean namesFiles() {
    return withNames > 0 || withNames == 0 && files.size() > 1;
  }
}
