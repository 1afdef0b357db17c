package org.gardenhose.bench.peers;

import java.io.IOException;
import okio.BufferedSink;
import okio.BufferedSource;
import okio.Okio;
import okio.Pipe;
import org.gardenhose.bench.BytePipe;

/// Okio's `Pipe`, buffered on both sides and flushed after each write.
final class OkioPipe implements BytePipe {
  private final BufferedSink out;
  private final BufferedSource in;

  OkioPipe(int capacityBytes) {
    Pipe pipe = new Pipe(capacityBytes);
    out = Okio.buffer(pipe.sink());
    in = Okio.buffer(pipe.source());
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    out.write(bytes, offset, length);
    out.flush();
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
