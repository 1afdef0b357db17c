package org.gardenhose.shell.syntax;

import java.util.List;

/// Cuts the text into tokens.
///
/// **Learned from.** POSIX.1-2024 XCU 2.3, "Token Recognition"; 2.10.2 for `IO_NUMBER`
final class Lexer {
  /// An operator of the language that is refused.
  private record Refused(String spelling, String name) {}

  /// The longer ones before those that they begin with.
  private static final List<Refused> REFUSED =
      List.of(
          new Refused("&&", "and"),
          new Refused("||", "or"),
          new Refused("|&", "pipe of standard error"),
          new Refused(";;", "end of a case"),
          new Refused(";", "list"),
          new Refused("&>", "redirection of two descriptors"),
          new Refused("&", "background command"),
          new Refused("<<<", "here-string"),
          new Refused("<<", "here-document"),
          new Refused("<&", "duplicated descriptor"),
          new Refused(">&", "duplicated descriptor"),
          new Refused("<>", "redirection to read and write"),
          new Refused(">|", "redirection that overrides noclobber"),
          new Refused("<(", "process substitution"),
          new Refused(">(", "process substitution"),
          new Refused("(", "subshell"),
          new Refused(")", "subshell"));

  private final Source source;

  Lexer(String text) {
    this.source = new Source(text);
  }

  Token next() throws SyntaxException {
    skipBlanksAndComment();
    Position at = source.position();
    if (source.atEnd()) {
      return new Token.End(at);
    }
    if (source.peek() == '\n') {
      source.next();
      return new Token.Newline(at);
    }
    int digits = descriptorDigits();
    if (digits == 0 && !isOperatorStart(source.peek())) {
      return new Token.OfWord(new WordLexer(source).read());
    }
    return operator(digits, at);
  }

  private void skipBlanksAndComment() {
    source.skipLineJoins();
    while (source.peek() == ' ' || source.peek() == '\t') {
      source.next();
      source.skipLineJoins();
    }
    if (source.peek() == '#') {
      while (!source.atEnd() && source.peek() != '\n') {
        source.next();
      }
    }
  }

  /// Returns how many digits stand right before a redirection; 0 if they are (part of) a word.
  private int descriptorDigits() {
    int digits = 0;
    while (isDigit(source.peek(digits))) {
      digits++;
    }
    char behind = source.peek(digits);
    return behind == '<' || behind == '>' ? digits : 0;
  }

  private Token operator(int digits, Position at) throws SyntaxException {
    StringBuilder number = new StringBuilder();
    for (int i = 0; i < digits; i++) {
      number.append(source.next());
    }
    for (Refused refused : REFUSED) {
      if (source.comes(refused.spelling())) {
        throw SyntaxException.unsupported(at, number + refused.spelling(), refused.name());
      }
    }
    char c = source.next();
    if (c == '|') {
      return new Token.Bar(at);
    }
    Redirection.Mode mode = c == '<' ? Redirection.Mode.READ : Redirection.Mode.WRITE;
    if (c == '>' && source.peek() == '>') {
      source.next();
      mode = Redirection.Mode.APPEND;
    }
    return new Token.Redirect(descriptor(number.toString(), mode, at), mode, at);
  }

  private static int descriptor(String number, Redirection.Mode mode, Position at)
      throws SyntaxException {
    boolean reads = mode == Redirection.Mode.READ;
    String fd = number.isEmpty() ? (reads ? "0" : "1") : number;
    if (reads ? fd.equals("0") : fd.equals("1") || fd.equals("2")) {
      return fd.charAt(0) - '0';
    }
    throw SyntaxException.unsupported(
        at, number + (reads ? "<" : ">"), "redirection of descriptor " + number);
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  static boolean isOperatorStart(char c) {
    return "|&;<>()".indexOf(c) >= 0;
  }
}
