package org.gardenhose.tidy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// Each rule finds what it is for, and leaves the rest alone.
class RulesTest {
  private static Source core(String text) {
    return new Source("core/src/main/java/org/gardenhose/ring/Ring.java", text);
  }

  @Test
  void a_line_of_101_characters_is_found_and_one_of_100_is_not() {
    assertThat(Rules.longLines(core("x".repeat(101)))).hasSize(1);
    assertThat(Rules.longLines(core("x".repeat(100)))).isEmpty();
  }

  @Test
  void a_text_block_is_as_long_as_what_it_shows() {
    String quotes = "\"".repeat(3);
    String block = quotes + "\n" + "x".repeat(101) + "\n" + quotes + ";\n";

    assertThat(Rules.longLines(core(block))).isEmpty();
    assertThat(Rules.longLines(core(block + "x".repeat(101)))).hasSize(1);
  }

  @Test
  void a_file_of_501_lines_is_found_and_one_of_500_is_not() {
    assertThat(Rules.longFiles(core("x\n".repeat(501)))).hasSize(1);
    assertThat(Rules.longFiles(core("x\n".repeat(500)))).isEmpty();
  }

  @Test
  void a_method_of_71_lines_is_found_and_one_of_70_is_not() {
    String method = "class A {\n  void m() {\n%s  }\n}\n";

    assertThat(Rules.longMethods(core(method.formatted("    x();\n".repeat(69))))).hasSize(1);
    assertThat(Rules.longMethods(core(method.formatted("    x();\n".repeat(68))))).isEmpty();
  }

  @Test
  void a_clock_outside_of_wait_is_found() {
    assertThat(Rules.waitingElsewhere(core("long now = System.nanoTime();"))).hasSize(1);
    assertThat(
            Rules.waitingElsewhere(
                new Source(
                    "core/src/main/java/org/gardenhose/wait/Smp.java",
                    "long now = System.nanoTime();")))
        .isEmpty();
  }

  @Test
  void a_sleep_is_found() {
    assertThat(Rules.sleepingTests(core("Thread.sleep(1);"))).hasSize(1);
  }

  @Test
  void printing_and_importing_everything_are_found() {
    assertThat(Rules.unwantedWords(core("System.out.println();"))).hasSize(1);
    assertThat(Rules.unwantedWords(core("import java.util.*;"))).hasSize(1);
    assertThat(Rules.unwantedWords(core("import java.util.List;"))).isEmpty();
  }

  @Test
  void a_type_with_an_unwanted_name_is_found() {
    assertThat(Rules.unwantedNames(core("final class PipeManager {}"))).hasSize(1);
    assertThat(Rules.unwantedNames(core("final class Pipe {}"))).isEmpty();
  }

  @Test
  void an_import_that_goes_up_is_found() {
    assertThat(Rules.upwardImports(core("import org.gardenhose.pipe.KernelPipe;"))).hasSize(1);
    assertThat(Rules.upwardImports(core("import org.gardenhose.Pipe;"))).hasSize(1);
    assertThat(Rules.upwardImports(core("import org.gardenhose.memory.Page;"))).isEmpty();
    Source shell =
        new Source(
            "shell/src/main/java/org/gardenhose/shell/A.java", "import org.gardenhose.Pipe;");
    assertThat(Rules.upwardImports(shell)).isEmpty();
    assertThat(Rules.upwardImports(new Source(shell.path(), "import org.gardenhose.cli.Hose;")))
        .hasSize(1);
  }

  @Test
  void a_type_without_an_opening_is_found() {
    assertThat(Rules.withoutOpening(core("package a;\n\nfinal class A {}"))).hasSize(1);
    assertThat(Rules.withoutOpening(core("package a;\n\n/// An A.\nfinal class A {}"))).isEmpty();
  }
}
