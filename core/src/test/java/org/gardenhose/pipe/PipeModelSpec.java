package org.gardenhose.pipe;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Random calls that do not wait, on our pipes and on the plain model: each has one outcome.
///
/// `-Dgardenhose.seeds=N` runs N scripts, `-Dgardenhose.seed=S` only that one.
class PipeModelSpec {
  private static final int LENGTH = 200;
  private static final int SEEDS = 400;

  @Test
  void every_sequence_of_calls_comes_to_what_the_model_says_L182_L175_L176() {
    long only = Long.getLong("gardenhose.seed", -1);
    int seeds = Integer.getInteger("gardenhose.seeds", SEEDS);
    for (long seed = only >= 0 ? only : 0; seed < (only >= 0 ? only + 1 : seeds); seed++) {
      Script script = Script.draw(seed, LENGTH);
      if (difference(script) != null) {
        Script smallest = script.shrink(fewer -> difference(fewer) != null);
        assertThat(difference(smallest))
            .withFailMessage(
                "seed %d%n%s%s%nseed %d",
                seed, smallest, String.valueOf(difference(smallest)), seed)
            .isNull();
      }
    }
  }

  /// Returns what differs at the first step that differs, or null.
  private static @Nullable String difference(Script script) {
    ModelSubject model = new ModelSubject();
    EngineSubject engine = new EngineSubject();
    model.start();
    engine.start(script.seed());
    for (Action action : script.actions()) {
      String expected = model.step(action) + " " + occupancies(model);
      String actual;
      try {
        actual = engine.step(action) + " " + occupancies(engine);
      } catch (RuntimeException | AssertionError e) {
        actual = e.toString();
      }
      if (!expected.equals(actual)) {
        return "%s\n  should come to %s\n  but came to    %s".formatted(action, expected, actual);
      }
    }
    return null;
  }

  private static String occupancies(ModelSubject model) {
    return "| %d %d".formatted(model.pipe(0).occupancy(), model.pipe(1).occupancy());
  }

  private static String occupancies(EngineSubject engine) {
    return "| %d %d".formatted(engine.pipe(0).occupancy(), engine.pipe(1).occupancy());
  }
}
