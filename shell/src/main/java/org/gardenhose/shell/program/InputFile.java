package org.gardenhose.shell.program;

import java.io.File;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A file that is read, whose failures are [InputFailure]s with the name that the user gave.
///
/// **Blocks.** as long as the file does: a terminal or a FIFO until there is something
public final class InputFile extends FileInputStream {
  private final String name;
  private final Path path;

  private InputFile(String name, File file) throws IOException {
    super(file);
    this.name = name;
    this.path = file.toPath();
  }

  private InputFile(String name, FileDescriptor fd, Path path) {
    super(fd);
    this.name = name;
    this.path = path;
  }

  /// Opens a file.
  ///
  /// @param name what messages call it
  /// @throws InputFailure if it cannot be opened, or is a directory
  static InputFile open(String name, Path path) throws InputFailure {
    try {
      return new InputFile(name, path.toFile());
    } catch (IOException e) {
      throw InputFailure.of(name, e);
    }
  }

  /// Wraps the standard input of this process.
  public static InputFile standard() {
    return new InputFile("-", FileDescriptor.in, Path.of("/dev/stdin"));
  }

  /// Returns the size in bytes of a regular file, and -1 of anything else.
  public long regularSize() {
    try {
      return Files.isRegularFile(path) ? Files.size(path) : -1;
    } catch (IOException _) {
      return -1;
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes) throws IOException {
    return read(bytes, 0, bytes.length);
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    try {
      return super.read(bytes, offset, length);
    } catch (IOException e) {
      throw InputFailure.of(name, e);
    }
  }
}
