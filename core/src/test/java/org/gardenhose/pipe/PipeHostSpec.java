package org.gardenhose.pipe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// The same random calls on our pipes and on the machine's kernel: Linux is the oracle.
///
/// `-Dgardenhose.host.seeds=N` runs N scripts of 200 calls.
class PipeHostSpec {
  private static final int LENGTH = 200;
  private static final int SEEDS = 30;

  @Test
  void every_sequence_of_calls_comes_to_what_Linux_makes_of_it_L182() {
    int seeds = Integer.getInteger("gardenhose.host.seeds", SEEDS);
    try (HostSubject host = HostSubject.start()) {
      for (long seed = 0; seed < seeds; seed++) {
        Script script = Script.draw(seed, LENGTH);
        if (difference(host, script) != null) {
          Script smallest = script.shrink(fewer -> difference(host, fewer) != null);
          assertThat(difference(host, smallest))
              .withFailMessage(
                  "seed %d%n%s%s%nseed %d",
                  seed, smallest, String.valueOf(difference(host, smallest)), seed)
              .isNull();
        }
      }
    }
  }

  /// Returns what differs at the first step that differs, or null.
  private static @Nullable String difference(HostSubject host, Script script) {
    List<String> expected = host.run(script);
    List<String> actual = new EngineSubject().run(script);
    for (int i = 0; i < expected.size(); i++) {
      if (!expected.get(i).equals(actual.get(i))) {
        return "%s\n  on Linux comes to %s\n  but came to       %s"
            .formatted(script.actions().get(i), expected.get(i), actual.get(i));
      }
    }
    return null;
  }
}
