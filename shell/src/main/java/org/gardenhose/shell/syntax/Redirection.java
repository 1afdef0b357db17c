package org.gardenhose.shell.syntax;

/// A descriptor that is to be a file.
///
/// @param fd 0, 1 or 2
/// @param mode how the file is opened
/// @param target the file's name
/// @param at where it begins
public record Redirection(int fd, Mode mode, Word target, Position at) {
  /// How a file is opened.
  public enum Mode {
    /// `<`: to read.
    READ,
    /// `>`: to write, emptied first.
    WRITE,
    /// `>>`: to write at the end.
    APPEND
  }
}
