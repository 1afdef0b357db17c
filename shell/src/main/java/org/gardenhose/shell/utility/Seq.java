package org.gardenhose.shell.utility;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.regex.Pattern;
import org.gardenhose.shell.program.Failure;
import org.gardenhose.shell.program.Streams;
import org.gardenhose.shell.program.Utility;

/// `seq [-w] [-s separator] [first [increment]] last`: writes the numbers, exactly, as decimals
/// with as many places as `first` and `increment` have. `-w` makes them equally wide with zeros.
///
/// **Learned from.** Plan 9 seq(1), GNU's options
final class Seq implements Utility {
  /// From where, in which steps, and to where at most.
  private record Range(BigDecimal first, BigDecimal step, BigDecimal last) {}

  /// How numbers are written.
  private record Format(int places, boolean equalWidth, String separator) {}

  private static final Pattern NUMBER =
      Pattern.compile("[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]{1,3})?");
  private static final BigDecimal LONG_ENOUGH = BigDecimal.valueOf(Long.MAX_VALUE / 4);

  @Override
  public int run(List<String> argv, Streams io) throws IOException {
    Options options = new Options(argv, "#s:w");
    String separator = "\n";
    boolean equalWidth = false;
    for (char o = options.next(); o != Options.END; o = options.next()) {
      switch (o) {
        case 's' -> separator = options.value();
        case 'w' -> equalWidth = true;
        default -> options.operands().add("-" + options.value());
      }
    }
    write(options.operands(), separator, equalWidth, new Output(io.out()));
    return 0;
  }

  private static void write(List<String> operands, String separator, boolean equalWidth, Output out)
      throws IOException {
    if (operands.isEmpty()) {
      throw new Failure("missing operand");
    }
    if (operands.size() > 3) {
      throw new Failure("extra operand '" + operands.get(3) + "'");
    }
    BigDecimal last = number(operands.getLast());
    BigDecimal first = operands.size() > 1 ? number(operands.getFirst()) : BigDecimal.ONE;
    BigDecimal step = operands.size() > 2 ? number(operands.get(1)) : BigDecimal.ONE;
    if (step.signum() == 0) {
      throw new Failure("invalid Zero increment value: '" + operands.get(1) + "'");
    }
    if (last.subtract(first).signum() * step.signum() < 0) {
      return;
    }
    int places = Math.max(0, Math.max(first.scale(), step.scale()));
    if (places == 0 && !equalWidth && fits(first) && fits(last) && fits(step)) {
      writeLongs(first.longValue(), step.longValue(), last, Bytes.of(separator), out);
    } else {
      Range range = new Range(first, step, last);
      writeDecimals(range, new Format(places, equalWidth, separator), out);
    }
    out.put('\n');
    out.flush();
  }

  private static BigDecimal number(String text) throws Failure {
    if (!NUMBER.matcher(text).matches()) {
      throw new Failure("invalid floating point argument: '" + text + "'");
    }
    return new BigDecimal(text);
  }

  private static boolean fits(BigDecimal number) {
    return number.abs().compareTo(LONG_ENOUGH) < 0;
  }

  /// Returns how many numbers follow the first.
  private static BigDecimal steps(BigDecimal first, BigDecimal step, BigDecimal last) {
    return last.subtract(first).divideToIntegralValue(step);
  }

  private static void writeLongs(
      long first, long step, BigDecimal last, byte[] separator, Output out) throws IOException {
    long steps = steps(BigDecimal.valueOf(first), BigDecimal.valueOf(step), last).longValue();
    long number = first;
    out.decimal(number, 0);
    for (long i = 0; i < steps; i++) {
      number += step;
      out.write(separator);
      out.decimal(number, 0);
    }
  }

  private static void writeDecimals(Range range, Format format, Output out) throws IOException {
    BigDecimal steps = steps(range.first(), range.step(), range.last());
    BigDecimal number = range.first();
    int width = 0;
    if (format.equalWidth()) {
      BigDecimal end = number.add(steps.multiply(range.step()));
      int lastWidth = plain(format.places(), end).length();
      width = Math.max(plain(format.places(), number).length(), lastWidth);
    }
    BigDecimal done = BigDecimal.ZERO;
    out.text(padded(plain(format.places(), number), width));
    while (done.compareTo(steps) < 0) {
      number = number.add(range.step());
      done = done.add(BigDecimal.ONE);
      out.text(format.separator());
      out.text(padded(plain(format.places(), number), width));
    }
  }

  private static String plain(int places, BigDecimal number) {
    return number.setScale(places, RoundingMode.HALF_EVEN).toPlainString();
  }

  /// Puts zeros behind the sign up to this width.
  private static String padded(String number, int width) {
    String zeros = "0".repeat(Math.max(0, width - number.length()));
    return number.startsWith("-") ? "-" + zeros + number.substring(1) : zeros + number;
  }
}
