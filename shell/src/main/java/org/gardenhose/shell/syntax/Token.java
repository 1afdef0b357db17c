package org.gardenhose.shell.syntax;

/// What the parser reads.
sealed interface Token {
  /// Returns where it begins.
  Position at();

  /// A word.
  ///
  /// @param word with its parts
  record OfWord(Word word) implements Token {
    @Override
    public Position at() {
      return word.at();
    }
  }

  /// `|`.
  ///
  /// @param at where it is
  record Bar(Position at) implements Token {}

  /// `<`, `>` or `>>`, perhaps with a number before it.
  ///
  /// @param fd the number, or what the operator means without one
  /// @param mode how the file is opened
  /// @param at where it begins
  record Redirect(int fd, Redirection.Mode mode, Position at) implements Token {}

  /// The end of a line.
  ///
  /// @param at where it is
  record Newline(Position at) implements Token {}

  /// The end of the text.
  ///
  /// @param at behind the last character
  record End(Position at) implements Token {}
}
