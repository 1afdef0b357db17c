package org.gardenhose.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// `uniq`: runs of equal lines.
class UniqSpec extends HostComparison {
  static Stream<String> likeTheHosts() {
    return commands("uniq");
  }

  @ParameterizedTest
  @MethodSource("likeTheHosts")
  void it_does_what_GNUs_does(String commandLine) {
    claimSame(commandLine);
  }

  @Test
  void a_count_is_seven_wide() {
    assertThat(Hose.run("uniq -c", "a\na\nb\n").out()).isEqualTo("      2 a\n      1 b\n");
  }

  @Test
  void the_last_line_is_ended_even_if_the_input_does_not() {
    assertThat(Hose.run("uniq", "a\na").out()).isEqualTo("a\n");
  }

  @Test
  void the_second_operand_is_written_to() {
    Ran ran = Hose.run("uniq words out", directory);

    assertThat(ran.status()).isZero();
    assertThat(ran.out()).isEmpty();
    assertThat(Hose.run("cat out", directory).out()).isEqualTo(Samples.text("words"));
  }
}
