package org.gardenhose.bench.measure;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.gardenhose.shell.Shell;
import org.gardenhose.shell.program.Streams;

/// `yes | head -c COUNT | wc -c` by the shell and its utilities: how many bytes a second go through
/// the whole chain?
///
/// The last stage keeps none of them: it is the null sink, and says how many there were.
final class ShellChain {
  private ShellChain() {}

  /// Runs the chain again and again for that long and returns MiB a second.
  ///
  /// @param count bytes that go through one chain
  /// @throws IllegalStateException if they are not what comes out
  static double run(long count, long nanos) {
    long began = Stopwatch.nanos();
    long spent = 0;
    long total = 0;
    while (spent < nanos) {
      pass(count);
      total += count;
      spent = Stopwatch.nanos() - began;
    }
    return total / Transfer.MIB / (spent / 1e9);
  }

  private static void pass(long count) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Streams io = new Streams(new ByteArrayInputStream(new byte[0]), out, System.err, Path.of(""));
    int status = new Shell("bench").run("yes | head -c " + count + " | wc -c", io);
    String counted = out.toString(StandardCharsets.UTF_8).strip();
    if (status != 0 || !counted.equals(Long.toString(count))) {
      throw new IllegalStateException(count + " bytes were wanted, " + counted + " came out");
    }
  }
}
