package org.gardenhose.spec.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.net.URISyntaxException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Which rules of Linux's behaviour some scenario shows, and why the others have none: the list is
/// `rules-without-scenario.txt`, a rule and its reason a line.
class RulesSpec {
  /// The rules are numbered from L-1 on.
  private static final int RULES = 190;

  private static Set<String> shown() throws Exception {
    Set<String> rules = new TreeSet<>();
    Path classes = Path.of(RulesSpec.class.getResource("").toURI());
    try (DirectoryStream<Path> files = Files.newDirectoryStream(classes, "*.class")) {
      for (Path file : files) {
        String name = file.getFileName().toString().replaceFirst("\\.class$", "");
        Class<?> type = Class.forName(RulesSpec.class.getPackageName() + "." + name);
        for (Method method : type.getDeclaredMethods()) {
          Scenario scenario = method.getAnnotation(Scenario.class);
          if (scenario != null) {
            rules.addAll(List.of(scenario.value()));
          }
        }
      }
    }
    return rules;
  }

  private static List<String> explained() throws Exception {
    List<String> rules = new ArrayList<>();
    Path list = path("rules-without-scenario.txt");
    for (String line : Files.readAllLines(list)) {
      String[] words = line.split(" ", 2);
      assertThat(words).as(line).hasSize(2);
      assertThat(words[1]).as("the reason for " + words[0]).hasSizeGreaterThan(20);
      rules.add(words[0]);
    }
    return rules;
  }

  private static Path path(String name) throws URISyntaxException {
    return Path.of(RulesSpec.class.getResource(name).toURI());
  }

  @Test
  void every_rule_has_a_scenario_or_a_reason_why_not() throws Exception {
    Set<String> known =
        IntStream.rangeClosed(1, RULES)
            .mapToObj(i -> "L-" + i)
            .collect(Collectors.toCollection(TreeSet::new));
    Set<String> shown = shown();
    List<String> explained = explained();

    Set<String> neither = new TreeSet<>(known);
    neither.removeAll(shown);
    explained.forEach(neither::remove);
    assertThat(neither).as("neither a scenario nor a reason").isEmpty();
    assertThat(explained).as("a reason for what has a scenario").doesNotContainAnyElementsOf(shown);
    assertThat(explained).doesNotHaveDuplicates();
    assertThat(known).as("rules that do not exist").containsAll(shown).containsAll(explained);
  }
}
