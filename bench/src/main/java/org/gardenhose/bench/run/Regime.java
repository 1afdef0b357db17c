package org.gardenhose.bench.run;

import java.util.List;

/// On which processors, and on how many carriers of virtual threads, a measurement runs.
enum Regime {
  /// One processor, one carrier: the repeatable one.
  PINNED("A", true, true, "pinned to one CPU"),
  /// Two processors, as many carriers.
  FREE("B", false, false, "free on two CPUs"),
  /// Two processors, one carrier.
  ONE_CARRIER("B1", false, true, "free on two CPUs, one carrier"),
  /// As [#FREE], with something else running on each processor.
  HOGS("C", false, false, "one CPU hog a CPU beside it");

  private static final List<String> ONE =
      List.of(
          "-Djdk.virtualThreadScheduler.parallelism=1",
          "-Djdk.virtualThreadScheduler.maxPoolSize=1");

  private final String label;
  private final boolean pinned;
  private final boolean oneCarrier;
  private final String text;

  Regime(String label, boolean pinned, boolean oneCarrier, String text) {
    this.label = label;
    this.pinned = pinned;
    this.oneCarrier = oneCarrier;
    this.text = text;
  }

  /// Returns what the results call it.
  String label() {
    return label;
  }

  /// Returns what it means.
  String text() {
    return text;
  }

  boolean pinned() {
    return pinned;
  }

  /// Returns what the JVM is told about carriers.
  List<String> carrierOptions() {
    return oneCarrier ? ONE : List.of();
  }
}
