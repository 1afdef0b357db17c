package org.gardenhose.shell.program;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import org.gardenhose.abi.Errno;
import org.gardenhose.abi.Sys;

/// What a process of the in-JVM kernel writes through one of its descriptors, without a buffer:
/// every write is a system call, and again one for what is left if it wrote less.
///
/// **Blocks.** as write(2) does
public final class DescriptorOutput extends OutputStream {
  private final Sys sys;
  private final int fd;

  /// Writes `fd`, which stays open when this is closed.
  public DescriptorOutput(Sys sys, int fd) {
    this.sys = sys;
    this.fd = fd;
  }

  @Override
  public void write(int value) throws IOException {
    write(new byte[] {(byte) value}, 0, 1);
  }

  /// Writes all of it.
  ///
  /// @throws ReaderGoneException if nobody reads any more and SIGPIPE did not end the process
  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    ByteBuffer left = ByteBuffer.wrap(bytes, offset, length);
    while (left.hasRemaining()) {
      long result = sys.write(fd, left);
      if (result == Errno.EPIPE.result()) {
        throw new ReaderGoneException();
      }
      if (result == Errno.EINTR.result()) {
        throw new InterruptedIOException("write");
      }
      if (result < 0) {
        throw new Failure("write error: " + Errno.of(result).text());
      }
    }
  }
}
