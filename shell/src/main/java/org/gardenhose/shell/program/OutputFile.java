package org.gardenhose.shell.program;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;

/// A file that is written, without a buffer: every write is a system call, so utilities write big
/// blocks. A failed write is a [Failure] that says `write error`, or a [ReaderGoneException].
///
/// **Blocks.** as long as the file does
public final class OutputFile extends OutputStream {
  private static final String WRITE_ERROR = "write error";

  private final FileOutputStream out;

  private OutputFile(FileOutputStream out) {
    this.out = out;
  }

  /// Opens a file and empties it, or writes at its end; makes it if it is not there.
  ///
  /// @param name what messages call it
  /// @throws Failure if it cannot be opened
  static OutputFile open(String name, Path path, boolean append) throws Failure {
    try {
      return new OutputFile(new FileOutputStream(path.toFile(), append));
    } catch (IOException e) {
      throw Failure.of(name, e);
    }
  }

  /// Wraps the standard output of this process.
  public static OutputFile standard() {
    return new OutputFile(new FileOutputStream(FileDescriptor.out));
  }

  /// Wraps the standard error of this process.
  public static OutputFile standardError() {
    return new OutputFile(new FileOutputStream(FileDescriptor.err));
  }

  @Override
  public void write(int value) throws IOException {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    try {
      out.write(bytes, offset, length);
    } catch (IOException e) {
      // The JDK passes on EPIPE only as the system's text for it.
      if ("Broken pipe".equals(e.getMessage())) {
        throw new ReaderGoneException(e);
      }
      throw Failure.of(WRITE_ERROR, e);
    }
  }

  @Override
  public void close() throws IOException {
    try {
      out.close();
    } catch (IOException e) {
      throw Failure.of(WRITE_ERROR, e);
    }
  }
}
