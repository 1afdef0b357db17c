package org.gardenhose.shell;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.gardenhose.shell.program.Streams;

/// Runs command lines as `hose` does, on streams in memory.
final class Hose {
  private Hose() {}

  /// Runs one with nothing to read.
  static Ran run(String commandLine) {
    return run(commandLine, "");
  }

  /// Runs one that reads this text, one byte for each character.
  static Ran run(String commandLine, String in) {
    byte[] bytes = in.getBytes(StandardCharsets.ISO_8859_1);
    return run(commandLine, new ByteArrayInputStream(bytes), Path.of(""));
  }

  /// Runs one in a directory.
  static Ran run(String commandLine, Path directory) {
    return run(commandLine, InputStream.nullInputStream(), directory);
  }

  /// Runs one that reads a file of its directory, as with `<`.
  static Ran runOnFile(String commandLine, Path directory, String file) {
    try (InputStream in = streams(InputStream.nullInputStream(), directory).open(file)) {
      return run(commandLine, in, directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Streams streams(InputStream in, Path directory) {
    return new Streams(in, new ByteArrayOutputStream(), new ByteArrayOutputStream(), directory);
  }

  private static Ran run(String commandLine, InputStream in, Path directory) {
    Streams io = streams(in, directory);
    int status = new Shell("hose").run(commandLine, io);
    byte[] out = ((ByteArrayOutputStream) io.out()).toByteArray();
    return new Ran(status, out, ((ByteArrayOutputStream) io.err()).toString());
  }
}
