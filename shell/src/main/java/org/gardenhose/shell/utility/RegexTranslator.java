package org.gardenhose.shell.utility;

import org.gardenhose.shell.program.Failure;

/// Turns a POSIX regular expression, basic or extended, with GNU's additions, into one of
/// java.util.regex that is found in the same lines of a block of lines.
///
/// Nothing that it makes matches a newline, and `^` and `$` mean the ends of a line, so that no
/// match reaches beyond a line. Which of several matches is found is not the same (POSIX's is the
/// longest), and only whether there is one may be asked.
///
/// **Learned from.** POSIX.1-2024 XBD 9.3 to 9.5; GNU's `\+ \? \| \w \b \<` and the like
final class RegexTranslator {
  private static final int MOST_REPEATS = 32767;
  private static final int NOTHING = -1;

  private final String pattern;
  private final boolean extended;
  private final boolean folded;
  private final int groupsBefore;
  private final boolean capturing;
  private final StringBuilder out = new StringBuilder();
  private int at;

  /// Where in `out` the last atom begins, or NOTHING if there is none to repeat.
  private int atom = NOTHING;

  /// Whether the last atom is repeated already.
  private boolean repeated;

  /// Where in `out` the innermost open branch begins.
  private int branch;

  private int depth;
  private final int[] groupStart = new int[1000];
  private int groups;
  private int closedGroups;

  /// Makes one.
  ///
  /// @param groupsBefore how many groups patterns before this have in a common expression
  RegexTranslator(String pattern, boolean extended, boolean folded, int groupsBefore) {
    this.pattern = pattern;
    this.extended = extended;
    this.folded = folded;
    this.groupsBefore = groupsBefore;
    this.capturing = pattern.matches("(?s).*\\\\[1-9].*");
  }

  /// Returns how many groups there are, once translated.
  int groups() {
    return capturing ? groups : 0;
  }

  String translate() throws Failure {
    while (at < pattern.length()) {
      char c = pattern.charAt(at);
      if (c == '\\') {
        backslash();
      } else if (extended && "(){}+?|".indexOf(c) >= 0) {
        at++;
        operator(c);
      } else {
        ordinary(c);
      }
    }
    if (depth > 0) {
      throw new Failure("Unmatched ( or \\(");
    }
    return out.toString();
  }

  private void backslash() throws Failure {
    if (at + 1 == pattern.length()) {
      throw new Failure("Trailing backslash");
    }
    char c = pattern.charAt(at + 1);
    at += 2;
    if (!extended && "(){}+?|".indexOf(c) >= 0) {
      operator(c);
      return;
    }
    switch (c) {
      case 'w' -> emit("[A-Za-z0-9_]");
      case 'W' -> emit("[^A-Za-z0-9_\\n]");
      case 's' -> emit("[\\x09\\x0b-\\x0d ]");
      case 'S' -> emit("[^\\x09-\\x0d ]");
      case 'b' -> emit("(?:(?<=[A-Za-z0-9_])(?![A-Za-z0-9_])|(?<![A-Za-z0-9_])(?=[A-Za-z0-9_]))");
      case 'B' -> emit("(?:(?<=[A-Za-z0-9_])(?=[A-Za-z0-9_])|(?<![A-Za-z0-9_])(?![A-Za-z0-9_]))");
      case '<' -> emit("(?:(?<![A-Za-z0-9_])(?=[A-Za-z0-9_]))");
      case '>' -> emit("(?:(?<=[A-Za-z0-9_])(?![A-Za-z0-9_]))");
      case '`' -> emit("^");
      case '\'' -> emit("$");
      default -> {
        if (c >= '1' && c <= '9') {
          backReference(c - '0');
        } else {
          literal(c);
        }
      }
    }
  }

  private void backReference(int number) throws Failure {
    if (number > closedGroups) {
      throw new Failure("Invalid back reference");
    }
    emit("(?:\\" + (groupsBefore + number) + ")");
  }

  private void ordinary(char c) throws Failure {
    if (c == '[') {
      BracketExpression bracket = new BracketExpression(pattern, at);
      emit(bracket.translate(folded));
      at = bracket.end();
      return;
    }
    at++;
    if (c == '*') {
      star();
    } else if (c == '.') {
      emit("[^\\n]");
    } else if (c == '^' && extended) {
      emit("^");
    } else if (c == '^' && out.length() == branch) {
      out.append('^');
      atom = NOTHING;
    } else if (c == '$' && (extended || isAnchorEnd())) {
      emit("$");
    } else {
      literal(c);
    }
  }

  private boolean isAnchorEnd() {
    return at == pattern.length() || pattern.startsWith("\\)", at) || pattern.startsWith("\\|", at);
  }

  private void star() throws Failure {
    if (atom != NOTHING) {
      repeat("*");
    } else if (extended) {
      emit("(?:)");
    } else {
      literal('*');
    }
  }

  /// Does an operator, whose backslash, if it has one, is read.
  private void operator(char c) throws Failure {
    switch (c) {
      case '(' -> open();
      case ')' -> close();
      case '|' -> {
        out.append('|');
        atom = NOTHING;
        branch = out.length();
      }
      case '{' -> interval();
      case '}' -> literal('}');
      default -> {
        if (atom != NOTHING) {
          repeat(String.valueOf(c));
        } else if (extended) {
          emit("(?:)");
        } else {
          literal(c);
        }
      }
    }
  }

  private void open() throws Failure {
    if (depth == groupStart.length) {
      throw new Failure("more than " + depth + " groups within each other are not supported");
    }
    groupStart[depth++] = out.length();
    groups++;
    out.append(capturing ? "(" : "(?:");
    atom = NOTHING;
    branch = out.length();
  }

  private void close() throws Failure {
    if (depth == 0) {
      if (!extended) {
        throw new Failure("Unmatched ) or \\)");
      }
      literal(')');
      return;
    }
    out.append(')');
    closedGroups++;
    atom = groupStart[--depth];
    repeated = false;
  }

  /// Reads the rest of `{n}`, `{n,}`, `{,m}` or `{n,m}`. In an extended expression what is none is
  /// itself.
  private void interval() throws Failure {
    String close = extended ? "}" : "\\}";
    int end = pattern.indexOf(close, at);
    String inside = end < 0 ? "" : pattern.substring(at, end);
    boolean valid = inside.matches("[0-9]{1,5}(,[0-9]{0,5})?|,[0-9]{1,5}");
    if (atom == NOTHING || !valid) {
      if (!extended && atom != NOTHING) {
        throw new Failure(end < 0 ? "Unmatched \\{" : "Invalid content of \\{\\}");
      }
      if (extended && atom == NOTHING && valid) {
        at = end + close.length();
        emit("(?:)");
        return;
      }
      literal('{');
      return;
    }
    at = end + close.length();
    int comma = inside.indexOf(',');
    String least = comma < 0 ? inside : inside.substring(0, comma);
    String most = comma < 0 ? inside : inside.substring(comma + 1);
    int from = least.isEmpty() ? 0 : Integer.parseInt(least);
    int to = most.isEmpty() ? MOST_REPEATS : Integer.parseInt(most);
    if (from > to) {
      throw new Failure("Invalid content of \\{\\}");
    }
    if (to > MOST_REPEATS || from > MOST_REPEATS) {
      throw new Failure("Regular expression too big");
    }
    repeat("{" + from + (comma < 0 ? "" : most.isEmpty() ? "," : "," + to) + "}");
  }

  /// Repeats the last atom. One that is repeated already is wrapped first, since a second
  /// quantifier has a meaning of its own in java.util.regex.
  private void repeat(String quantifier) {
    if (repeated) {
      out.insert(atom, "(?:").append(')');
    }
    out.append(quantifier);
    repeated = true;
  }

  private void literal(char c) {
    if (folded && Character.isLetter(c) && c < 0x80) {
      emit("[" + Character.toLowerCase(c) + Character.toUpperCase(c) + "]");
    } else if (c < 0x80 && Character.isLetterOrDigit(c)) {
      emit(String.valueOf(c));
    } else {
      emit(String.format("\\x%02x", (int) c));
    }
  }

  private void emit(String text) {
    atom = out.length();
    repeated = false;
    out.append(text);
  }
}
