package org.gardenhose.bench.peers;

import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import org.gardenhose.bench.BytePipe;

/// `PipedInputStream` and `PipedOutputStream`. A write does not wake the reader, who looks once a
/// second; only a flush does. So the honest comparison is the flushed one.
final class PipedStreams implements BytePipe {
  private final PipedInputStream in;
  private final PipedOutputStream out;
  private final boolean flushed;

  PipedStreams(int capacityBytes, boolean flushed) throws IOException {
    in = new PipedInputStream(capacityBytes);
    out = new PipedOutputStream(in);
    this.flushed = flushed;
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    out.write(bytes, offset, length);
    if (flushed) {
      out.flush();
    }
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    return in.read(bytes, offset, length);
  }

  @Override
  public void closeWrite() throws IOException {
    out.close();
  }

  @Override
  public void closeRead() throws IOException {
    in.close();
  }
}
