package org.gardenhose.shell.program;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/// What a utility is given: standard input, output and error, and the directory that relative file
/// names start from.
///
/// Words are Java strings; where their bytes matter they are UTF-8. Data is never decoded.
///
/// @param in standard input
/// @param out standard output; unbuffered, so write big blocks
/// @param err standard error
/// @param directory where relative names start; the empty path is the process's own
public record Streams(InputStream in, OutputStream out, OutputStream err, Path directory) {
  /// Opens a file to read.
  ///
  /// @throws InputFailure if it cannot be opened; the message has the name and the reason
  public InputFile open(String name) throws InputFailure {
    return InputFile.open(name, resolve(name));
  }

  /// Opens a file to write, emptied first unless `append`.
  ///
  /// @throws Failure if it cannot be opened; the message has the name and the reason
  public OutputFile create(String name, boolean append) throws Failure {
    return OutputFile.open(name, resolve(name), append);
  }

  /// Returns whether this names a directory.
  public boolean isDirectory(String name) {
    try {
      return Files.isDirectory(resolve(name));
    } catch (InputFailure _) {
      return false;
    }
  }

  private Path resolve(String name) throws InputFailure {
    if (name.isEmpty()) {
      throw new InputFailure("''", "No such file or directory");
    }
    try {
      return directory.resolve(name);
    } catch (InvalidPathException e) {
      throw new InputFailure(name, e.getReason());
    }
  }

  /// Writes one line to standard error, in one piece, so that the lines of several stages do not
  /// mix. A standard error that cannot be written to is nobody's concern.
  public void complain(String line) {
    try {
      err.write((line + "\n").getBytes(StandardCharsets.UTF_8));
      err.flush();
    } catch (IOException _) {
      // There is nowhere left to say so.
    }
  }

  /// Returns these streams with another standard input.
  public Streams withIn(InputStream in) {
    return new Streams(in, out, err, directory);
  }

  /// Returns these streams with another standard output.
  public Streams withOut(OutputStream out) {
    return new Streams(in, out, err, directory);
  }

  /// Returns these streams with another standard error.
  public Streams withErr(OutputStream err) {
    return new Streams(in, out, err, directory);
  }
}
