package org.gardenhose.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// `wc`: counts and columns.
class WcSpec extends HostComparison {
  static Stream<String> likeTheHosts() {
    return commands("wc");
  }

  @ParameterizedTest
  @MethodSource("likeTheHosts")
  void it_does_what_GNUs_does(String commandLine) {
    // Whether bytes that do not print make a word changed between GNU's releases.
    List<String> printing =
        Samples.names().stream()
            .filter(name -> !List.of("all bytes", "nul", "high").contains(name))
            .toList();
    claimSame(commandLine, printing);
  }

  @Test
  void a_word_is_whatever_stands_between_white_space() {
    assertThat(Hose.run("wc -w", "a\u00ff \0 \u0080\n\u000b\u000cx").out()).isEqualTo("4\n");
  }

  @Test
  void a_single_count_is_not_padded() {
    assertThat(Hose.run("seq 3 | wc -l").out()).isEqualTo("3\n");
    assertThat(Hose.run("seq 3 | wc").out()).isEqualTo("      3       3       6\n");
  }

  @Test
  void newlines_are_counted_at_every_place_of_a_word_of_eight_bytes() {
    for (int length = 0; length < 40; length++) {
      String text = "\n\u000b\u008a".repeat(length) + "\n".repeat(length);

      assertThat(Hose.run("wc -l", text).out()).isEqualTo(2 * length + "\n");
    }
  }
}
