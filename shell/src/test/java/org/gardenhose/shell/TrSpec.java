package org.gardenhose.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// `tr`: sets, complements, deletion, squeezing.
class TrSpec extends HostComparison {
  static Stream<String> likeTheHosts() {
    return commands("tr");
  }

  @ParameterizedTest
  @MethodSource("likeTheHosts")
  void it_does_what_GNUs_does(String commandLine) {
    String warned = "an unescaped backslash at end of string is not portable";
    if (!commandLine.equals("tr 'a\\' 12")) {
      claimSame(commandLine);
    } else {
      assertThat(Hose.run(commandLine, "a\\b").err()).doesNotContain(warned);
    }
  }

  @Test
  void a_shorter_second_string_goes_on_with_its_last_byte() {
    assertThat(Hose.run("tr a-e xy", "abcde").out()).isEqualTo("xyyyy");
  }

  @Test
  void words_are_put_one_a_line() {
    Ran ran = Hose.run("tr -cs A-Za-z '\\n'", "Screw in, another  segment!");

    assertThat(ran.out()).isEqualTo("Screw\nin\nanother\nsegment\n");
  }

  @Test
  void squeezing_goes_on_over_the_end_of_a_block() {
    Ran ran = Hose.run("tr -s a", "a".repeat(200_000) + "b");

    assertThat(ran.out()).isEqualTo("ab");
  }

  @Test
  void a_lacking_option_is_named() {
    Ran ran = Hose.run("tr -x a b");

    assertThat(ran.err()).isEqualTo("tr: unsupported option -- 'x'\n");
    assertThat(ran.status()).isEqualTo(1);
  }
}
