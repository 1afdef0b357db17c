package org.gardenhose.shell.utility;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import org.gardenhose.shell.program.InputFile;
import org.gardenhose.shell.program.Streams;
import org.gardenhose.shell.program.Utility;

/// `cat [-nu] [file...]`: writes its inputs one after the other; `-n` numbers the lines.
///
/// From pipe to pipe it moves pages and copies nothing.
///
/// **Learned from.** POSIX.1-2024 XCU cat; GNU's `-n`
final class Cat implements Utility {
  private static final int NUMBER_WIDTH = 6;

  @Override
  public int run(List<String> argv, Streams io) throws IOException {
    Options options = new Options(argv, "nu");
    boolean numbered = false;
    for (char o = options.next(); o != Options.END; o = options.next()) {
      numbered |= o == 'n';
    }
    Inputs inputs = new Inputs(argv.getFirst(), options.operands(), io);
    if (numbered) {
      Output out = new Output(io.out());
      Numbering numbering = new Numbering(out);
      inputs.forEach((_, in) -> numbering.copy(in));
      out.flush();
    } else {
      inputs.forEach((_, in) -> copy(in, io.out()));
    }
    return inputs.failed() ? 1 : 0;
  }

  private static void copy(InputStream in, OutputStream out) throws IOException {
    if (!(in instanceof InputFile)) {
      in.transferTo(out);
      return;
    }
    byte[] block = new byte[Output.BLOCK_BYTES];
    for (int n = in.read(block); n >= 0; n = in.read(block)) {
      out.write(block, 0, n);
    }
  }

  /// Numbers lines; one that continues a line of the file before gets no number.
  private static final class Numbering {
    private final Output out;
    private long number;
    private boolean atLineStart = true;

    Numbering(Output out) {
      this.out = out;
    }

    void copy(InputStream in) throws IOException {
      LineReader lines = new LineReader(in, out);
      while (lines.next()) {
        if (atLineStart) {
          out.decimal(++number, NUMBER_WIDTH);
          out.put('\t');
        }
        out.write(lines.buffer(), lines.start(), lines.length());
        atLineStart = lines.terminated();
        if (atLineStart) {
          out.put('\n');
        }
      }
    }
  }
}
