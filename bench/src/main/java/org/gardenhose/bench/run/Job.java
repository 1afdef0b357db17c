package org.gardenhose.bench.run;

import java.util.List;
import java.util.Set;

/// One process that measures something and prints lines of `name value unit`.
///
/// @param rows the goals that need it
/// @param kernel whether it is the C program, and not ours
/// @param words what it is told
/// @param memory the JVM's options for its heap
record Job(Set<String> rows, Regime regime, boolean kernel, List<String> words, String memory) {
  private static final String MEMORY = "-Xms512m -Xmx512m -XX:+UseParallelGC";

  /// Makes a measurement in a JVM.
  ///
  /// @param rows separated by spaces
  /// @param words separated by spaces
  static Job java(String rows, Regime regime, String words) {
    return new Job(split(rows), regime, false, List.of(words.split(" ")), MEMORY);
  }

  /// Makes a measurement by the C program.
  ///
  /// @param rows separated by spaces
  /// @param tests prefixes separated by spaces
  static Job kernel(String rows, Regime regime, String tests) {
    return new Job(split(rows), regime, true, List.of(tests.split(" ")), "");
  }

  /// Returns the same with another heap.
  Job withMemory(String options) {
    return new Job(rows, regime, kernel, words, options);
  }

  private static Set<String> split(String rows) {
    return Set.of(rows.split(" "));
  }

  /// Returns whether one of these goals needs it; all are meant if there are none.
  boolean serves(Set<String> wanted) {
    return wanted.isEmpty() || wanted.stream().anyMatch(rows::contains);
  }

  @Override
  public String toString() {
    return regime.label() + " " + (kernel ? "kernel " : "") + String.join(" ", words);
  }
}
