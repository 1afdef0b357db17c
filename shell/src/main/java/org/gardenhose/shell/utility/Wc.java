package org.gardenhose.shell.utility;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.gardenhose.shell.program.InputFailure;
import org.gardenhose.shell.program.InputFile;
import org.gardenhose.shell.program.Streams;
import org.gardenhose.shell.program.Utility;

/// `wc [-clmw] [file...]`: counts newlines, words and bytes of each file, and adds them up. A word
/// is what stands between white space, whatever its bytes.
///
/// **Learned from.** POSIX.1-2024 XCU wc; GNU's width of columns
final class Wc implements Utility {
  /// Digits' room for an input whose size is not known beforehand.
  private static final int UNKNOWN_WIDTH = 7;

  /// Which columns are wanted.
  private record Columns(boolean lines, boolean words, boolean characters, boolean bytes) {
    int count() {
      return (lines ? 1 : 0) + (words ? 1 : 0) + (characters ? 1 : 0) + (bytes ? 1 : 0);
    }
  }

  /// The counts of one input, or of all.
  private static final class Counts {
    private long lines;
    private long words;
    private long bytes;

    void add(Counts other) {
      lines += other.lines;
      words += other.words;
      bytes += other.bytes;
    }
  }

  @Override
  public int run(List<String> argv, Streams io) throws IOException {
    Options options = new Options(argv, "clmw");
    StringBuilder given = new StringBuilder();
    for (char o = options.next(); o != Options.END; o = options.next()) {
      given.append(o);
    }
    String letters = given.isEmpty() ? "lwc" : given.toString();
    Columns columns =
        new Columns(
            letters.contains("l"),
            letters.contains("w"),
            letters.contains("m"),
            letters.contains("c"));
    List<String> files = options.operands();
    int width = width(files, columns, io);
    Output out = new Output(io.out());
    Counts total = new Counts();
    Inputs inputs = new Inputs(argv.getFirst(), files, io);
    for (String name : inputs.names()) {
      Counts counts = new Counts();
      inputs.one(
          name,
          (_, in) -> {
            count(in, columns, counts);
            print(counts, columns, width, files.isEmpty() ? "" : name, out);
          });
      if (io.isDirectory(name) && !name.equals("-")) {
        print(counts, columns, width, name, out);
      }
      total.add(counts);
    }
    if (inputs.names().size() > 1) {
      print(total, columns, width, "total", out);
    }
    out.flush();
    return inputs.failed() ? 1 : 0;
  }

  /// Returns how wide a column is: enough for the sizes of all files together, at least
  /// `UNKNOWN_WIDTH` if one of them is no regular file; 1 for a single number.
  private static int width(List<String> files, Columns columns, Streams io) {
    if (files.size() <= 1 && columns.count() == 1) {
      return 1;
    }
    int least = 1;
    long total = 0;
    for (String name : files.isEmpty() ? List.of("-") : files) {
      long size = -1;
      if (name.equals("-")) {
        size = io.in() instanceof InputFile file ? file.regularSize() : -1;
      } else {
        try (InputFile file = io.open(name)) {
          size = file.regularSize();
        } catch (InputFailure _) {
          if (!io.isDirectory(name)) {
            continue;
          }
        } catch (IOException _) {
          continue;
        }
      }
      total += Math.max(size, 0);
      least = size < 0 ? UNKNOWN_WIDTH : least;
    }
    return Math.max(least, Long.toString(total).length());
  }

  private static void count(InputStream in, Columns columns, Counts counts) throws IOException {
    byte[] block = new byte[Output.BLOCK_BYTES];
    boolean inWord = false;
    for (int n = in.read(block); n >= 0; n = in.read(block)) {
      counts.bytes += n;
      if (columns.lines()) {
        counts.lines += Bytes.count(block, 0, n, Bytes.NEWLINE);
      }
      if (columns.words() && n > 0) {
        counts.words += wordStarts(block, n, inWord);
        inWord = !Bytes.isSpace(block[n - 1]);
      }
    }
  }

  private static long wordStarts(byte[] block, int n, boolean inWord) {
    boolean inside = inWord;
    int starts = 0;
    for (int i = 0; i < n; i++) {
      boolean space = Bytes.isSpace(block[i]);
      starts += !space && !inside ? 1 : 0;
      inside = !space;
    }
    return starts;
  }

  private static void print(Counts counts, Columns columns, int width, String name, Output out)
      throws IOException {
    List<Long> numbers = new ArrayList<>();
    if (columns.lines()) {
      numbers.add(counts.lines);
    }
    if (columns.words()) {
      numbers.add(counts.words);
    }
    if (columns.characters()) {
      numbers.add(counts.bytes);
    }
    if (columns.bytes()) {
      numbers.add(counts.bytes);
    }
    for (int i = 0; i < numbers.size(); i++) {
      if (i > 0) {
        out.put(' ');
      }
      out.decimal(numbers.get(i), width);
    }
    out.text(name.isEmpty() ? "\n" : " " + name + "\n");
  }
}
