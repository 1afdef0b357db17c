package org.gardenhose.shell.utility;

import java.io.IOException;
import java.util.List;
import org.gardenhose.shell.program.Streams;
import org.gardenhose.shell.program.Utility;

/// `yes [word...]`: writes `y`, or the words, line after line until nobody reads any more.
///
/// **Learned from.** V7 yes(1)
final class Yes implements Utility {
  @Override
  public int run(List<String> argv, Streams io) throws IOException {
    Options options = new Options(argv, "");
    options.next();
    List<String> words = options.operands();
    byte[] line = Bytes.of((words.isEmpty() ? "y" : String.join(" ", words)) + "\n");
    byte[] block = new byte[Math.max(1, Output.BLOCK_BYTES / line.length) * line.length];
    for (int at = 0; at < block.length; at += line.length) {
      System.arraycopy(line, 0, block, at, line.length);
    }
    while (true) {
      io.out().write(block);
    }
  }
}
