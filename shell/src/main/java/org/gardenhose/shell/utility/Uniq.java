package org.gardenhose.shell.utility;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;
import org.gardenhose.shell.program.Streams;
import org.gardenhose.shell.program.Utility;

/// `uniq [-cdiu] [-f fields] [-s bytes] [-w bytes] [input [output]]`: writes one line for each run
/// of equal lines. `-c` puts the count before it, `-d` leaves out what is there once, `-u` what is
/// repeated; `-i` ignores case; `-f` and `-s` skip what is not compared, `-w` says how much is.
///
/// **Learned from.** POSIX.1-2024 XCU uniq; GNU's format of counts, `-i` and `-w`
final class Uniq implements Utility {
  private static final int COUNT_WIDTH = 7;

  /// What is compared, and what is written.
  private record Rules(
      boolean counted,
      boolean single,
      boolean repeated,
      boolean folded,
      long fields,
      long skipped,
      long compared) {}

  @Override
  public int run(List<String> argv, Streams io) throws IOException {
    Options options = new Options(argv, "cdiuf:s:w:");
    boolean counted = false;
    boolean single = true;
    boolean repeated = true;
    boolean folded = false;
    long fields = 0;
    long skipped = 0;
    long compared = Long.MAX_VALUE;
    for (char o = options.next(); o != Options.END; o = options.next()) {
      switch (o) {
        case 'c' -> counted = true;
        case 'd' -> single = false;
        case 'i' -> folded = true;
        case 'u' -> repeated = false;
        case 'f' -> fields = Numbers.plain(options.value(), "invalid number of fields to skip");
        case 's' -> skipped = Numbers.plain(options.value(), "invalid number of bytes to skip");
        default -> compared = Numbers.plain(options.value(), "invalid number of bytes to compare");
      }
    }
    Rules rules = new Rules(counted, single, repeated, folded, fields, skipped, compared);
    List<String> files = options.operands(2);
    String from = files.isEmpty() ? "-" : files.getFirst();
    String to = files.size() < 2 ? "-" : files.getLast();
    if (from.equals("-")) {
      filterTo(to, rules, io.in(), io);
    } else {
      try (InputStream in = io.open(from)) {
        filterTo(to, rules, in, io);
      }
    }
    return 0;
  }

  private static void filterTo(String to, Rules rules, InputStream in, Streams io)
      throws IOException {
    if (to.equals("-")) {
      filter(rules, in, io.out());
    } else {
      try (OutputStream out = io.create(to, false)) {
        filter(rules, in, out);
      }
    }
  }

  private static void filter(Rules rules, InputStream in, OutputStream to) throws IOException {
    Output out = new Output(to);
    LineReader lines = new LineReader(in, out);
    byte[] kept = new byte[256];
    int length = 0;
    long count = 0;
    while (lines.next()) {
      if (count > 0 && same(rules, kept, length, lines)) {
        count++;
        continue;
      }
      report(rules, kept, length, count, out);
      if (kept.length < lines.length()) {
        kept = new byte[Math.max(lines.length(), 2 * kept.length)];
      }
      length = lines.length();
      System.arraycopy(lines.buffer(), lines.start(), kept, 0, length);
      count = 1;
    }
    report(rules, kept, length, count, out);
    out.flush();
  }

  private static void report(Rules rules, byte[] line, int length, long count, Output out)
      throws IOException {
    if (count == 0 || !(count == 1 ? rules.single() : rules.repeated())) {
      return;
    }
    if (rules.counted()) {
      out.decimal(count, COUNT_WIDTH);
      out.put(' ');
    }
    out.write(line, 0, length);
    out.put('\n');
  }

  private static boolean same(Rules rules, byte[] kept, int length, LineReader lines) {
    byte[] bytes = lines.buffer();
    int keptFrom = comparedFrom(rules, kept, 0, length);
    int from = comparedFrom(rules, bytes, lines.start(), lines.end());
    int keptTo = comparedTo(rules, keptFrom, length);
    int to = comparedTo(rules, from, lines.end());
    if (!rules.folded()) {
      return Arrays.equals(kept, keptFrom, keptTo, bytes, from, to);
    }
    if (keptTo - keptFrom != to - from) {
      return false;
    }
    for (int i = 0; i < to - from; i++) {
      if (Bytes.toUpper(kept[keptFrom + i]) != Bytes.toUpper(bytes[from + i])) {
        return false;
      }
    }
    return true;
  }

  private static int comparedFrom(Rules rules, byte[] bytes, int start, int end) {
    int at = start;
    for (long field = 0; field < rules.fields() && at < end; field++) {
      while (at < end && Bytes.isBlank(bytes[at])) {
        at++;
      }
      while (at < end && !Bytes.isBlank(bytes[at])) {
        at++;
      }
    }
    return (int) Math.min(end, at + Math.min(rules.skipped(), end));
  }

  private static int comparedTo(Rules rules, int from, int end) {
    return (int) Math.min(end, from + Math.min(rules.compared(), end));
  }
}
