package org.gardenhose;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.channels.spi.AbstractInterruptibleChannel;

/// Channels on the two ends that an interrupt closes, for code that counts on it.
///
/// **Always true.** Closing the channel closes its end, and an end closed elsewhere fails the
/// channel's next call.
/// **Blocks.** as the ends do
/// **Learned from.** the protocol of [AbstractInterruptibleChannel]
final class InterruptibleViews {
  private InterruptibleViews() {}

  /// A channel on a read end.
  static final class Reading extends AbstractInterruptibleChannel implements ReadableByteChannel {
    private final PipeReadEnd end;

    Reading(PipeReadEnd end) {
      this.end = end;
    }

    @Override
    public int read(ByteBuffer buffer) throws IOException {
      boolean completed = false;
      try {
        begin();
        int n = end.read(buffer);
        completed = true;
        return n;
      } finally {
        end(completed);
      }
    }

    @Override
    protected void implCloseChannel() {
      end.close();
    }
  }

  /// A channel on a write end.
  static final class Writing extends AbstractInterruptibleChannel implements WritableByteChannel {
    private final PipeWriteEnd end;

    Writing(PipeWriteEnd end) {
      this.end = end;
    }

    @Override
    public int write(ByteBuffer buffer) throws IOException {
      boolean completed = false;
      try {
        begin();
        int n = end.write(buffer);
        completed = true;
        return n;
      } finally {
        end(completed);
      }
    }

    @Override
    protected void implCloseChannel() {
      end.close();
    }
  }
}
