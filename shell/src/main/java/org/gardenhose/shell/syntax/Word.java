package org.gardenhose.shell.syntax;

import java.util.List;

/// A word of a command, in the parts that differ in quoting.
///
/// @param parts at least one; a quoted part may be empty
/// @param at where it begins
public record Word(List<WordPart> parts, Position at) {
  /// Returns the word without its quotes.
  public String text() {
    StringBuilder text = new StringBuilder();
    for (WordPart part : parts) {
      text.append(part.text());
    }
    return text.toString();
  }

  /// Returns whether nothing of it is quoted, so that it can be a reserved word.
  boolean isPlain() {
    return parts.size() == 1 && parts.getFirst() instanceof WordPart.Plain;
  }
}
