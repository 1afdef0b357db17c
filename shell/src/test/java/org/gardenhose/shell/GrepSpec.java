package org.gardenhose.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// `grep`: expressions, selection, reports.
class GrepSpec extends HostComparison {
  static Stream<String> likeTheHosts() {
    return commands(
        """
        grep -a hose
        grep -a -v hose
        grep -a -c hose
        grep -a -i hose
        grep -a -n hose
        grep -a -vn hose
        grep -a -vc hose
        grep -q hose
        grep -l hose
        grep -L hose
        grep -a -m1 hose
        grep -a -m2 -n a
        grep -a -c -m1 a
        grep -a -w hose
        grep -a -w a
        grep -a -x 'the hose'
        grep -a -xi 'the hose'
        grep -a -F a.b
        grep -a -F '.'
        grep -a -F ''
        grep -a ''
        grep -a -c ''
        grep -a -v ''
        grep -a '^'
        grep -a '$'
        grep -a '^$'
        grep -a -n '^$'
        grep -a -v '^$'
        grep -a '^a'
        grep -a 'a$'
        grep -a '^a.*a$'
        grep -a '.'
        grep -a 'a.b'
        grep -a 'a*b'
        grep -a '*a'
        grep -a '^*a'
        grep -a 'a\\*'
        grep -a 'a\\{2\\}'
        grep -a 'a\\{2,\\}'
        grep -a 'a\\{,2\\}b'
        grep -a '[ab]\\{1,2\\}0'
        grep -a '\\(a\\|b\\)0'
        grep -a 'a\\+b'
        grep -a 'ab\\?0'
        grep -a '\\(a\\)\\1'
        grep -a '\\([aA]\\)[bB]*\\1'
        grep -a '\\(^a\\)'
        grep -a '\\(a$\\)'
        grep -a 'a^b'
        grep -a 'a$b'
        grep -a '\\(*a\\)'
        grep -a '[abc]'
        grep -a '[^abc]'
        grep -a '[a-c]'
        grep -a '[]a]'
        grep -a '[^]a]'
        grep -a '[a-]'
        grep -a '[-a]'
        grep -a '[.]'
        grep -a '[*]'
        grep -a '[[:upper:]]'
        grep -a '[[:digit:][:space:]]'
        grep -a '[^[:alnum:]]'
        grep -a -i '[^a]'
        grep -a -i '[b-c]'
        grep -a '[[=a=]]'
        grep -a '[[.-.]]'
        grep -a '[\\a]'
        grep -a '\\.'
        grep -a '\\w'
        grep -a '\\W'
        grep -a '\\s'
        grep -a '\\S'
        grep -a '\\ba'
        grep -a 'a\\b'
        grep -a '\\Ba'
        grep -a '\\<a'
        grep -a 'a\\>'
        grep -a 'a{2}'
        grep -a 'a|b'
        grep -a 'a+b'
        grep -a '(a)'
        grep -a -E '(a|b)+0'
        grep -a -E 'a{2}'
        grep -a -E 'a{2,}'
        grep -a -E 'a{,2}b'
        grep -a -E 'a{'
        grep -a -E 'a{x'
        grep -a -E 'a{1'
        grep -a -E 'a{1,2'
        grep -a -E '^(a|b)*$'
        grep -a -E 'a|^b|0$'
        grep -a -E '()'
        grep -a -E '(|a)b'
        grep -a -E 'a**'
        grep -a -E 'a+?'
        grep -a -E 'a?+'
        grep -a -E '(a*)*b'
        grep -a -E '(a)(b)\\2\\1'
        grep -a -E '(a)\\1'
        grep -a -E 'a^b'
        grep -a -E 'a\\|b'
        grep -a -E '\\(a'
        grep -a -E 'x\\{'
        grep -a -E '[a-c]+|[0-9]{2}'
        grep -a -E -i 'A(B|C)?'
        grep -a -e a -e b
        grep -a -c -e a -e b
        grep -a -E -e '(a)\\1' -e '(b)\\1'
        grep -a hose words numbers
        grep -a -h hose words numbers
        grep -a -H hose
        grep -a -c hose words numbers
        grep -a -n hose words -
        grep -a -l hose words numbers random
        grep -a -L hose words numbers random
        grep -a -q hose words nofile
        grep -a hose nofile
        grep -a hose nofile words
        grep -a -s hose nofile words
        grep -a hose .
        grep '\\(a'
        grep 'a\\)'
        grep -E '(a'
        grep '[a'
        grep '[[:nope:]]'
        grep '[b-a]'
        grep 'a\\{1'
        grep 'a\\{2,1\\}'
        grep -E 'a{2,1}'
        grep '\\1'
        grep 'a\\'
        grep
        grep -m x a
        """);
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
    assertThat(Hose.run("grep --color a").err())
        .isEqualTo("grep: unsupported option '--color'\n");
  }
}
