package org.gardenhose.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// `cat`, `echo`, `seq`, `tee`, `true`, `false`, `yes`.
class SmallUtilitiesSpec extends HostComparison {
  static Stream<String> likeTheHosts() {
    return commands("small");
  }

  @ParameterizedTest
  @MethodSource("likeTheHosts")
  void they_do_what_GNUs_do(String commandLine) {
    claimSame(commandLine);
  }

  static Stream<String> echoes() {
    return commands("echo");
  }

  @ParameterizedTest
  @MethodSource("echoes")
  void echo_does_what_GNUs_does(String commandLine) {
    // The shell's own echo may differ from the tool: env(1) takes the tool.
    Ran theirs = Host.run("env " + commandLine, directory, directory.resolve("empty"));

    assertThat(Hose.run(commandLine).out()).isEqualTo(theirs.out());
  }

  @Test
  void echo_ends_its_words_with_a_newline_unless_told() {
    assertThat(Hose.run("echo a  b").out()).isEqualTo("a b\n");
    assertThat(Hose.run("echo -n a").out()).isEqualTo("a");
  }

  @Test
  void a_line_that_goes_on_in_the_next_file_gets_one_number() {
    Ran ran = Hose.run("cat -n unfinished words | tail -n 7 | head -n 1", directory);

    assertThat(ran.out()).isEqualTo("     3\talphaThe tap\n");
  }

  @Test
  void tee_writes_everywhere() {
    Ran ran = Hose.run("seq 3 | tee one two | wc -l", directory);

    assertThat(ran.out()).isEqualTo("3\n");
    assertThat(Hose.run("cat one two", directory).out()).isEqualTo("1\n2\n3\n1\n2\n3\n");
  }

  @Test
  void tee_appends_when_told() {
    Hose.run("echo a | tee log", directory);
    Hose.run("echo b | tee -a log", directory);

    assertThat(Hose.run("cat log", directory).out()).isEqualTo("a\nb\n");
  }

  @Test
  void tee_goes_on_without_a_file_that_fails() {
    Ran ran = Hose.run("seq 3 | tee /dev/full ok", directory);

    assertThat(ran.err()).isEqualTo("tee: /dev/full: write error: No space left on device\n");
    assertThat(ran.status()).isEqualTo(1);
    assertThat(ran.out()).isEqualTo("1\n2\n3\n");
    assertThat(Hose.run("cat ok", directory).out()).isEqualTo("1\n2\n3\n");
  }
}
