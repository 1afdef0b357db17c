package org.gardenhose.sys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.gardenhose.sys.FileScene.named;
import static org.gardenhose.sys.FileScene.play;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import org.gardenhose.abi.FileAbi;
import org.gardenhose.abi.SigAction;
import org.gardenhose.abi.Signal;
import org.gardenhose.file.ChannelDevice;
import org.junit.jupiter.api.Test;

/// Descriptors whose other side is a channel of Java.
class ChannelDeviceSpec {
  private final ByteArrayOutputStream output = new ByteArrayOutputStream();
  private final Kernel kernel = Kernel.seeded(1);

  private static ReadableByteChannel input(String text) {
    return Channels.newChannel(new ByteArrayInputStream(FileScene.bytes(text).array()));
  }

  @Test
  void a_first_process_reads_and_writes_what_was_attached() {
    kernel.attach(0, new ChannelDevice.Ends(input("in"), null, false));
    kernel.attach(1, new ChannelDevice.Ends(null, Channels.newChannel(output), false));

    play(
        kernel,
        s -> {
          assertThat(s.read(0)).isEqualTo("in");
          assertThat(s.read(0)).isEmpty();
          assertThat(s.write(1, "out")).isEqualTo(3);
          assertThat(named(s.write(0, "x"))).isEqualTo("EBADF");
          assertThat(named(s.sys.lseek(1, 0, FileAbi.SEEK_SET))).isEqualTo("ESPIPE");
          assertThat(s.fstat(1).mode() & FileAbi.S_IFMT).isEqualTo(FileAbi.S_IFCHR);
        });

    assertThat(output.toString()).isEqualTo("out");
    assertThat(kernel.files().open()).isZero();
  }

  @Test
  void pages_go_between_a_pipe_and_a_channel_both_ways_L156_L157() {
    kernel.attach(0, new ChannelDevice.Ends(input("x".repeat(9000)), null, false));
    kernel.attach(1, new ChannelDevice.Ends(null, Channels.newChannel(output), false));

    play(
        kernel,
        s -> {
          int[] pipe = s.pipe();
          long moved = 0;
          for (long n = 1; n > 0; moved += n) {
            n = s.sys.splice(0, null, pipe[1], null, 1 << 20, 0);
          }
          assertThat(moved).isEqualTo(9000);
          assertThat(s.sys.splice(pipe[0], null, 1, null, 1 << 20, 0)).isEqualTo(9000);
          assertThat(named(s.sys.splice(0, new long[1], pipe[1], null, 9, 0))).isEqualTo("EINVAL");
        });

    assertThat(output.toString()).isEqualTo("x".repeat(9000));
  }

  @Test
  void a_closed_channel_is_a_broken_pipe_and_its_signal() throws IOException {
    WritableByteChannel closed = Channels.newChannel(output);
    closed.close();
    kernel.attach(1, new ChannelDevice.Ends(null, closed, false));

    play(
        kernel,
        s -> {
          long child = s.fork(c -> c.write(1, "x"));
          int status = s.await();
          s.sys.sigaction(Signal.SIGPIPE.number(), SigAction.IGNORE, null);
          int[] pipe = s.pipe();
          s.write(pipe[1], "kept");

          assertThat(child).isPositive();
          assertThat(status).isEqualTo(Signal.SIGPIPE.number());
          assertThat(named(s.write(1, "x"))).isEqualTo("EPIPE");
          assertThat(named(s.sys.splice(pipe[0], null, 1, null, 9, 0))).isEqualTo("EPIPE");
          assertThat(s.read(pipe[0])).isEqualTo("kept");
        });
  }

  @Test
  void any_other_failure_is_EIO() {
    Failing failing = new Failing();
    kernel.attach(0, new ChannelDevice.Ends(failing, failing, true));

    play(
        kernel,
        s -> {
          assertThat(s.read(0)).isEqualTo("EIO");
          assertThat(named(s.write(0, "x"))).isEqualTo("EIO");
          s.sys.close(0);
        });

    assertThat(failing.isOpen()).isFalse();
  }

  private static final class Failing implements ReadableByteChannel, WritableByteChannel {
    private boolean open = true;

    @Override
    public int read(ByteBuffer bytes) throws IOException {
      throw new IOException("unheard of");
    }

    @Override
    public int write(ByteBuffer bytes) throws IOException {
      throw new IOException("unheard of");
    }

    @Override
    public boolean isOpen() {
      return open;
    }

    @Override
    public void close() {
      open = false;
    }
  }
}
