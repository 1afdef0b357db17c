package org.gardenhose.shell.syntax;

/// A part of a word. Expansions will be further kinds of part.
public sealed interface WordPart {
  /// Returns its characters without the quotes.
  String text();

  /// Characters outside quotes.
  ///
  /// @param text at least one character
  record Plain(String text) implements WordPart {}

  /// Characters that stand for themselves: between quotes, or behind a backslash.
  ///
  /// @param text without the quotes; may be empty
  record Quoted(String text) implements WordPart {}
}
