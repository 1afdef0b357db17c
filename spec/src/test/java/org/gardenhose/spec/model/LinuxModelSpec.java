package org.gardenhose.spec.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// Random calls on the machine's own kernel and on the model of lists: Linux is the oracle, the
/// model is what is tested.
///
/// `-Dspec.linux.calls=N` makes N calls, `-Dspec.seed=S` begins with seed S.
class LinuxModelSpec {
  private static final long CALLS = Long.getLong("spec.linux.calls", 100_000);
  private static final long SEED = Long.getLong("spec.seed", 1);

  @Test
  void every_sequence_of_calls_comes_on_Linux_to_what_the_model_says_L182()
      throws IOException, InterruptedException {
    Path memory = Path.of("/dev/shm");
    Path directory =
        Files.isWritable(memory)
            ? Files.createTempDirectory(memory, "gardenhose")
            : Files.createTempDirectory("gardenhose");
    try (Linux linux = Linux.start(directory)) {
      long calls = 0;
      for (long seed = SEED; calls < CALLS; seed++) {
        calls += KernelModelSpec.run(linux, seed, 1);
      }
    } finally {
      for (String name : new String[] {"f0", "f1", "r0", "r1", "nobody"}) {
        Files.deleteIfExists(directory.resolve(name));
      }
      Files.deleteIfExists(directory);
    }
  }
}
