package org.gardenhose.shell.utility;

import java.util.BitSet;
import org.gardenhose.shell.program.Failure;

/// Reads a bracket expression of a regular expression, `[a-z_[:digit:]]`, to the bytes it matches.
///
/// **Learned from.** POSIX.1-2024 XBD 9.3.5
final class BracketExpression {
  private static final int BYTES = 256;

  private final String pattern;
  private int at;
  private final BitSet set = new BitSet(BYTES);

  /// Makes one.
  ///
  /// @param at the index of the `[`
  BracketExpression(String pattern, int at) {
    this.pattern = pattern;
    this.at = at + 1;
  }

  /// Reads it, and returns a class of java.util.regex that matches the same bytes but a newline.
  String translate(boolean folded) throws Failure {
    boolean negated = comes("^");
    at += negated ? 1 : 0;
    boolean first = true;
    while (first || !comes("]")) {
      item();
      first = false;
    }
    at++;
    if (folded) {
      fold();
    }
    if (negated) {
      set.flip(0, BYTES);
    }
    set.clear('\n');
    return spelling();
  }

  /// Returns the index behind the `]`, once translated.
  int end() {
    return at;
  }

  private boolean comes(String text) throws Failure {
    if (at >= pattern.length()) {
      throw new Failure("Unmatched [, [^, [:, [., or [=");
    }
    return pattern.startsWith(text, at);
  }

  private void item() throws Failure {
    if (comes("[:")) {
      String name = named(":]");
      CharacterClass found = CharacterClass.named(name);
      if (found == null) {
        throw new Failure("Invalid character class name");
      }
      for (int c = 0; c < BYTES; c++) {
        if (found.has(c)) {
          set.set(c);
        }
      }
      return;
    }
    int from = element();
    boolean range = comes("-") && at + 1 < pattern.length() && pattern.charAt(at + 1) != ']';
    int to = from;
    if (range) {
      at++;
      to = element();
    }
    if (to < from) {
      throw new Failure("Invalid range end");
    }
    set.set(from, to + 1);
  }

  private int element() throws Failure {
    for (String kind : new String[] {".", "="}) {
      if (comes("[" + kind)) {
        String name = named(kind + "]");
        if (name.length() != 1) {
          throw new Failure("Invalid collation character");
        }
        return name.charAt(0);
      }
    }
    return pattern.charAt(at++);
  }

  private String named(String close) throws Failure {
    int end = pattern.indexOf(close, at + 2);
    if (end < 0) {
      throw new Failure("Unmatched [, [^, [:, [., or [=");
    }
    String name = pattern.substring(at + 2, end);
    at = end + 2;
    return name;
  }

  private void fold() {
    for (int upper = 'A'; upper <= 'Z'; upper++) {
      int lower = upper + 'a' - 'A';
      if (set.get(upper) || set.get(lower)) {
        set.set(upper);
        set.set(lower);
      }
    }
  }

  private String spelling() {
    if (set.isEmpty()) {
      return "(?!)";
    }
    StringBuilder spelling = new StringBuilder("[");
    for (int from = set.nextSetBit(0); from >= 0; ) {
      int to = set.nextClearBit(from) - 1;
      spelling.append(String.format("\\x%02x-\\x%02x", from, to));
      from = set.nextSetBit(to + 1);
    }
    return spelling.append(']').toString();
  }
}
