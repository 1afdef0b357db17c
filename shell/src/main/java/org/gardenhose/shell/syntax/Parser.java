package org.gardenhose.shell.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// Reads a pipeline:
///
/// ```
/// pipeline : command { '|' {newline} command }
/// command  : ( word | redirection )+
/// redirection : [digit] ( '<' | '>' | '>>' ) word
/// ```
///
/// **Learned from.** POSIX.1-2024 XCU 2.10.2, "Shell Grammar Rules"
public final class Parser {
  private static final Set<String> RESERVED =
      Set.of(
          "!", "{", "}", "case", "do", "done", "elif", "else", "esac", "fi", "for", "if", "in",
          "then", "until", "while");
  private static final Pattern ASSIGNMENT = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*=.*");

  private final Lexer lexer;
  private Token token;

  private Parser(String text) throws SyntaxException {
    this.lexer = new Lexer(text);
    this.token = lexer.next();
  }

  /// Reads the whole text as one pipeline.
  ///
  /// @throws SyntaxException where it is none, or has something that is not understood yet
  public static Pipeline parse(String text) throws SyntaxException {
    Parser parser = new Parser(text);
    parser.skipNewlines();
    if (parser.token instanceof Token.End end) {
      throw new SyntaxException(end.at(), "there is no command");
    }
    Pipeline pipeline = parser.pipeline();
    Position end = parser.token.at();
    parser.skipNewlines();
    if (!(parser.token instanceof Token.End)) {
      throw new SyntaxException(end, "a second command line (list) is not supported yet");
    }
    return pipeline;
  }

  private Pipeline pipeline() throws SyntaxException {
    List<Command> stages = new ArrayList<>();
    stages.add(command());
    while (token instanceof Token.Bar) {
      token = lexer.next();
      skipNewlines();
      stages.add(command());
    }
    return new Pipeline(List.copyOf(stages));
  }

  private Command command() throws SyntaxException {
    Position at = token.at();
    List<Word> words = new ArrayList<>();
    List<Redirection> redirections = new ArrayList<>();
    // No switch over the kinds of token: its set-up would take a third of a short run's time.
    while (true) {
      if (token instanceof Token.OfWord(Word word)) {
        if (words.isEmpty()) {
          refuseAsName(word);
        }
        words.add(word);
        token = lexer.next();
      } else if (token instanceof Token.Redirect redirect) {
        redirections.add(redirection(redirect));
      } else {
        break;
      }
    }
    if (words.isEmpty() && redirections.isEmpty()) {
      throw new SyntaxException(at, "a command is missing here");
    }
    return new SimpleCommand(List.copyOf(words), List.copyOf(redirections), at);
  }

  private Redirection redirection(Token.Redirect redirect) throws SyntaxException {
    token = lexer.next();
    if (!(token instanceof Token.OfWord(Word target))) {
      throw new SyntaxException(token.at(), "a file name is missing here");
    }
    token = lexer.next();
    return new Redirection(redirect.fd(), redirect.mode(), target, redirect.at());
  }

  private static void refuseAsName(Word word) throws SyntaxException {
    String text = word.text();
    if (word.isPlain() && RESERVED.contains(text)) {
      throw SyntaxException.unsupported(
          word.at(), text, text.equals("!") ? "negation" : "compound command");
    }
    if (word.parts().getFirst() instanceof WordPart.Plain(String start)
        && ASSIGNMENT.matcher(start).matches()) {
      throw SyntaxException.unsupported(
          word.at(), text.substring(0, text.indexOf('=') + 1), "assignment");
    }
  }

  private void skipNewlines() throws SyntaxException {
    while (token instanceof Token.Newline) {
      token = lexer.next();
    }
  }
}
