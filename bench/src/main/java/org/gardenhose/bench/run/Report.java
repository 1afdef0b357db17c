package org.gardenhose.bench.run;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.gardenhose.bench.run.Samples.Spread;

/// The text of a result.
final class Report {
  private Report() {}

  /// Returns a number with three or four digits that mean something.
  static String number(double value) {
    double size = Math.abs(value);
    String format = size >= 100 ? "%.0f" : size >= 10 ? "%.1f" : size >= 0.1 ? "%.2f" : "%.3f";
    return String.format(Locale.ROOT, format, value);
  }

  private static String range(Spread spread) {
    return "[%s..%s]".formatted(number(spread.least()), number(spread.most()));
  }

  /// Returns a line a cell.
  static String cells(Samples samples) {
    StringBuilder text = new StringBuilder();
    for (String cell : samples.cells()) {
      Spread spread = samples.spread(cell);
      text.append(
          "%-58s %10s %-6s %s%n"
              .formatted(cell, number(spread.median()), samples.unit(cell), range(spread)));
    }
    return text.toString();
  }

  /// Returns a line a goal, of those that are wanted, and how many are met.
  static String goals(Samples samples, Set<String> rows) {
    List<Goal> goals =
        Goals.of(samples).stream()
            .filter(goal -> rows.isEmpty() || rows.contains(goal.row()))
            .toList();
    StringBuilder text = new StringBuilder();
    String format = "%-5s %-62s %9s %-20s %7s %7s  %s%n";
    text.append(format.formatted("row", "what", "measured", "range", "floor", "goal", "verdict"));
    int met = 0;
    int missed = 0;
    for (Goal goal : goals) {
      Spread spread = goal.spread(samples);
      String verdict = goal.verdict(spread);
      met += verdict.equals("met") ? 1 : 0;
      missed += verdict.equals("MISSED") ? 1 : 0;
      text.append(
          format.formatted(
              goal.row(),
              goal.what(),
              number(spread.median()),
              range(spread),
              Double.isNaN(goal.floor()) ? "-" : bound(goal, goal.floor()),
              bound(goal, goal.goal()),
              verdict));
    }
    text.append("%d rows: %d met, %d missed%n".formatted(goals.size(), met, missed));
    return text.toString();
  }

  private static String bound(Goal goal, double value) {
    boolean whole = value == Math.rint(value);
    return (goal.atMost() ? "<=" : ">=") + (whole ? "%.0f".formatted(value) : value);
  }
}
