package org.gardenhose.shell.utility;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.gardenhose.shell.program.Streams;
import org.gardenhose.shell.program.Utility;

/// `grep [-EFG] [-chHilLmnqsvwx] [-e pattern | pattern] [file...]`: writes the lines that match one
/// of the patterns. Every input is text, also one with NUL bytes.
///
/// Exit status: 0 if a line was selected, 1 if none was, 2 if something failed.
///
/// **Learned from.** POSIX.1-2024 XCU grep; GNU's `-h -H -L -m -w`
final class Grep implements Utility {
  private static final int TROUBLE = 2;

  @Override
  public int troubleStatus() {
    return TROUBLE;
  }

  @Override
  public int run(List<String> argv, Streams io) throws IOException {
    GrepOptions options = GrepOptions.parse(argv);
    Search search = new Search(options, new Output(io.out()));
    Inputs inputs = new Inputs(argv.getFirst(), options.files(), io);
    if (options.silentFiles()) {
      inputs.quiet();
    }
    for (String name : inputs.names()) {
      inputs.one(name, search::search);
      if (search.decided()) {
        return 0;
      }
    }
    search.flush();
    if (inputs.failed()) {
      return TROUBLE;
    }
    return search.successful() ? 0 : 1;
  }

  /// The search through one file after the other.
  private static final class Search {
    private final GrepOptions options;
    private final LineMatcher matcher;
    private final Output out;
    private byte[] prefix = new byte[0];
    private long lineNumber;
    private long selected;
    private boolean successful;

    Search(GrepOptions options, Output out) throws IOException {
      this.options = options;
      this.matcher = new LineMatcher(options);
      this.out = out;
    }

    boolean successful() {
      return successful;
    }

    /// Returns whether no further file can change anything.
    boolean decided() {
      return successful && options.report() == GrepOptions.Report.NOTHING;
    }

    void flush() throws IOException {
      out.flush();
    }

    void search(String name, InputStream in) throws IOException {
      String shown = name.equals("-") ? "(standard input)" : name;
      prefix = options.namesFiles() ? Bytes.of(shown + ":") : new byte[0];
      lineNumber = 1;
      selected = 0;
      LineReader lines = new LineReader(in, out);
      while (!done() && lines.nextBlock()) {
        String block = block(lines);
        matcher.block(block);
        searchBlock(lines, block);
      }
      boolean any = selected > 0;
      switch (options.report()) {
        case COUNT -> {
          out.write(prefix);
          out.decimal(selected, 0);
          out.put('\n');
        }
        case NAME_IF_ANY -> nameIf(any, shown);
        case NAME_IF_NONE -> nameIf(!any, shown);
        case LINES, NOTHING -> {
          // Nothing is said about the file as a whole.
        }
      }
      successful |= any;
    }

    private void nameIf(boolean wanted, String name) throws IOException {
      if (wanted) {
        out.text(name + "\n");
      }
    }

    /// Returns whether the rest of the file is of no interest.
    private boolean done() {
      return selected >= options.most()
          || selected > 0
              && switch (options.report()) {
                case LINES, COUNT -> false;
                case NAME_IF_ANY, NAME_IF_NONE, NOTHING -> true;
              };
    }

    private static String block(LineReader lines) {
      String block =
          new String(lines.buffer(), lines.start(), lines.length(), StandardCharsets.ISO_8859_1);
      return lines.terminated() ? block : block + "\n";
    }

    private void searchBlock(LineReader lines, String block) throws IOException {
      int at = 0;
      while (at < block.length() && !done()) {
        int found = matcher.find(at);
        int lineStart = found == block.length() ? found : block.lastIndexOf('\n', found - 1) + 1;
        // A match of nothing at the end of a line is in that line, not in the one behind it.
        if (lineStart < at) {
          lineStart = at;
        }
        int lineEnd = found == block.length() ? found : block.indexOf('\n', found) + 1;
        passOver(lines, block, at, lineStart);
        if (lineStart < lineEnd && !done()) {
          line(lines, lineStart, lineEnd, !options.inverted());
        }
        at = lineEnd;
      }
    }

    /// Does lines without a match.
    private void passOver(LineReader lines, String block, int from, int to) throws IOException {
      if (!options.inverted()) {
        if (options.numbered()) {
          lineNumber +=
              Bytes.count(lines.buffer(), lines.start() + from, lines.start() + to, Bytes.NEWLINE);
        }
        return;
      }
      int at = from;
      while (at < to && !done()) {
        int end = block.indexOf('\n', at) + 1;
        line(lines, at, end, true);
        at = end;
      }
    }

    private void line(LineReader lines, int from, int to, boolean wanted) throws IOException {
      if (wanted) {
        selected++;
        if (options.report() == GrepOptions.Report.LINES) {
          write(lines, from, to);
        }
      }
      lineNumber++;
    }

    private void write(LineReader lines, int from, int to) throws IOException {
      out.write(prefix);
      if (options.numbered()) {
        out.decimal(lineNumber, 0);
        out.put(':');
      }
      out.write(lines.buffer(), lines.start() + from, to - 1 - from);
      out.put('\n');
    }
  }
}
