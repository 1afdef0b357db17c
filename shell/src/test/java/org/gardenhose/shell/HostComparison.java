package org.gardenhose.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/// Compares ours with the host's tools, on every sample: the same bytes and the same status.
abstract class HostComparison {
  @TempDir static Path directory;

  @BeforeAll
  static void writeSamples() {
    Samples.writeTo(directory);
  }

  /// Returns the commands of a table, one a line, that is a resource beside this class.
  static Stream<String> commands(String table) {
    try (InputStream in = HostComparison.class.getResourceAsStream(table + ".commands")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Claims it for a command that reads a sample.
  static void claimSame(String commandLine) {
    claimSame(commandLine, Samples.names());
  }

  /// Claims it for a command that reads one of these samples.
  static void claimSame(String commandLine, List<String> samples) {
    assumeTrue(Host.hasGnuTools(), "the host has GNU's tools");
    for (String sample : samples) {
      Ran theirs = Host.run(commandLine, directory, directory.resolve(sample));

      Ran ours = Hose.runOnFile(commandLine, directory, sample);

      claimSame(commandLine + " < '" + sample + "'", ours, theirs);
    }
  }

  private static void claimSame(String what, Ran ours, Ran theirs) {
    int differs = Arrays.mismatch(ours.bytes(), theirs.bytes());
    if (differs >= 0) {
      assertThat(around(ours, differs))
          .as("%s: byte %d; ours said: %s; theirs: %s", what, differs, ours.err(), theirs.err())
          .isEqualTo(around(theirs, differs));
    }
    assertThat(ours.status())
        .as("status of %s; ours said: %s; theirs: %s", what, ours.err(), theirs.err())
        .isEqualTo(theirs.status());
    assertThat(ours.err().isEmpty())
        .as("%s: silence on standard error; ours: %s; theirs: %s", what, ours.err(), theirs.err())
        .isEqualTo(theirs.err().isEmpty());
  }

  private static String around(Ran ran, int index) {
    String out = ran.out();
    return out.substring(Math.max(0, index - 60), Math.min(out.length(), index + 60));
  }
}
