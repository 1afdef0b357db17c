package org.gardenhose.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// `cut`: bytes and fields.
class CutSpec extends HostComparison {
  static Stream<String> likeTheHosts() {
    return commands(
        """
        cut -b 1
        cut -c 2-3
        cut -b -2
        cut -b 3-
        cut -b 1,3
        cut -b 3,1
        cut -b 1-2,2-4,6
        cut -b 2-,1
        cut -c 1000-
        cut -nb 1
        cut -f 1
        cut -f 2
        cut -d: -f1
        cut -d : -f 2
        cut -d: -f 2,4
        cut -d: -f 4,2
        cut -d: -f 2-
        cut -d: -f -2
        cut -d: -f 2-3
        cut -d: -f 1,3-
        cut -d: -s -f1
        cut -d: -sf 2
        cut -d ' ' -f 1,2
        cut -d ' ' -f '1 3'
        cut -f 1 words numbers
        cut -f 1 nofile words
        cut -b 1 -
        cut
        cut -f
        cut -f 0
        cut -b 0
        cut -f 3-2
        cut -f -
        cut -f 1,,2
        cut -f ''
        cut -f a
        cut -b 1 -f 1
        cut -b 1 -d :
        cut -b 1 -s
        cut -d ab -f 1
        cut -f 0-2
        cut -f -0
        """);
  }

  @ParameterizedTest
  @MethodSource("likeTheHosts")
  void it_does_what_GNUs_does(String commandLine) {
    claimSame(commandLine);
  }

  @Test
  void fields_come_in_their_own_order() {
    assertThat(Hose.run("cut -d: -f3,1", "a:b:c\n").out()).isEqualTo("a:c\n");
  }

  @Test
  void a_lacking_option_is_named() {
    Ran ran = Hose.run("cut --complement -f1");

    assertThat(ran.err()).isEqualTo("cut: unsupported option '--complement'\n");
    assertThat(ran.status()).isEqualTo(1);
  }
}
