package org.gardenhose.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// `head` and `tail`: the beginning and the end.
class HeadTailSpec extends HostComparison {
  static Stream<String> likeTheHosts() {
    return commands(
        """
        head
        head -n 2
        head -2
        head -n0
        head -n 1000
        head -c 5
        head -c 0
        head -c 70000
        head -c 1K
        head -c 1kB
        head -c 1b
        head -n -1
        head -n -0
        head -n -3
        head -n -1000
        head -c -1
        head -c -0
        head -c -3
        head -c -100000
        head -n 1 words numbers
        head -q -n 1 words numbers
        head -v -n 1
        head -n 1 words - numbers
        head -n 1 nofile words
        head -n x
        head -c 1X
        head -n
        head -n 3 -c 2
        tail
        tail -n 2
        tail -2
        tail -n0
        tail -n 1000
        tail -n +1
        tail -n +0
        tail -n +3
        tail -n +1000
        tail -n -2
        tail -c 5
        tail -c 0
        tail -c 70000
        tail -c +1
        tail -c +5
        tail -c +70000
        tail -c 1K
        tail -n 1 words numbers
        tail -q -n 1 words numbers
        tail -v -n 1
        tail -n 1 words - numbers
        tail -n 1 nofile words
        tail -n x
        tail -n +x
        cat | tail -n 2
        cat | tail -c 300000
        head -n 5 | tail -n 2
        """);
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
