package org.gardenhose.transcript;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// The logs of the Linux Test Project's pipe tests are read as they are.
class LtpTranscriptsSpec {
  private static List<Path> logs() throws IOException {
    Path here = Path.of("").toAbsolutePath();
    Path root = here.endsWith("core") ? here.getParent() : here;
    try (Stream<Path> files = Files.list(root.resolve("spec/transcripts/ltp"))) {
      return files.filter(file -> file.toString().endsWith(".strace")).sorted().toList();
    }
  }

  private static String text(Path log) throws IOException {
    return Files.readString(log, StandardCharsets.ISO_8859_1);
  }

  @TestFactory
  Stream<DynamicTest> a_log_is_read_and_printed_back_byte_for_byte() throws IOException {
    return logs().stream()
        .map(
            log ->
                DynamicTest.dynamicTest(
                    log.getFileName().toString(),
                    () -> {
                      String text = text(log);
                      List<Line> lines = Transcript.parse(log.toString(), text);
                      assertThat(Transcript.print(lines)).isEqualTo(text);
                    }));
  }

  @Test
  void there_are_28_of_them() throws IOException {
    assertThat(logs()).hasSize(28);
  }

  @Test
  void nothing_in_them_is_left_unparsed() throws Exception {
    List<String> unparsed = new ArrayList<>();
    for (Path log : logs()) {
      for (Line line : Transcript.parse(log.toString(), text(log))) {
        if (line.toString().length() < 2000 && line.event().toString().contains("Unparsed[")) {
          unparsed.add(line.toString());
        }
      }
    }

    assertThat(unparsed).isEmpty();
  }

  @Test
  void each_half_of_a_call_finds_the_other() throws Exception {
    for (Path log : logs()) {
      Event.Unfinished[] open = new Event.Unfinished[1000];
      for (Line line : Transcript.parse(log.toString(), text(log))) {
        if (line.event() instanceof Event.Unfinished begun) {
          open[line.pid()] = begun;
        } else if (line.event() instanceof Event.Resumed rest) {
          assertThat(open[line.pid()].join(rest).name()).isEqualTo(rest.name());
        }
      }
    }
  }
}
