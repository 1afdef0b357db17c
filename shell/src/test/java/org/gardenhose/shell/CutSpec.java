package org.gardenhose.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// `cut`: bytes and fields.
class CutSpec extends HostComparison {
  static Stream<String> likeTheHosts() {
    return commands("cut");
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
