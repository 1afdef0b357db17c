package org.gardenhose.spec.stress;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// A few seconds of every race, so that a build notices what is plainly broken. `spec/stress` looks
/// longer and with more compilers.
class StressSpec {
  @Test
  void no_race_has_a_forbidden_outcome() throws IOException, InterruptedException {
    Path report = Path.of("target", "jcstress-short.txt");
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            "org.openjdk.jcstress.Main",
            "-m",
            "sanity",
            "-sc",
            "false",
            "-time",
            "100",
            "-jvmArgs",
            "--enable-native-access=ALL-UNNAMED",
            "-r",
            "jcstress-short");
    builder.directory(Path.of("target").toFile());
    Process process = builder.redirectErrorStream(true).redirectOutput(report.toFile()).start();

    boolean ended = process.waitFor(3, TimeUnit.MINUTES);

    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    String text = Files.readString(report);
    assertThat(ended).as("jcstress has ended in three minutes:\n%s", text).isTrue();
    assertThat(process.exitValue()).as("jcstress:\n%s", text).isEqualTo(0);
    assertThat(text).contains("0 failed, 0 soft errs, 0 hard errs");
  }
}
