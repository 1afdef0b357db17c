package org.gardenhose.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.gardenhose.shell.program.Streams;
import org.gardenhose.sys.Kernel;
import org.gardenhose.sys.TraceOptions;
import org.gardenhose.transcript.Line;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Pipelines as processes of the in-JVM kernel.
@Timeout(60)
class TracedPipelineSpec {
  @TempDir Path directory;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final List<String> trace = new ArrayList<>();

  private Streams io(String input) {
    byte[] bytes = input.getBytes(StandardCharsets.UTF_8);
    return new Streams(new ByteArrayInputStream(bytes), out, err, directory);
  }

  private int run(Kernel kernel, String pipeline, String input) throws Exception {
    return new Shell("sh").run(pipeline, io(input), kernel);
  }

  private int run(String pipeline) throws Exception {
    return run(Kernel.parallel(), pipeline, "");
  }

  @Test
  void the_shell_makes_the_calls_that_the_article_shows() throws Exception {
    Kernel kernel = Kernel.parallel();
    Set<String> calls = Set.of("execve", "pipe", "dup2", "read", "write");
    kernel.trace(TraceOptions.ALL.only(calls), line -> trace.add(narrow(line)));

    assertThat(run(kernel, "echo hello | wc -c", "")).isZero();

    assertThat(out).hasToString("6\n");
    assertThat(trace)
        .startsWith(
            "[pid 1] execve(\"/bin/sh\", [\"sh\", \"-c\", \"echo hello | wc -c\"],"
                + " ADDR /* 0 vars */) = 0",
            "[pid 1] pipe([3, 4]) = 0")
        .contains(
            "[pid 2] dup2(4, 1) = 1",
            "[pid 3] dup2(3, 0) = 0",
            "[pid 3] write(1, \"6\\n\", 2) = 2");
    assertThat(String.join("\n", trace))
        .containsPattern("\\[pid 2] write\\(1, \"hello\\\\n\", 6")
        .containsPattern("\\[pid 3] (<... read resumed>|read\\(0, )\"hello\\\\n\", 65536\\) = 6");
  }

  private static String narrow(Line line) {
    return new Line(line.pid(), 0, line.event()).toString();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "seq 100000 | sort -rn | head -3",
        "cat | tr a-z A-Z | grep -c O",
        "yes | head -2",
        "echo a | false",
        "false | true",
        "grep nothing",
        "nonsense | wc -c",
        "head -c nonsense",
        "cat missing",
        "cat < missing",
        "echo x > out | wc -c",
        "echo 'unclosed",
        "> made",
        "yes | head -c 300000 | wc -c"
      })
  void a_pipeline_comes_to_the_same_as_without_the_kernel(String pipeline) throws Exception {
    String input = "hello\nworld\n";
    int expected = new Shell("sh").run(pipeline, io(input));
    String printed = out.toString() + err;
    out.reset();
    err.reset();

    int status = run(Kernel.parallel(), pipeline, input);

    assertThat(out.toString() + err).isEqualTo(printed);
    assertThat(status).isEqualTo(expected);
  }

  @Test
  void on_one_processor_too_it_ends() throws Exception {
    for (long seed = 0; seed < 30; seed++) {
      out.reset();

      assertThat(run(Kernel.seeded(seed), "yes | head -1000 | wc -l", "")).isZero();

      assertThat(out).hasToString("1000\n");
    }
  }

  @Test
  void redirections_go_to_files_of_the_host() throws Exception {
    Files.writeString(directory.resolve("in"), "b\na\n");

    assertThat(run("sort < in > out")).isZero();
    assertThat(run("echo c >> out")).isZero();

    assertThat(Files.readString(directory.resolve("out"))).isEqualTo("a\nb\nc\n");
  }

  @Test
  void a_writer_whose_reader_goes_is_ended_by_SIGPIPE_without_a_word() throws Exception {
    Kernel kernel = Kernel.parallel();
    kernel.trace(TraceOptions.ALL.only(Set.of("wait4")), line -> trace.add(narrow(line)));

    assertThat(run(kernel, "yes | head -1", "")).isZero();

    assertThat(err.size()).isZero();
    assertThat(trace).contains("[pid 2] +++ killed by SIGPIPE +++");
  }

  @Test
  void a_command_that_is_not_there_has_status_127() throws Exception {
    assertThat(run("nonsense")).isEqualTo(127);
    assertThat(err).hasToString("sh: nonsense: command not found\n");
  }
}
