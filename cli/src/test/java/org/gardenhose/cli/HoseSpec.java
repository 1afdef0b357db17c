package org.gardenhose.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import org.gardenhose.shell.program.Streams;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// `hose`: its arguments, and how its process meets the world.
@Timeout(60)
class HoseSpec {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int hose(String... args) {
    ByteArrayInputStream in = new ByteArrayInputStream(new byte[0]);
    return Main.run(args, new Streams(in, out, err, HoseProcess.root()));
  }

  @Test
  void McIlroys_word_count_is_what_GNUs_tools_give() throws IOException {
    String pipeline =
        """
        cat samples/garden-hose.txt | tr -cs A-Za-z "\\n" | tr A-Z a-z | sort | uniq -c \
        | sort -rn | head\
        """;

    int status = hose(pipeline);

    assertThat(status).isZero();
    assertThat(out.toString())
        .isEqualTo(Files.readString(HoseProcess.root().resolve("samples/garden-hose.words")));
  }

  @Test
  void one_argument_is_a_pipeline() {
    assertThat(hose("echo a | tr a b")).isZero();
    assertThat(out).hasToString("b\n");
  }

  @Test
  void an_option_can_say_that_it_is_one() {
    assertThat(hose("-c", "echo a | grep b")).isEqualTo(1);
    assertThat(hose("-c=echo x")).isZero();
    assertThat(out).hasToString("x\n");
  }

  @Test
  void help_says_how_it_is_used() {
    assertThat(hose("--help")).isZero();
    assertThat(out.toString()).startsWith("Usage: hose 'PIPELINE'").contains("-c");
  }

  @Test
  void the_version_names_the_Java_too() {
    assertThat(hose("--version")).isZero();
    assertThat(out.toString()).startsWith("hose ").contains(Runtime.version().toString());
  }

  @Test
  void arguments_that_make_no_sense_are_refused_in_one_sentence() {
    assertThat(hose()).isEqualTo(2);
    assertThat(hose("echo", "a")).isEqualTo(2);
    assertThat(hose("--nope")).isEqualTo(2);
    assertThat(hose("-c", "echo a", "echo b")).isEqualTo(2);
    assertThat(hose("-c")).isEqualTo(2);
    assertThat(out.size()).isZero();
    assertThat(err.toString().lines())
        .hasSize(5)
        .allSatisfy(line -> assertThat(line).startsWith("hose: ").endsWith("see 'hose --help'"))
        .first()
        .isEqualTo("hose: a pipeline is missing; see 'hose --help'");
  }

  @Test
  void a_reader_that_goes_ends_the_process_silently_with_141() throws Exception {
    Process process = HoseProcess.of("yes").start();

    int first = process.getInputStream().read();
    process.getInputStream().close();

    assertThat(first).isEqualTo('y');
    assertThat(process.waitFor()).isEqualTo(141);
    assertThat(process.getErrorStream().readAllBytes()).isEmpty();
  }

  @Test
  void a_full_device_is_reported_once_with_status_1() throws Exception {
    Process process = HoseProcess.redirected("> /dev/full", "seq 100000").start();

    assertThat(text(process)).isEqualTo("seq: write error: No space left on device\n");
    assertThat(process.waitFor()).isEqualTo(1);
  }

  @Test
  void the_process_reads_its_standard_input_and_passes_its_status_on() throws Exception {
    Process process = HoseProcess.of("-c", "grep -c \u00f6").start();

    process.getOutputStream().write("no\n".getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().close();

    assertThat(process.getInputStream().readAllBytes()).isEqualTo(new byte[] {'0', '\n'});
    assertThat(process.waitFor()).isEqualTo(1);
  }

  @Test
  void a_directory_as_standard_input_is_named() throws Exception {
    Process process = HoseProcess.redirected("< .", "cat").start();

    assertThat(text(process)).isEqualTo("cat: -: Is a directory\n");
    assertThat(process.waitFor()).isEqualTo(1);
  }

  @Test
  void wc_sees_the_size_of_a_file_that_is_the_process_s_input() throws Exception {
    Process process = HoseProcess.redirected("< samples/garden-hose.words", "wc").start();

    assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
        .isEqualTo(" 10  20 114\n");
  }

  private static String text(Process process) throws IOException {
    return new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
  }
}
