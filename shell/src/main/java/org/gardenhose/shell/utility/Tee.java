package org.gardenhose.shell.utility;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import org.gardenhose.shell.program.Failure;
import org.gardenhose.shell.program.Streams;
import org.gardenhose.shell.program.Utility;

/// `tee [-a] [file...]`: copies standard input to standard output and into the files; `-a` writes
/// at their ends. A file that fails is complained of and left; the others go on.
///
/// **Learned from.** POSIX.1-2024 XCU tee
final class Tee implements Utility {
  /// A file being written.
  private record Target(String name, OutputStream out) {}

  @Override
  public int run(List<String> argv, Streams io) throws IOException {
    Options options = new Options(argv, "a");
    boolean append = false;
    for (char o = options.next(); o != Options.END; o = options.next()) {
      append |= o == 'a';
    }
    List<Target> targets = new ArrayList<>();
    boolean failed = false;
    for (String name : options.operands()) {
      try {
        targets.add(new Target(name, io.create(name, append)));
      } catch (Failure e) {
        io.complain(argv.getFirst() + ": " + e.sentence());
        failed = true;
      }
    }
    try {
      failed |= copy(argv.getFirst(), io, targets);
    } finally {
      for (Target target : targets) {
        target.out().close();
      }
    }
    return failed ? 1 : 0;
  }

  private static boolean copy(String utility, Streams io, List<Target> targets) throws IOException {
    boolean failed = false;
    byte[] block = new byte[Output.BLOCK_BYTES];
    for (int n = io.in().read(block); n >= 0; n = io.in().read(block)) {
      io.out().write(block, 0, n);
      for (Target target : List.copyOf(targets)) {
        try {
          target.out().write(block, 0, n);
        } catch (Failure e) {
          io.complain(utility + ": " + target.name() + ": " + e.sentence());
          targets.remove(target);
          target.out().close();
          failed = true;
        }
      }
    }
    return failed;
  }
}
