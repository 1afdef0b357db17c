package org.gardenhose.bench.peers;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import org.gardenhose.bench.BytePipe;

/// `java.nio.channels.Pipe`, the kernel's pipe, with a direct buffer on each side. One writer and
/// one reader, since each side has one buffer.
final class NioPipe implements BytePipe {
  private final Pipe pipe;
  private ByteBuffer outgoing = ByteBuffer.allocateDirect(0);
  private ByteBuffer incoming = ByteBuffer.allocateDirect(0);

  NioPipe() throws IOException {
    pipe = Pipe.open();
  }

  private static ByteBuffer roomFor(ByteBuffer buffer, int length) {
    return buffer.capacity() >= length ? buffer.clear() : ByteBuffer.allocateDirect(length);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    outgoing = roomFor(outgoing, length);
    outgoing.put(bytes, offset, length).flip();
    while (outgoing.hasRemaining()) {
      pipe.sink().write(outgoing);
    }
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    incoming = roomFor(incoming, length).limit(length);
    int n = pipe.source().read(incoming);
    if (n > 0) {
      incoming.flip().get(bytes, offset, n);
    }
    return n;
  }

  @Override
  public void closeWrite() throws IOException {
    pipe.sink().close();
  }

  @Override
  public void closeRead() throws IOException {
    pipe.source().close();
  }
}
