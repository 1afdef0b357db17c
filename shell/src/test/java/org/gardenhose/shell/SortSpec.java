package org.gardenhose.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// `sort`: order, keys, uniqueness, checks.
class SortSpec extends HostComparison {
  static Stream<String> likeTheHosts() {
    return commands("sort");
  }

  @ParameterizedTest
  @MethodSource("likeTheHosts")
  void it_does_what_GNUs_does(String commandLine) {
    claimSame(commandLine);
  }

  @Test
  void order_is_by_byte_value() {
    Ran ran = Hose.run("sort", "b\na\nB\n\u00ff\nab\n\0\n");

    assertThat(ran.out()).isEqualTo("\0\nB\na\nab\nb\n\u00ff\n");
  }

  @Test
  void equal_keys_fall_back_to_the_whole_line_unless_stable() {
    String in = "1 b\n1 a\n0 c\n";

    assertThat(Hose.run("sort -k1,1", in).out()).isEqualTo("0 c\n1 a\n1 b\n");
    assertThat(Hose.run("sort -s -k1,1", in).out()).isEqualTo("0 c\n1 b\n1 a\n");
  }

  @Test
  void numbers_of_any_length_are_compared_exactly() {
    Ran ran =
        Hose.run("sort -n", "100000000000000000000000001\n1e9\n100000000000000000000000000\n");

    assertThat(ran.out())
        .isEqualTo("1e9\n100000000000000000000000000\n100000000000000000000000001\n");
  }

  @Test
  void many_lines_come_out_in_order() {
    Random random = new Random(7);
    String[] lines = new String[600_000];
    Arrays.setAll(lines, _ -> Integer.toString(random.nextInt(50_000), 36));
    String in = String.join("\n", lines) + "\n";

    Ran ran = Hose.run("sort", in);

    Arrays.sort(lines);
    assertThat(ran.out().equals(String.join("\n", lines) + "\n")).isTrue();
  }

  @Test
  void a_lacking_option_is_named() {
    Ran ran = Hose.run("sort -h");

    assertThat(ran.err()).isEqualTo("sort: unsupported option -- 'h'\n");
    assertThat(ran.status()).isEqualTo(2);
  }

  @Test
  void a_lacking_option_of_a_key_is_named() {
    Ran ran = Hose.run("sort -k2,2h");

    assertThat(ran.err()).isEqualTo("sort: unsupported option 'h' in key '2,2h'\n");
    assertThat(ran.status()).isEqualTo(2);
  }
}
