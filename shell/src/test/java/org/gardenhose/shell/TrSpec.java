package org.gardenhose.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// `tr`: sets, complements, deletion, squeezing.
class TrSpec extends HostComparison {
  static Stream<String> likeTheHosts() {
    return commands(
        """
        tr a b
        tr a-z A-Z
        tr abc x
        tr abc xy
        tr a-c xyzzz
        tr -t a-z xy
        tr -cs A-Za-z '\\n'
        tr -c a-z x
        tr -C a-z 'xy'
        tr -c '[:alpha:]' x
        tr -c '[:alpha:]' xy
        tr -d a
        tr -d '\\n'
        tr -d '[:space:]'
        tr -d '[:punct:]'
        tr -cd '[:alnum:]\\n'
        tr -dc 'a-z'
        tr -s a
        tr -s '[:space:]'
        tr -s ' ' '\\n'
        tr -s a-z A-Z
        tr -cs '[:alnum:]' '[\\n*]'
        tr -ds a-c d-z
        tr -cds a-z a-z
        tr -s '\\n'
        tr '[:upper:]' '[:lower:]'
        tr '[:lower:]' '[:upper:]'
        tr '[:lower:]' '[:lower:]'
        tr 'a[:lower:]' 'b[:upper:]'
        tr '[:digit:]' x
        tr '[:digit:]' 'a-j'
        tr '[:blank:]' '_'
        tr -d '[:cntrl:]'
        tr -d '[:print:]'
        tr -d '[:graph:]'
        tr '[:xdigit:]' '[x*]'
        tr '[=a=]' x
        tr abc '[x*2]y'
        tr a-f '[x*3][y*]'
        tr a-h 'x[y*]z'
        tr a-h 'x[y*010]z'
        tr '\\000' x
        tr '\\377' x
        tr '\\0' '\\1'
        tr '\\40' _
        tr '\\t' ' '
        tr 'a\\-c' 123
        tr 'a-' 12
        tr -- -a 12
        tr '\\060-\\071' a-j
        tr '[a-c]' '[x-z]'
        tr 'a\\' 12
        tr '\\\\' x
        tr '\\a\\b\\f\\n\\r\\t\\v' 1234567
        tr aa xy
        tr z-a x
        tr
        tr a
        tr -d
        tr -d a b
        tr a b c
        tr -s
        tr -ds a
        tr a ''
        tr '' b
        tr -d ''
        tr a '[:alpha:]'
        tr '[:alpha:]' '[:upper:]'
        tr 'a[:lower:]' '[:upper:]'
        tr abc '[:upper:]'
        tr '[:nope:]' x
        tr '[=ab=]' x
        tr '[a*]' x
        tr 'a[b*3]' xyzw
        tr a-z '[x*][y*]'
        tr a '[b*x]'
        tr '[:' xy
        tr '[:*5]' 12
        tr 'a-\\n' x
        tr -t '' ''
        tr '[:lower:][:digit:]' '[:upper:]x'
        tr '[:lower:]b' '[:upper:]'
        """);
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
