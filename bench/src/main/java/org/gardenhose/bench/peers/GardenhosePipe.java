package org.gardenhose.bench.peers;

import java.io.IOException;
import org.gardenhose.Pipe;
import org.gardenhose.ReadEnd;
import org.gardenhose.WriteEnd;
import org.gardenhose.bench.BytePipe;

/// Ours, through the ends and plain arrays.
final class GardenhosePipe implements BytePipe {
  private final ReadEnd in;
  private final WriteEnd out;

  GardenhosePipe(int capacityBytes) {
    Pipe pipe = Pipe.open(capacityBytes);
    in = pipe.readEnd();
    out = pipe.writeEnd();
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    out.write(bytes, offset, length);
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
