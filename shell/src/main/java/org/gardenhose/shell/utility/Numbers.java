package org.gardenhose.shell.utility;

import java.math.BigInteger;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.gardenhose.shell.program.Failure;

/// Reads the numbers in arguments.
final class Numbers {
  private static final Pattern NUMBER = Pattern.compile("([0-9]+)([a-zA-Z]*)");
  private static final BigInteger MAX = BigInteger.valueOf(Long.MAX_VALUE);
  private static final long KILO = 1000;
  private static final long KIBI = 1024;

  /// Exponents of KIBI, and of KILO where `B` follows.
  private static final Map<String, Integer> POWERS =
      Map.of("K", 1, "k", 1, "M", 2, "G", 3, "T", 4, "P", 5, "E", 6);

  private Numbers() {}

  /// Reads a count with an optional multiplier: `b` (512), `K`, `M`, `G`, ... (powers of 1024),
  /// `KiB`, ... (the same), `kB`, `MB`, ... (powers of 1000). More than a `long` holds is its
  /// maximum.
  ///
  /// @param what begins the message: `invalid number of lines`
  static long count(String text, String what) throws Failure {
    Matcher matcher = NUMBER.matcher(text);
    if (!matcher.matches()) {
      throw new Failure(what + ": '" + text + "'");
    }
    BigInteger number = new BigInteger(matcher.group(1));
    return number.multiply(multiplier(matcher.group(2), text, what)).min(MAX).longValue();
  }

  private static BigInteger multiplier(String suffix, String text, String what) throws Failure {
    if (suffix.isEmpty()) {
      return BigInteger.ONE;
    }
    if (suffix.equals("b")) {
      return BigInteger.valueOf(512);
    }
    Integer power = POWERS.get(suffix.substring(0, 1));
    String unit = suffix.substring(1);
    if (power == null || !(unit.isEmpty() || unit.equals("B") || unit.equals("iB"))) {
      throw new Failure(what + ": '" + text + "'");
    }
    return BigInteger.valueOf(unit.equals("B") ? KILO : KIBI).pow(power);
  }

  /// Reads a number of digits only. More than a `long` holds is its maximum.
  static long plain(String text, String what) throws Failure {
    if (text.isEmpty() || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
      throw new Failure(what + ": '" + text + "'");
    }
    return new BigInteger(text).min(MAX).longValue();
  }
}
