package org.gardenhose.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.gardenhose.abi.FileAbi;
import org.gardenhose.abi.Program;
import org.gardenhose.abi.Sys;
import org.gardenhose.shell.program.Streams;
import org.gardenhose.sys.DeadlockException;
import org.gardenhose.sys.Kernel;
import org.gardenhose.sys.TraceOptions;
import org.gardenhose.transcript.Line;
import org.gardenhose.transcript.Transcript;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Runs whose traces are documents, in `spec/golden`: what they show, the seed, what would be a
/// bug.
///
/// `-Dgolden.write=true` writes them anew; the change is to be read as the diff that it is.
@Timeout(60)
class GoldenTraceSpec {
  private static final long SEED = 1;
  private static final boolean WRITE = Boolean.getBoolean("golden.write");

  /// A run on a kernel that is traced; returns what is to be said at the end, one comment each.
  private interface Run {
    List<String> on(Kernel kernel) throws Exception;
  }

  private static Path file(String name) {
    Path here = Path.of("").toAbsolutePath();
    Path root = here.endsWith("shell") ? here.getParent() : here;
    return root.resolve("spec/golden").resolve(name + ".trace");
  }

  private static void golden(String name, String shows, String bug, Run run) throws Exception {
    List<Line> lines = new ArrayList<>();
    Kernel kernel = Kernel.seeded(SEED);
    kernel.trace(TraceOptions.ALL.withFiles(), lines::add);
    List<String> last = run.on(kernel);

    StringBuilder text = new StringBuilder();
    text.append("# Shows: ").append(shows).append("\n# Seed: ").append(SEED);
    text.append("\n# A bug: ").append(bug).append('\n').append(Transcript.print(lines));
    last.forEach(line -> text.append("# ").append(line).append('\n'));
    if (WRITE) {
      Files.writeString(file(name), text);
    }
    assertThat(Files.readString(file(name))).isEqualTo(text.toString());
    assertThat(Transcript.parse(name, text.toString())).hasSizeGreaterThan(lines.size());
  }

  private static List<String> program(Kernel kernel, Program program) throws InterruptedException {
    kernel.run(program);
    return List.of();
  }

  @Test
  void a_shell_joins_echo_and_wc() throws Exception {
    golden(
        "echo-wc",
        "echo hello | wc -c, as the shell makes it of pipe, fork, dup2, close, execve and wait4",
        "wc reads the end of the file before echo's bytes, or never; its output is not 6",
        kernel -> {
          ByteArrayOutputStream out = new ByteArrayOutputStream();
          ByteArrayInputStream in = new ByteArrayInputStream(new byte[0]);
          Streams io = new Streams(in, out, out, Path.of(""));
          assertThat(new Shell("sh").run("echo hello | wc -c", io, kernel)).isZero();
          assertThat(out).hasToString("6\n");
          return List.of();
        });
  }

  @Test
  void SIGPIPE_ends_a_writer_whose_reader_has_gone() throws Exception {
    golden(
        "sigpipe",
        "a reader takes one byte and goes; the writer that fills the pipe gets SIGPIPE",
        "the writer waits for ever, is not killed, or its parent hears of another signal",
        kernel -> program(kernel, GoldenTraceSpec::readerGoes));
  }

  private static int readerGoes(Sys sys, List<String> argv) {
    int[] fds = new int[2];
    sys.pipe(fds);
    sys.fork(
        child -> {
          child.close(fds[0]);
          while (child.write(fds[1], ByteBuffer.allocate(40_000)) > 0) {
            child.schedYield();
          }
          return 0;
        });
    sys.close(fds[1]);
    sys.read(fds[0], ByteBuffer.allocate(1));
    sys.close(fds[0]);
    sys.wait(new int[1]);
    return 0;
  }

  @Test
  void a_reader_that_holds_the_write_end_waits_for_ever() throws Exception {
    golden(
        "deadlock",
        "a child reads a pipe whose write end it forgot to close: nobody can ever run again",
        "the run ends by itself, or the reason at the end is another",
        kernel -> {
          try {
            kernel.run(GoldenTraceSpec::forgottenWriteEnd);
            return List.of("no deadlock");
          } catch (DeadlockException e) {
            return e.reasons();
          }
        });
  }

  private static int forgottenWriteEnd(Sys sys, List<String> argv) {
    int[] fds = new int[2];
    sys.pipe(fds);
    sys.fork(
        child -> {
          child.read(fds[0], ByteBuffer.allocate(1));
          return 0;
        });
    sys.close(fds[0]);
    sys.close(fds[1]);
    sys.wait(new int[1]);
    return 0;
  }

  @Test
  void the_ends_of_a_FIFO_wait_for_each_other() throws Exception {
    golden(
        "fifo",
        "whoever opens a FIFO first waits until the other end is opened",
        "an open returns while nobody has the other end, or the reader misses the message",
        kernel -> program(kernel, GoldenTraceSpec::rendezvous));
  }

  private static int rendezvous(Sys sys, List<String> argv) {
    sys.mkfifo("/fifo", 0600);
    sys.fork(
        child -> {
          long fd = child.open("/fifo", FileAbi.O_WRONLY);
          byte[] message = "hello\n".getBytes(StandardCharsets.US_ASCII);
          child.write((int) fd, ByteBuffer.wrap(message));
          return 0;
        });
    int fd = (int) sys.open("/fifo", FileAbi.O_RDONLY);
    ByteBuffer memory = ByteBuffer.allocate(100);
    while (sys.read(fd, memory) > 0) {
      sys.schedYield();
    }
    sys.wait(new int[1]);
    sys.unlink("/fifo");
    return 0;
  }

  @Test
  void every_golden_trace_opens_with_what_it_shows_the_seed_and_what_would_be_a_bug()
      throws IOException {
    try (var files = Files.list(file("x").getParent())) {
      assertThat(files.filter(file -> file.toString().endsWith(".trace")))
          .isNotEmpty()
          .allSatisfy(
              file ->
                  assertThat(Files.readString(file))
                      .matches("(?s)# Shows: .*\\n# Seed: \\d+\\n# A bug: [^\\n]+\\n\\[pid 1] .*"));
    }
  }
}
