package org.gardenhose.shell.utility;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import org.gardenhose.shell.program.Failure;
import org.gardenhose.shell.program.Streams;
import org.gardenhose.shell.program.Utility;

/// `sort [-cCmu] [-bdfinrs] [-t byte] [-k key]... [-o file] [file...]`: writes the lines of all
/// files in order. The lines are held in memory.
///
/// Exit status: 0; 1 if `-c` or `-C` found disorder; 2 if something failed.
///
/// **Learned from.** POSIX.1-2024 XCU sort; GNU's `-s` and its last comparison by all bytes
final class Sort implements Utility {
  /// The separator of fields that are separated by blanks.
  static final int BLANKS = -1;

  private static final int TROUBLE = 2;

  private final SortKey.Rules rules = new SortKey.Rules();
  private final List<SortKey> keys = new ArrayList<>();
  private final LineStore lines = new LineStore();
  private boolean check;
  private boolean quietCheck;
  private boolean stable;
  private boolean unique;
  private int separator = BLANKS;
  private String outputName = "-";

  @Override
  public int troubleStatus() {
    return TROUBLE;
  }

  @Override
  public int run(List<String> argv, Streams io) throws IOException {
    Options options = new Options(argv, "bcCdfik:mno:rst:u");
    for (char o = options.next(); o != Options.END; o = options.next()) {
      option(o, options.value());
    }
    List<String> files = options.operands();
    if (check && files.size() > 1) {
      throw new Failure("extra operand '" + files.get(1) + "' not allowed with -c");
    }
    SortOrder order = order();
    // Unlike the others, sort gives up at the first file that fails: part of a sort is no use.
    for (String name : files.isEmpty() ? List.of("-") : files) {
      if (name.equals("-")) {
        lines.addAll(io.in());
      } else {
        try (var file = io.open(name)) {
          lines.addAll(file);
        }
      }
    }
    if (check) {
      return check(order, argv.getFirst(), files.isEmpty() ? "-" : files.getFirst(), io);
    }
    int[] sorted = LineSorter.sort(order, lines.count());
    if (outputName.equals("-")) {
      write(sorted, order, io.out());
    } else {
      try (OutputStream out = io.create(outputName, false)) {
        write(sorted, order, out);
      }
    }
    return 0;
  }

  private void option(char o, String value) throws Failure {
    switch (o) {
      case 'b' -> {
        rules.skipStartBlanks = true;
        rules.skipEndBlanks = true;
      }
      case 'c' -> check = true;
      case 'C' -> {
        check = true;
        quietCheck = true;
      }
      case 'k' -> keys.add(SortKeyParser.parse(value));
      case 'm' -> {
        // Sorted inputs are merged by sorting them: runs in order cost one pass.
      }
      case 'o' -> outputName = value;
      case 's' -> stable = true;
      case 't' -> separator = separator(value);
      case 'u' -> unique = true;
      default -> SortKeyParser.set(rules, o);
    }
  }

  private int separator(String value) throws Failure {
    byte[] bytes = value.equals("\\0") ? new byte[1] : Bytes.of(value);
    if (bytes.length != 1) {
      throw new Failure(bytes.length == 0 ? "empty tab" : "multi-character tab '" + value + "'");
    }
    if (separator != BLANKS && separator != (bytes[0] & 0xff)) {
      throw new Failure("incompatible tabs");
    }
    return bytes[0] & 0xff;
  }

  /// Returns the order: keys without options of their own take those given before all keys.
  private SortOrder order() throws Failure {
    List<SortKey> complete = new ArrayList<>();
    for (SortKey key : keys) {
      complete.add(key.rules().isPlain() ? inheriting(key) : key);
    }
    if (complete.isEmpty()) {
      complete.add(SortKey.wholeLine(rules));
    }
    for (SortKey key : complete) {
      SortKey.Rules its = key.rules();
      if (its.numeric && (its.dictionary || its.printable)) {
        throw new Failure("options '-" + (its.dictionary ? "d" : "i") + "n' are incompatible");
      }
    }
    return new SortOrder(lines, complete, separator, !stable && !unique, rules.reversed);
  }

  private SortKey inheriting(SortKey key) {
    SortKey.Place start =
        new SortKey.Place(key.start().field(), key.start().bytes(), rules.skipStartBlanks);
    SortKey.Place end =
        key.end().equals(SortKey.LINE_END)
            ? key.end()
            : new SortKey.Place(key.end().field(), key.end().bytes(), rules.skipEndBlanks);
    return new SortKey(start, end, rules);
  }

  private int check(SortOrder order, String utility, String file, Streams io) {
    for (int i = 1; i < lines.count(); i++) {
      int compared = order.compare(i - 1, i);
      if (compared > 0 || unique && compared == 0) {
        if (!quietCheck) {
          String line = new String(lines.bytes(i), lines.start(i), lines.length(i));
          io.complain(utility + ": " + file + ":" + (i + 1) + ": disorder: " + line);
        }
        return 1;
      }
    }
    return 0;
  }

  private void write(int[] sorted, SortOrder order, OutputStream to) throws IOException {
    Output out = new Output(to);
    for (int i = 0; i < sorted.length; i++) {
      int line = sorted[i];
      if (unique && i > 0 && order.compareKeys(sorted[i - 1], line) == 0) {
        continue;
      }
      out.write(lines.bytes(line), lines.start(line), lines.length(line));
      out.put('\n');
    }
    out.flush();
  }
}
