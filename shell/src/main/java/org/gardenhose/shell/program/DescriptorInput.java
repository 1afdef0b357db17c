package org.gardenhose.shell.program;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import org.gardenhose.abi.Errno;
import org.gardenhose.abi.Sys;

/// What a process of the in-JVM kernel reads through one of its descriptors, without a buffer:
/// every read is a system call.
///
/// **Blocks.** as read(2) does
public final class DescriptorInput extends InputStream {
  private final Sys sys;
  private final int fd;
  private final String name;

  /// Reads `fd`, which stays open when this is closed.
  ///
  /// @param name what messages call it
  public DescriptorInput(Sys sys, int fd, String name) {
    this.sys = sys;
    this.fd = fd;
    this.name = name;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    long result = sys.read(fd, ByteBuffer.wrap(bytes, offset, length));
    if (result == Errno.EINTR.result()) {
      throw new InterruptedIOException(name);
    }
    if (result < 0) {
      throw new InputFailure(name, Errno.of(result).text());
    }
    return result == 0 ? -1 : (int) result;
  }
}
