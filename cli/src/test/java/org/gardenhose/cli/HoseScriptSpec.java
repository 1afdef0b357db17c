package org.gardenhose.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The script `hose`, on a copy that is built already and JDKs that only say how they were started.
@Timeout(60)
class HoseScriptSpec {
  @TempDir Path temporary;

  private Path root;

  @BeforeEach
  void copyTheScript() throws IOException {
    root = Files.createDirectories(temporary.resolve("a place"));
    Files.copy(HoseProcess.root().resolve("hose"), root.resolve("hose"));
    makeExecutable(root.resolve("hose"));
    Path build = Files.createDirectories(root.resolve(".hose/1-1"));
    Files.writeString(build.resolve("gardenhose-cli.jar"), "");
    Files.writeString(root.resolve(".hose/current"), "1-1\n");
  }

  private static void makeExecutable(Path file) throws IOException {
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  /// Makes something that looks like a JDK.
  private Path jdk(String name, String version, String script) throws IOException {
    Path home = temporary.resolve(name);
    Path java = Files.createDirectories(home.resolve("bin")).resolve("java");
    Files.writeString(java, "#!/bin/sh\n" + script);
    makeExecutable(java);
    Files.writeString(
        home.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\n");
    return home;
  }

  private String run(Path javaHome, String path, List<String> command) throws Exception {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("JAVA_HOME", javaHome.toString());
    builder.environment().put("PATH", path);
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return said + "status " + process.exitValue();
  }

  private String run(Path javaHome, String... command) throws Exception {
    return run(javaHome, System.getenv("PATH"), List.of(command));
  }

  private String script() {
    return root.resolve("hose").toString();
  }

  @Test
  void arguments_and_status_are_passed_on() throws Exception {
    Path jdk = jdk("jdk", "25.0.3", "for a; do last=$a; done; printf '%s\\n' \"$last.\"; exit 7");

    assertThat(run(jdk, script(), "echo 'a  b' \"c\" \\n"))
        .isEqualTo("echo 'a  b' \"c\" \\n.\nstatus 7");
  }

  @Test
  void the_class_path_is_of_the_build_wherever_the_script_is_called_from() throws Exception {
    Path jdk = jdk("jdk", "26", "while [ \"$1\" != -cp ]; do shift; done; echo \"$2\"");
    Path link = Files.createSymbolicLink(temporary.resolve("link"), Path.of("a place/hose"));
    Path second = Files.createSymbolicLink(temporary.resolve("second"), link);

    String said = run(jdk, second.toString(), "x");

    String build = root.toRealPath().resolve(".hose/1-1").toString();
    assertThat(said).startsWith(build + "/gardenhose-cli.jar:" + build + "/gardenhose-shell.jar:");
  }

  @Test
  void JAVA_HOME_comes_first_if_it_is_new_enough() throws Exception {
    Path old = jdk("old", "17.0.2", "echo old");
    Path first = jdk("first", "25", "echo first");
    Path onPath = jdk("second", "25.0.1+8", "echo second");
    String path = onPath.resolve("bin") + ":" + System.getenv("PATH");

    assertThat(run(first, path, List.of(script(), "x"))).startsWith("first\n");
    assertThat(run(old, path, List.of(script(), "x"))).startsWith("second\n");
  }

  @Test
  void an_old_version_with_a_leading_one_is_old() throws Exception {
    Path old = jdk("old", "1.8.0_402", "echo old");
    Path good = jdk("good", "25", "echo good");
    String path = good.resolve("bin") + ":" + System.getenv("PATH");

    assertThat(run(old, path, List.of(script(), "x"))).startsWith("good\n");
  }

  @Test
  void descriptors_that_are_closed_fail_as_closed_ones_do() throws Exception {
    Path jdk = jdk("jdk", "25", "cat 2>&1 || echo x 2>/dev/null || exit 9");
    String command = "exec '" + script() + "' x <&- >&-";

    assertThat(run(jdk, "sh", "-c", command)).isEqualTo("status 9");
  }

  @Test
  void without_Maven_the_sentence_says_so() throws Exception {
    Path jdk = jdk("jdk", "25", "echo java");
    Files.delete(root.resolve(".hose/current"));
    Path tools = Files.createDirectories(temporary.resolve("tools"));
    for (String tool : List.of("sh", "mkdir", "rm", "sleep", "readlink")) {
      Files.createSymbolicLink(tools.resolve(tool), where(tool));
    }

    assertThat(run(jdk, tools.toString(), List.of(script(), "x")))
        .isEqualTo(
            "hose: install Maven (https://maven.apache.org) to build Gardenhose: there is no 'mvn'"
                + " to run.\nstatus 127");
    assertThat(root.resolve(".hose/lock")).doesNotExist();
  }

  private static Path where(String tool) {
    for (String directory : System.getenv("PATH").split(":")) {
      Path file = Path.of(directory, tool);
      if (Files.isExecutable(file)) {
        return file;
      }
    }
    throw new AssertionError("no " + tool + " on PATH");
  }
}
