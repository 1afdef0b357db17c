package org.gardenhose.bench.run;

import org.gardenhose.bench.run.Samples.Spread;

/// A row of the table: something measured, mostly divided by something to compare with, and what is
/// wanted of it.
///
/// **Always true.** A ratio is taken within a round; the floor is held if the worst round holds it,
/// the goal is met if the median does.
///
/// @param row its name in the table of goals
/// @param what what is compared with what
/// @param value how it comes from the samples
/// @param floor what no round may fall below; NaN if there is none
/// @param goal what the median should reach
/// @param atMost whether less is better
record Goal(String row, String what, Value value, double floor, double goal, boolean atMost) {
  /// A number that follows from the samples of one round, NaN if something is missing.
  @FunctionalInterface
  interface Value {
    double of(Samples samples, int round);

    /// Returns the value of a cell.
    static Value cell(String cell) {
      return (samples, round) -> samples.at(cell, round);
    }

    /// Returns the largest of several cells.
    static Value best(String... cells) {
      return (samples, round) -> {
        double best = Double.NaN;
        for (String cell : cells) {
          double value = samples.at(cell, round);
          best = Double.isNaN(best) || value > best ? value : best;
        }
        return best;
      };
    }

    default Value over(Value reference) {
      return (samples, round) -> {
        double divisor = reference.of(samples, round);
        return divisor > 0 ? of(samples, round) / divisor : Double.NaN;
      };
    }
  }

  /// Returns the value in all rounds.
  Spread spread(Samples samples) {
    double[] values = new double[samples.rounds()];
    for (int round = 0; round < values.length; round++) {
      values[round] = value.of(samples, round);
    }
    return Spread.of(values);
  }

  boolean floorHeld(Spread spread) {
    return Double.isNaN(floor) || (atMost ? spread.most() <= floor : spread.least() >= floor);
  }

  boolean met(Spread spread) {
    return atMost ? spread.median() <= goal : spread.median() >= goal;
  }

  /// Returns `met`, `floor` if only the floor is held, or `MISSED`.
  String verdict(Spread spread) {
    if (!floorHeld(spread)) {
      return "MISSED";
    }
    return met(spread) ? "met" : Double.isNaN(floor) ? "MISSED" : "floor";
  }
}
