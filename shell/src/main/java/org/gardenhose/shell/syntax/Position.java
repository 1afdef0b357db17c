package org.gardenhose.shell.syntax;

/// A place in the text.
///
/// @param line counted from 1
/// @param column in characters, counted from 1
public record Position(int line, int column) {
  @Override
  public String toString() {
    return "line " + line + ", column " + column;
  }
}
