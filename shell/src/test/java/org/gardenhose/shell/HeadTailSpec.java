package org.gardenhose.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// `head` and `tail`: the beginning and the end.
class HeadTailSpec extends HostComparison {
  static Stream<String> likeTheHosts() {
    return commands("head-tail");
  }

  @ParameterizedTest
  @MethodSource("likeTheHosts")
  void they_do_what_GNUs_do(String commandLine) {
    claimSame(commandLine);
  }

  @Test
  void ten_lines_are_the_usual_number() {
    assertThat(Hose.run("seq 100 | head").out()).isEqualTo("1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n");
    assertThat(Hose.run("seq 14 | tail").out()).isEqualTo("5\n6\n7\n8\n9\n10\n11\n12\n13\n14\n");
  }

  @Test
  void a_gibibyte_is_counted_by_its_suffix() {
    assertThat(Hose.run("yes | head -c 1G | wc -c").out()).isEqualTo("1073741824\n");
  }

  @Test
  void a_number_larger_than_any_input_means_all_of_it() {
    assertThat(Hose.run("head -n 99999999999999999999", "a\n").out()).isEqualTo("a\n");
  }

  @Test
  void following_a_file_is_refused_by_name() {
    Ran ran = Hose.run("tail -f words", directory);

    assertThat(ran.err()).isEqualTo("tail: unsupported option -- 'f'\n");
    assertThat(ran.status()).isEqualTo(1);
  }
}
