package org.gardenhose.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// `cat`, `echo`, `seq`, `tee`, `true`, `false`, `yes`.
class SmallUtilitiesSpec extends HostComparison {
  static Stream<String> likeTheHosts() {
    return commands(
        """
        cat
        cat -
        cat -u
        cat -n
        cat words - numbers
        cat -n words unfinished words
        cat nofile words
        cat .
        cat ''
        cat | cat | cat
        cat < words > out
        tee
        tee out
        tee -a out
        tee out1 out2 | wc -c
        tee /nodir/x
        tee .
        seq 5
        seq 0
        seq 2 5
        seq 1 2 8
        seq 5 -2 -4
        seq -3 3
        seq -- -3 3
        seq 1 0.5 3
        seq .5 2
        seq 1.25 0.25 2
        seq 3 1
        seq -w 8 11
        seq -w -5 5 10
        seq -w 1 .5 10
        seq -s , 4
        seq -s '' 3
        seq -s, -w 9 10
        seq 1e1
        seq 1.5
        seq 9223372036854775806 9223372036854775809
        seq 1 x
        seq
        seq 1 0 3
        seq 1 2 3 4
        true
        false
        yes | head -n 3
        yes a b | head -n 2
        yes | head -c 100001 | tail -c 5
        """);
  }

  @ParameterizedTest
  @MethodSource("likeTheHosts")
  void they_do_what_GNUs_do(String commandLine) {
    claimSame(commandLine);
  }

  static Stream<String> echoes() {
    return commands(
        """
        echo
        echo hi
        echo -n hi
        echo -n
        echo -nn hi
        echo hi -n
        echo -x hi
        echo - hi
        echo -- hi
        echo 'a\\tb'
        echo -e 'a\\tb\\\\n\\x41\\0101\\q'
        echo -e 'a\\cb' c
        echo -ne 'a\\n'
        echo -eE 'a\\n'
        echo -E 'a\\n'
        echo ''
        echo 'a  b' c
        """);
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
