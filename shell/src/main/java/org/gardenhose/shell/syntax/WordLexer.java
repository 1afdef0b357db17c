package org.gardenhose.shell.syntax;

import java.util.ArrayList;
import java.util.List;

/// Reads one word: quotes, backslashes, and the characters that would begin an expansion, which are
/// refused.
///
/// **Learned from.** POSIX.1-2024 XCU 2.2, "Quoting"
final class WordLexer {
  private final Source source;
  private final List<WordPart> parts = new ArrayList<>();
  private final StringBuilder plain = new StringBuilder();

  WordLexer(Source source) {
    this.source = source;
  }

  Word read() throws SyntaxException {
    Position at = source.position();
    if (source.peek() == '~') {
      throw SyntaxException.unsupported(at, "~", "tilde expansion");
    }
    source.skipLineJoins();
    while (!endsWord()) {
      readPart();
      source.skipLineJoins();
    }
    endPlain();
    return new Word(List.copyOf(parts), at);
  }

  private boolean endsWord() {
    char c = source.peek();
    return source.atEnd() || c == ' ' || c == '\t' || c == '\n' || Lexer.isOperatorStart(c);
  }

  private void readPart() throws SyntaxException {
    switch (source.peek()) {
      case '\'' -> singleQuoted();
      case '"' -> doubleQuoted();
      case '\\' -> escaped();
      case '$', '`' -> plain.append(dollarOrBackquote(false));
      case '*', '?', '[' -> throw refusedPattern();
      case '\0' -> throw new SyntaxException(source.position(), "a NUL cannot be in a command");
      default -> plain.append(source.next());
    }
  }

  private SyntaxException refusedPattern() {
    return new SyntaxException(
        source.position(),
        "'"
            + source.peek()
            + "' (pathname expansion) is not supported yet; quote it to mean the character");
  }

  private void singleQuoted() throws SyntaxException {
    Position at = source.position();
    endPlain();
    source.next();
    StringBuilder text = new StringBuilder();
    while (source.peek() != '\'' || source.atEnd()) {
      if (source.atEnd()) {
        throw new SyntaxException(at, "this single quote is never closed");
      }
      text.append(source.next());
    }
    source.next();
    parts.add(new WordPart.Quoted(text.toString()));
  }

  private void doubleQuoted() throws SyntaxException {
    Position at = source.position();
    endPlain();
    source.next();
    StringBuilder text = new StringBuilder();
    source.skipLineJoins();
    while (source.peek() != '"' || source.atEnd()) {
      if (source.atEnd()) {
        throw new SyntaxException(at, "this double quote is never closed");
      }
      char c = source.peek();
      if (c == '$' || c == '`') {
        text.append(dollarOrBackquote(true));
      } else if (c == '\\' && "$`\"\\".indexOf(source.peek(1)) >= 0) {
        source.next();
        text.append(source.next());
      } else {
        text.append(source.next());
      }
      source.skipLineJoins();
    }
    source.next();
    parts.add(new WordPart.Quoted(text.toString()));
  }

  private void escaped() throws SyntaxException {
    Position at = source.position();
    endPlain();
    source.next();
    if (source.atEnd()) {
      throw new SyntaxException(at, "this backslash has nothing behind it");
    }
    parts.add(new WordPart.Quoted(String.valueOf(source.next())));
  }

  /// Reads a `$` that begins no expansion and so stands for itself; refuses what begins one.
  private char dollarOrBackquote(boolean quoted) throws SyntaxException {
    Position at = source.position();
    char behind = source.peek(1);
    if (source.peek() == '`') {
      throw SyntaxException.unsupported(at, "`", "command substitution");
    }
    if (behind == '(') {
      throw SyntaxException.unsupported(at, "$(", "command substitution");
    }
    if (!quoted && (behind == '\'' || behind == '"')) {
      throw SyntaxException.unsupported(at, "$" + behind, "dollar quotes");
    }
    boolean name = behind < 128 && (Character.isLetterOrDigit(behind) || behind == '_');
    if (name || "{@*#?-$!".indexOf(behind) >= 0) {
      throw SyntaxException.unsupported(at, "$" + behind, "parameter expansion");
    }
    return source.next();
  }

  private void endPlain() {
    if (!plain.isEmpty()) {
      parts.add(new WordPart.Plain(plain.toString()));
      plain.setLength(0);
    }
  }
}
