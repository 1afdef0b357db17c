package org.gardenhose.tidy;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Applies the house rules to the whole tree.
class TidyTest {
  private static final List<Source> JAVA =
      Source.all(".java").stream().filter(file -> !file.path().startsWith("tidy/")).toList();
  private static final List<Source> MARKDOWN = Source.all(".md");

  @TestFactory
  Stream<DynamicTest> the_tree_keeps() {
    return Stream.of(
        rule("short_lines", Rules::longLines),
        rule("short_files", Rules::longFiles),
        rule("short_methods", Rules::longMethods),
        rule("waiting_in_the_package_wait", Rules::waitingElsewhere),
        rule("tests_that_do_not_sleep", Rules::sleepingTests),
        rule("wanted_words", Rules::unwantedWords),
        rule("the_names_of_the_glossary", Rules::unwantedNames),
        rule("imports_that_go_down", Rules::upwardImports),
        rule("files_that_open_with_what_they_are", Rules::withoutOpening));
  }

  private static DynamicTest rule(String name, Function<Source, List<String>> rule) {
    return DynamicTest.dynamicTest(
        name, () -> assertThat(JAVA.stream().flatMap(file -> rule.apply(file).stream())).isEmpty());
  }

  @Test
  void every_java_file_is_formatted() throws FormatterException {
    Formatter formatter = new Formatter();
    List<String> unformatted = new ArrayList<>();
    for (Source file : Source.all(".java")) {
      String formatted = formatter.formatSourceAndFixImports(file.text());
      if (!formatted.equals(file.text())) {
        unformatted.add(file.path());
        if (Boolean.getBoolean("tidy.write")) {
          file.write(formatted);
        }
      }
    }

    assertThat(unformatted).as("run: mvn -pl tidy test -Dtidy.write=true").isEmpty();
  }

  @Test
  void the_modules_are_those_of_the_picture() {
    Set<String> built = matches(Source.read("pom.xml").text(), "<module>(\\w+)</module>");

    assertThat(pictured("modules")).isEqualTo(built);
  }

  @Test
  void the_packages_of_core_are_those_of_the_picture_and_of_the_order() {
    Set<String> folders =
        new TreeSet<>(
            Source.names("core/src/main/java/org/gardenhose").stream()
                .filter(name -> !name.contains("."))
                .toList());

    assertThat(pictured("packages of core")).isEqualTo(folders);
    assertThat(new TreeSet<>(Rules.CORE_ORDER)).isEqualTo(folders);
  }

  /// Returns the first words of the lines in the code block of `docs/design.md` under a heading.
  private static Set<String> pictured(String heading) {
    String design = Source.read("docs/design.md").text();
    int from = design.indexOf("```", design.indexOf("## The " + heading));
    String block = design.substring(from + 3, design.indexOf("```", from + 3));
    return matches(block, "(?m)^(\\w+) ");
  }

  @Test
  void every_java_example_stands_in_a_test_to_the_letter() {
    String tests =
        String.join(
            "", JAVA.stream().filter(file -> !file.isMain()).map(f -> squeezed(f.text())).toList());
    Stream<Source> documented = JAVA.stream().filter(Source::isMain);

    assertThat(
            Stream.concat(MARKDOWN.stream(), documented)
                .flatMap(file -> examples(file).filter(text -> !tests.contains(squeezed(text)))))
        .isEmpty();
  }

  private static Stream<String> examples(Source file) {
    String text = file.text().replaceAll("(?m)^ *///", "");
    return Pattern.compile("(?s)```java\n(.*?)```").matcher(text).results().map(r -> r.group(1));
  }

  private static String squeezed(String text) {
    return text.replaceAll("\\s+", "");
  }

  @Test
  void every_link_in_a_document_leads_somewhere() {
    List<String> broken = new ArrayList<>();
    Pattern link = Pattern.compile("\\]\\(([^)#\\s]+)(?:#[^)]*)?\\)");
    for (Source file : MARKDOWN) {
      Matcher matcher = link.matcher(file.text());
      String folder = file.path().replaceAll("[^/]*$", "");
      while (matcher.find()) {
        String target = matcher.group(1);
        if (!target.contains("://") && !Source.exists(folder + target)) {
          broken.add(file.path() + " links to " + target);
        }
      }
    }

    assertThat(broken).isEmpty();
  }

  @Test
  void every_document_has_one_title() {
    List<String> titles =
        MARKDOWN.stream()
            .filter(file -> headings(file) != 1)
            .map(file -> file.path() + " has " + headings(file) + " titles")
            .toList();

    assertThat(titles).isEmpty();
  }

  private static long headings(Source file) {
    String withoutCode = file.text().replaceAll("(?s)```.*?```", "");
    return withoutCode.lines().filter(line -> line.startsWith("# ")).count();
  }

  @Test
  void START_HERE_counts_the_lines_of_its_files() {
    List<String> wrong = new ArrayList<>();
    Matcher row =
        Pattern.compile("\\[`[\\w./-]+`]\\(([\\w./-]+)\\) \\| (\\d+) \\|")
            .matcher(Source.read("START-HERE.md").text());
    int rows = 0;
    for (; row.find(); rows++) {
      int said = Integer.parseInt(row.group(2));
      int is = Source.read(row.group(1)).lines().size();
      if (Math.abs(said - is) > Math.max(5, is / 10)) {
        wrong.add("%s has %d lines, not %d".formatted(row.group(1), is, said));
      }
    }

    assertThat(wrong).isEmpty();
    assertThat(rows).as("files in START-HERE.md").isEqualTo(16);
  }

  @Test
  void every_java_package_is_null_marked_through_its_module() {
    List<String> unmarked =
        JAVA.stream()
            .filter(file -> file.fileName().equals("module-info.java"))
            .filter(file -> !file.text().contains("NullMarked"))
            .map(Source::path)
            .toList();

    assertThat(unmarked).isEmpty();
  }

  private static Set<String> matches(String text, String pattern) {
    Set<String> found = new TreeSet<>();
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    while (matcher.find()) {
      found.add(matcher.group(1));
    }
    return found;
  }
}
