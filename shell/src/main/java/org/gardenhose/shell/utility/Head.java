package org.gardenhose.shell.utility;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.gardenhose.shell.program.Streams;
import org.gardenhose.shell.program.Utility;

/// `head [-n lines | -c bytes | -lines] [-qv] [file...]`: writes the first ten lines of each file,
/// or as many lines or bytes as it is told; with a `-` before the number, all but so many at the
/// end.
///
/// **Learned from.** POSIX.1-2024 XCU head; GNU's `-c`, `-q`, `-v` and negative numbers
final class Head implements Utility {
  @Override
  public int run(List<String> argv, Streams io) throws IOException {
    Options options = new Options(argv, "#n:c:qv");
    Headings headings = new Headings(io.out());
    boolean bytes = false;
    boolean butLast = false;
    long count = 10;
    for (char o = options.next(); o != Options.END; o = options.next()) {
      switch (o) {
        case 'q' -> headings.never();
        case 'v' -> headings.always();
        case '#' -> {
          count = Numbers.count(options.value(), "invalid number of lines");
          bytes = false;
          butLast = false;
        }
        default -> {
          bytes = o == 'c';
          butLast = options.value().startsWith("-");
          count =
              Numbers.count(
                  butLast ? options.value().substring(1) : options.value(),
                  "invalid number of " + (bytes ? "bytes" : "lines"));
        }
      }
    }
    long amount = count;
    boolean ofBytes = bytes;
    boolean ofEnd = butLast;
    Inputs inputs = new Inputs(argv.getFirst(), options.operands(), io);
    inputs.forEach(
        (name, in) -> {
          headings.write(name, inputs.names().size());
          write(in, io, amount, ofBytes, ofEnd);
        });
    return inputs.failed() ? 1 : 0;
  }

  private static void write(InputStream in, Streams io, long count, boolean bytes, boolean butLast)
      throws IOException {
    if (butLast) {
      if (bytes) {
        allButLastBytes(in, io, count);
      } else {
        allButLastLines(in, io, count);
      }
    } else if (bytes) {
      firstBytes(in, io, count);
    } else {
      firstLines(in, io, count);
    }
  }

  private static void firstBytes(InputStream in, Streams io, long count) throws IOException {
    byte[] block = new byte[Output.BLOCK_BYTES];
    long left = count;
    while (left > 0) {
      int n = in.read(block, 0, (int) Math.min(block.length, left));
      if (n < 0) {
        return;
      }
      io.out().write(block, 0, n);
      left -= n;
    }
  }

  private static void firstLines(InputStream in, Streams io, long count) throws IOException {
    byte[] block = new byte[Output.BLOCK_BYTES];
    long left = count;
    while (left > 0) {
      int n = in.read(block);
      if (n < 0) {
        return;
      }
      int end = 0;
      while (left > 0 && end < n) {
        int newline = Bytes.indexOf(block, end, n, Bytes.NEWLINE);
        end = newline < 0 ? n : newline + 1;
        left -= newline < 0 ? 0 : 1;
      }
      io.out().write(block, 0, end);
    }
  }

  private static void allButLastBytes(InputStream in, Streams io, long count) throws IOException {
    Output out = new Output(io.out());
    Deque<byte[]> held = new ArrayDeque<>();
    long size = 0;
    byte[] block = new byte[Output.BLOCK_BYTES];
    for (int n = in.read(block); n >= 0; n = in.read(block)) {
      held.add(Arrays.copyOf(block, n));
      size += n;
      while (!held.isEmpty() && size - held.getFirst().length >= count) {
        byte[] first = held.removeFirst();
        size -= first.length;
        out.write(first);
      }
    }
    for (byte[] part : held) {
      long spare = Math.min(part.length, size - count);
      if (spare > 0) {
        out.write(part, 0, (int) spare);
        size -= spare;
      }
    }
    out.flush();
  }

  private static void allButLastLines(InputStream in, Streams io, long count) throws IOException {
    Output out = new Output(io.out());
    LineReader lines = new LineReader(in, out);
    Deque<byte[]> held = new ArrayDeque<>();
    while (lines.next()) {
      int length = lines.length() + (lines.terminated() ? 1 : 0);
      if (count == 0) {
        out.write(lines.buffer(), lines.start(), length);
        continue;
      }
      if (held.size() == count) {
        out.write(held.removeFirst());
      }
      byte[] line = new byte[length];
      System.arraycopy(lines.buffer(), lines.start(), line, 0, length);
      held.add(line);
    }
    out.flush();
  }
}
