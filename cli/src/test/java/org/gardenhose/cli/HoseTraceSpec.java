package org.gardenhose.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.gardenhose.shell.program.Streams;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// `hose trace`: its arguments, and what goes where.
@Timeout(60)
class HoseTraceSpec {
  @TempDir Path directory;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int hose(String... args) {
    ByteArrayInputStream in = new ByteArrayInputStream("a\nb\n".getBytes());
    return Main.run(args, new Streams(in, out, err, directory));
  }

  @Test
  void the_trace_goes_to_standard_error_and_the_output_to_standard_output() {
    int status = hose("trace", "-e", "execve,pipe,dup2,read,write", "echo hello | wc -c");

    assertThat(status).isZero();
    assertThat(out).hasToString("6\n");
    assertThat(err.toString().lines())
        .startsWith(
            "[pid 1] execve(\"/bin/sh\", [\"sh\", \"-c\", \"echo hello | wc -c\"],"
                + " ADDR /* 0 vars */) = 0",
            "[pid 1] pipe([3, 4])                    = 0")
        .contains(
            "[pid 2] dup2(4, 1)                      = 1",
            "[pid 3] dup2(3, 0)                      = 0")
        .endsWith("[pid 1] +++ exited with 0 +++");
  }

  @Test
  void it_can_go_to_a_file() throws IOException {
    assertThat(hose("trace", "-y", "-s", "2", "-e", "trace=write", "-o", "log", "tr a-z A-Z"))
        .isZero();

    assertThat(out).hasToString("A\nB\n");
    assertThat(err.size()).isZero();
    assertThat(Files.readString(directory.resolve("log")))
        .containsPattern("write\\(1<channel:\\[\\d+]>, \"A\\\\n\"\\.\\.\\., 4\\)");
  }

  @Test
  void the_same_seed_gives_the_same_trace() {
    hose("trace", "--seed", "5", "yes | head -3 | wc -l");
    String first = err.toString();
    err.reset();

    hose("trace", "--seed", "5", "yes | head -3 | wc -l");

    assertThat(err).hasToString(first);
  }

  @Test
  void the_status_is_the_pipeline_s() {
    assertThat(hose("trace", "-e", "pipe", "true | false")).isEqualTo(1);
    assertThat(hose("trace", "-e", "pipe", "nonsense")).isEqualTo(127);
    assertThat(hose("trace", "echo 'a")).isEqualTo(2);
  }

  @Test
  void arguments_that_make_no_sense_are_refused_in_one_sentence() {
    assertThat(hose("trace")).isEqualTo(2);
    assertThat(hose("trace", "echo", "a")).isEqualTo(2);
    assertThat(hose("trace", "-e", "raed", "echo a")).isEqualTo(2);
    assertThat(hose("trace", "-s", "x", "echo a")).isEqualTo(2);
    assertThat(hose("trace", "-s", "-1", "echo a")).isEqualTo(2);
    assertThat(err.toString().lines())
        .hasSize(5)
        .allSatisfy(line -> assertThat(line).startsWith("hose").contains("; see 'hose"));
    assertThat(err.toString()).contains("'raed' is the name of no call");
  }

  @Test
  void a_file_that_cannot_be_written_is_named() {
    assertThat(hose("trace", "-o", "none/log", "echo a")).isEqualTo(1);
    assertThat(err).hasToString("hose: none/log: No such file or directory\n");
  }

  @Test
  void help_says_how_it_is_used() {
    assertThat(hose("trace", "--help")).isZero();
    assertThat(out.toString()).startsWith("Usage: hose trace").contains("--seed");
  }
}
