package org.gardenhose.shell.utility;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.gardenhose.shell.program.InputFile;
import org.gardenhose.shell.program.Streams;
import org.gardenhose.shell.program.Utility;

/// `tail [-n lines | -c bytes | -lines] [-qv] [file...]`: writes the last ten lines of each file,
/// or as many lines or bytes as it is told; with a `+` before the number, all from that line or
/// byte on.
///
/// **Learned from.** POSIX.1-2024 XCU tail; GNU's `-q`, `-v` and several files
final class Tail implements Utility {
  /// A block of the input that is held back.
  private record Block(byte[] bytes, long newlines) {
    boolean endsLine() {
      return bytes[bytes.length - 1] == Bytes.NEWLINE;
    }
  }

  @Override
  public int run(List<String> argv, Streams io) throws IOException {
    Options options = new Options(argv, "#n:c:qv");
    Headings headings = new Headings(io.out());
    boolean bytes = false;
    boolean fromStart = false;
    long count = 10;
    for (char o = options.next(); o != Options.END; o = options.next()) {
      switch (o) {
        case 'q' -> headings.never();
        case 'v' -> headings.always();
        default -> {
          String value = options.value();
          bytes = o == 'c';
          fromStart = o != '#' && value.startsWith("+");
          boolean signed = fromStart || o != '#' && value.startsWith("-");
          count =
              Numbers.count(
                  signed ? value.substring(1) : value,
                  "invalid number of " + (bytes ? "bytes" : "lines"));
        }
      }
    }
    long amount = count;
    boolean ofBytes = bytes;
    boolean ofStart = fromStart;
    Inputs inputs = new Inputs(argv.getFirst(), options.operands(), io);
    inputs.forEach(
        (name, in) -> {
          headings.write(name, inputs.names().size());
          write(in, io, amount, ofBytes, ofStart);
        });
    return inputs.failed() ? 1 : 0;
  }

  private static void write(
      InputStream in, Streams io, long count, boolean bytes, boolean fromStart) throws IOException {
    if (!fromStart) {
      if (in instanceof InputFile file && bytes) {
        skipTo(file, count);
      }
      last(in, io, count, bytes);
    } else {
      from(in, io, Math.max(0, count - 1), bytes);
    }
  }

  /// Leaves out what is certainly before the last `count` bytes of a file that has a size.
  private static void skipTo(InputFile file, long count) throws IOException {
    long size = file.regularSize();
    if (size < 0) {
      return;
    }
    long before = size - file.getChannel().position() - count;
    if (before > Output.BLOCK_BYTES) {
      file.skip(before - Output.BLOCK_BYTES);
    }
  }

  /// Leaves out `count` lines or bytes and copies the rest.
  private static void from(InputStream in, Streams io, long count, boolean bytes)
      throws IOException {
    byte[] block = new byte[Output.BLOCK_BYTES];
    long left = count;
    for (int n = in.read(block); n >= 0; n = in.read(block)) {
      int start = 0;
      if (bytes) {
        start = (int) Math.min(left, n);
        left -= start;
      } else {
        while (left > 0 && start < n) {
          int newline = Bytes.indexOf(block, start, n, Bytes.NEWLINE);
          start = newline < 0 ? n : newline + 1;
          left -= newline < 0 ? 0 : 1;
        }
      }
      if (start < n) {
        io.out().write(block, start, n - start);
      }
    }
  }

  /// Holds back no more blocks than the last `count` lines or bytes need, and writes those.
  private static void last(InputStream in, Streams io, long count, boolean bytes)
      throws IOException {
    Deque<Block> held = new ArrayDeque<>();
    long total = 0;
    byte[] block = new byte[Output.BLOCK_BYTES];
    for (int n = in.read(block); n >= 0; n = in.read(block)) {
      if (n == 0) {
        continue;
      }
      long newlines = Bytes.count(block, 0, n, Bytes.NEWLINE);
      held.add(new Block(Arrays.copyOf(block, n), newlines));
      total += bytes ? n : newlines;
      // One more than asked for is kept: the newline in front of the first line wanted.
      while (total - size(held.getFirst(), bytes) > count) {
        total -= size(held.removeFirst(), bytes);
      }
    }
    if (held.isEmpty() || count == 0) {
      return;
    }
    if (!bytes && !held.getLast().endsLine()) {
      total++;
    }
    long extra = Math.max(0, total - count);
    from(new Blocks(held), io, extra, bytes);
  }

  private static long size(Block block, boolean bytes) {
    return bytes ? block.bytes().length : block.newlines();
  }

  /// The held blocks as an input.
  private static final class Blocks extends InputStream {
    private final Deque<Block> blocks;

    Blocks(Deque<Block> blocks) {
      this.blocks = blocks;
    }

    @Override
    public int read() {
      throw new UnsupportedOperationException("only whole blocks are read");
    }

    @Override
    public int read(byte[] bytes, int offset, int length) {
      if (blocks.isEmpty()) {
        return -1;
      }
      byte[] block = blocks.removeFirst().bytes();
      System.arraycopy(block, 0, bytes, offset, block.length);
      return block.length;
    }
  }
}
