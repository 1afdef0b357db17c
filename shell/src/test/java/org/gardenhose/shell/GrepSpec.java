package org.gardenhose.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// `grep`: expressions, selection, reports.
class GrepSpec extends HostComparison {
  static Stream<String> likeTheHosts() {
    return commands("grep");
  }

  @ParameterizedTest
  @MethodSource("likeTheHosts")
  void it_does_what_GNUs_does(String commandLine) {
    claimSame(commandLine);
  }

  @Test
  void the_status_says_whether_a_line_was_selected() {
    assertThat(Hose.run("grep a", "a\n").status()).isZero();
    assertThat(Hose.run("grep b", "a\n").status()).isEqualTo(1);
    assertThat(Hose.run("grep '['", "a\n").status()).isEqualTo(2);
  }

  @Test
  void a_newline_in_the_pattern_separates_patterns() {
    assertThat(Hose.run("grep 'a\nb'", "a\nb\nc\n").out()).isEqualTo("a\nb\n");
  }

  @Test
  void no_match_reaches_over_the_end_of_a_line() {
    assertThat(Hose.run("grep -E 'a[^x]b|a\\Wb|a\\sb'", "a\nb\n").status()).isEqualTo(1);
  }

  @Test
  void a_pattern_is_taken_as_bytes() {
    assertThat(Hose.run("grep -c 'h\u00f6se'", "h\u00c3\u00b6se\nhose\n").out()).isEqualTo("1\n");
  }

  @Test
  void a_lacking_option_is_named() {
    Ran ran = Hose.run("grep -o a");

    assertThat(ran.err()).isEqualTo("grep: unsupported option -- 'o'\n");
    assertThat(ran.status()).isEqualTo(2);
  }

  @Test
  void a_lacking_long_option_is_named() {
    assertThat(Hose.run("grep --color a").err()).isEqualTo("grep: unsupported option '--color'\n");
  }
}
