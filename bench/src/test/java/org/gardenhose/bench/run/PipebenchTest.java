package org.gardenhose.bench.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The C program compiles and says something, where there is a compiler.
@Timeout(60)
class PipebenchTest {
  @Test
  void the_kernel_answers_in_lines_of_name_value_unit(@TempDir Path temporary) throws Exception {
    Path program = temporary.resolve("pipebench");
    Assumptions.assumeTrue(Launcher.compile(Path.of("src/main/c"), program), "no C compiler");

    List<String> lines = output(program, "0.01", "create", "pipe.65536.512");

    assertThat(lines).hasSize(2).allMatch(line -> line.matches("kernel\\.\\S+ \\S+ \\S+"));
  }

  private static List<String> output(Path program, String... words) throws IOException {
    List<String> command = new java.util.ArrayList<>(List.of(program.toString()));
    command.addAll(List.of(words));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    return process.inputReader(StandardCharsets.UTF_8).lines().toList();
  }
}
