package org.gardenhose.shell.utility;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.gardenhose.shell.program.Failure;
import org.gardenhose.shell.program.Streams;
import org.gardenhose.shell.program.Utility;

/// `cut -b list [file...]`, `cut -c list [file...]`, `cut -f list [-d byte] [-s] [file...]`: writes
/// the bytes or fields of each line that the list names, in their own order. `-s` leaves out lines
/// without the delimiter.
///
/// **Learned from.** POSIX.1-2024 XCU cut
final class Cut implements Utility {
  /// Positions from `first` to `last`, counted from 1.
  private record Range(long first, long last) {}

  private List<Range> ranges = List.of();
  private boolean fields;
  private byte delimiter = '\t';
  private boolean onlyDelimited;

  @Override
  public int run(List<String> argv, Streams io) throws IOException {
    Options options = new Options(argv, "b:c:f:d:ns");
    char kind = 0;
    boolean delimiterGiven = false;
    for (char o = options.next(); o != Options.END; o = options.next()) {
      switch (o) {
        case 'b', 'c', 'f' -> {
          if (kind != 0) {
            throw new Failure("only one type of list may be specified");
          }
          kind = o;
          ranges = ranges(options.value(), o == 'f');
        }
        case 'd' -> {
          delimiter = delimiter(options.value());
          delimiterGiven = true;
        }
        case 's' -> onlyDelimited = true;
        default -> {
          // -n keeps characters whole; here a character is a byte.
        }
      }
    }
    fields = kind == 'f';
    if (kind == 0) {
      throw new Failure("you must specify a list of bytes, characters, or fields");
    }
    if (!fields && (delimiterGiven || onlyDelimited)) {
      throw new Failure(
          delimiterGiven
              ? "an input delimiter may be specified only when operating on fields"
              : "suppressing non-delimited lines makes sense only when operating on fields");
    }
    Inputs inputs = new Inputs(argv.getFirst(), options.operands(), io);
    Output out = new Output(io.out());
    inputs.forEach((_, in) -> copy(in, out));
    out.flush();
    return inputs.failed() ? 1 : 0;
  }

  private static byte delimiter(String text) throws Failure {
    byte[] bytes = Bytes.of(text);
    if (bytes.length != 1) {
      throw new Failure("the delimiter must be a single character");
    }
    if (bytes[0] == '\n') {
      throw new Failure("a newline as the delimiter is not supported");
    }
    return bytes[0];
  }

  /// Reads a list, and returns it sorted and merged.
  private static List<Range> ranges(String list, boolean fields) throws Failure {
    List<Range> read = new ArrayList<>();
    for (String item : list.split("[, \t]", -1)) {
      read.add(range(item, fields));
    }
    read.sort(Comparator.comparingLong(Range::first));
    List<Range> merged = new ArrayList<>();
    for (Range range : read) {
      if (!merged.isEmpty() && range.first() <= merged.getLast().last()) {
        Range before = merged.removeLast();
        merged.add(new Range(before.first(), Math.max(before.last(), range.last())));
      } else {
        merged.add(range);
      }
    }
    return merged;
  }

  private static Range range(String item, boolean fields) throws Failure {
    String what = fields ? "invalid field value" : "invalid byte or character position";
    int dash = item.indexOf('-');
    if (item.equals("-")) {
      throw new Failure("invalid range with no endpoint: -");
    }
    String from = dash < 0 ? item : item.substring(0, dash);
    String to = dash < 0 ? item : item.substring(dash + 1);
    long first = dash == 0 ? 1 : item.isEmpty() ? 0 : Numbers.plain(from, what);
    long last = item.isEmpty() ? 0 : to.isEmpty() ? Long.MAX_VALUE : Numbers.plain(to, what);
    if (first == 0 || last == 0 && dash < 0) {
      throw new Failure(
          fields ? "fields are numbered from 1" : "byte/character positions are numbered from 1");
    }
    if (last < first) {
      throw new Failure("invalid decreasing range");
    }
    return new Range(first, last);
  }

  private void copy(InputStream in, Output out) throws IOException {
    LineReader lines = new LineReader(in, out);
    while (lines.next()) {
      if (!fields) {
        cutBytes(lines, out);
        out.put('\n');
      } else if (Bytes.indexOf(lines.buffer(), lines.start(), lines.end(), delimiter) >= 0) {
        cutFields(lines, out);
        out.put('\n');
      } else if (!onlyDelimited) {
        out.write(lines.buffer(), lines.start(), lines.length());
        out.put('\n');
      }
    }
  }

  private void cutBytes(LineReader lines, Output out) throws IOException {
    for (Range range : ranges) {
      if (range.first() > lines.length()) {
        return;
      }
      int from = lines.start() + (int) range.first() - 1;
      int to = lines.start() + (int) Math.min(range.last(), lines.length());
      out.write(lines.buffer(), from, to - from);
    }
  }

  private void cutFields(LineReader lines, Output out) throws IOException {
    byte[] buffer = lines.buffer();
    int end = lines.end();
    int at = lines.start();
    long field = 1;
    boolean wrote = false;
    for (Range range : ranges) {
      for (; field < range.first(); field++) {
        int next = Bytes.indexOf(buffer, at, end, delimiter);
        if (next < 0) {
          return;
        }
        at = next + 1;
      }
      int from = at;
      int to = end;
      boolean more = false;
      if (range.last() != Long.MAX_VALUE) {
        for (; field <= range.last(); field++) {
          int next = Bytes.indexOf(buffer, at, end, delimiter);
          more = next >= 0;
          if (!more) {
            break;
          }
          at = next + 1;
          to = next;
        }
        to = more ? to : end;
      }
      if (wrote) {
        out.put(delimiter);
      }
      out.write(buffer, from, to - from);
      wrote = true;
      if (!more) {
        return;
      }
    }
  }
}
