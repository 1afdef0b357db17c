package org.gardenhose.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.gardenhose.shell.program.Streams;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// The sessions in the documents print what the documents say, standard error included.
class DocumentedSessionsSpec {
  private static final Pattern SESSION = Pattern.compile("(?s)```console\\n(.*?)```");
  private static final Pattern STEP =
      Pattern.compile("(?s)\\$ \\./hose ([^'\\n]*)'([^']*)'\\n(.*?)(?=\\$ \\./hose|\\z)");

  private record Step(String document, String options, String pipeline, String printed) {}

  private static List<Step> steps() throws IOException {
    List<Step> steps = new ArrayList<>();
    for (String document : List.of("README.md", "docs/gotchas.md")) {
      Path file = HoseProcess.root().resolve(document);
      Matcher session = SESSION.matcher(Files.readString(file));
      while (session.find()) {
        Matcher step = STEP.matcher(session.group(1));
        while (step.find()) {
          steps.add(new Step(document, step.group(1), step.group(2), step.group(3)));
        }
      }
    }
    return steps;
  }

  @TestFactory
  Stream<DynamicTest> a_session_prints_what_the_document_says() throws IOException {
    return steps().stream()
        .map(
            step ->
                DynamicTest.dynamicTest(
                    step.document() + ": " + step.options() + step.pipeline(),
                    () -> assertThat(printed(step)).isEqualTo(step.printed())));
  }

  @Test
  void the_README_has_a_session() throws IOException {
    assertThat(steps()).isNotEmpty();
  }

  private static String printed(Step step) {
    List<String> words = new ArrayList<>();
    if (!step.options().isEmpty()) {
      words.addAll(List.of(step.options().split(" +")));
    }
    words.add(step.pipeline());
    ByteArrayOutputStream terminal = new ByteArrayOutputStream();
    Streams io =
        new Streams(new ByteArrayInputStream(new byte[0]), terminal, terminal, HoseProcess.root());
    Main.run(words.toArray(String[]::new), io);
    return terminal.toString();
  }
}
