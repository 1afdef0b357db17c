package org.gardenhose.bench.run;

import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// What was measured: a value a cell and round. A cell is a regime and a name, such as
/// `A throughput.gardenhose.virtual.65536.64`.
final class Samples {
  /// Several values of one thing.
  ///
  /// @param count how many there are; the rest is meaningless if there are none
  record Spread(double median, double least, double most, int count) {
    static Spread of(double[] values) {
      double[] known = Arrays.stream(values).filter(v -> !Double.isNaN(v)).sorted().toArray();
      int n = known.length;
      if (n == 0) {
        return new Spread(Double.NaN, Double.NaN, Double.NaN, 0);
      }
      double median = n % 2 == 1 ? known[n / 2] : (known[n / 2 - 1] + known[n / 2]) / 2;
      return new Spread(median, known[0], known[n - 1], n);
    }
  }

  private final int rounds;
  private final Map<String, double[]> values = new TreeMap<>();
  private final Map<String, String> units = new TreeMap<>();

  Samples(int rounds) {
    this.rounds = rounds;
  }

  int rounds() {
    return rounds;
  }

  /// Takes a line of `name value unit`; others are ignored.
  void take(Regime regime, int round, String line) {
    String[] words = line.split(" ");
    if (words.length != 3) {
      return;
    }
    put(regime.label() + " " + words[0], round, Double.parseDouble(words[1]), words[2]);
  }

  void put(String cell, int round, double value, String unit) {
    values.computeIfAbsent(cell, name -> unknown())[round] = value;
    units.put(cell, unit);
  }

  private double[] unknown() {
    double[] none = new double[rounds];
    Arrays.fill(none, Double.NaN);
    return none;
  }

  Set<String> cells() {
    return values.keySet();
  }

  String unit(String cell) {
    return units.getOrDefault(cell, "");
  }

  /// Returns the value of that cell in that round, or NaN.
  double at(String cell, int round) {
    double[] known = values.get(cell);
    return known == null ? Double.NaN : known[round];
  }

  Spread spread(String cell) {
    double[] known = values.get(cell);
    return Spread.of(known == null ? new double[0] : known);
  }
}
