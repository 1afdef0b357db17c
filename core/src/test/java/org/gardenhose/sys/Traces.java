package org.gardenhose.sys;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.gardenhose.abi.Program;
import org.gardenhose.abi.Sys;
import org.gardenhose.transcript.Line;

/// Traces of small programs.
final class Traces {
  private Traces() {}

  /// Runs `program` and returns its trace, with ` = ` where it would stand in a narrow window.
  static List<String> trace(Kernel kernel, TraceOptions options, Program program) {
    List<Line> lines = new ArrayList<>();
    kernel.trace(options, lines::add);
    try {
      kernel.run(program);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    return lines.stream().map(Traces::narrow).toList();
  }

  static String narrow(Line line) {
    return new Line(line.pid(), 0, line.event()).toString();
  }

  static List<String> trace(Program program) {
    return trace(Kernel.seeded(1), TraceOptions.ALL, program);
  }

  /// The lines that process 1 has without its end.
  static List<String> callsOf(Program program) {
    return trace(program).stream()
        .filter(line -> line.startsWith("[pid 1] "))
        .map(line -> line.substring("[pid 1] ".length()))
        .filter(line -> !line.startsWith("exit_group") && !line.startsWith("+++"))
        .toList();
  }

  static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  static ByteBuffer room(int size) {
    return ByteBuffer.allocate(size);
  }

  static int[] pipe(Sys sys) {
    int[] fds = new int[2];
    sys.pipe(fds);
    return fds;
  }
}
