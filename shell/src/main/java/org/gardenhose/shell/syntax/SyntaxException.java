package org.gardenhose.shell.syntax;

/// Thrown for a text that is not in the language, or not in the part of it that is understood.
public final class SyntaxException extends Exception {
  private static final long serialVersionUID = 1L;

  SyntaxException(Position at, String message) {
    super(at + ": " + message);
  }

  /// Makes one for something of POSIX's language that is not understood yet.
  ///
  /// @param what its spelling
  /// @param name what it is called
  static SyntaxException unsupported(Position at, String what, String name) {
    return new SyntaxException(at, "'" + what + "' (" + name + ") is not supported yet");
  }
}
