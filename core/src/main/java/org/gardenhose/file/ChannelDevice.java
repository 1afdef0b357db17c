package org.gardenhose.file;

import static org.gardenhose.abi.FileAbi.O_RDONLY;
import static org.gardenhose.abi.FileAbi.O_RDWR;
import static org.gardenhose.abi.FileAbi.O_WRONLY;
import static org.gardenhose.abi.FileAbi.S_IFCHR;
import static org.gardenhose.abi.PipeAbi.PAGE_SIZE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channel;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.GatheringByteChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.ScatteringByteChannel;
import java.nio.channels.WritableByteChannel;
import java.util.concurrent.atomic.AtomicInteger;
import org.gardenhose.abi.Errno;
import org.gardenhose.abi.Panic;
import org.gardenhose.memory.Page;
import org.gardenhose.memory.PagePool;
import org.gardenhose.pipe.PageRun;
import org.gardenhose.pipe.PipeFile;
import org.gardenhose.wait.Clock;
import org.gardenhose.wait.Deadlines;
import org.jspecify.annotations.Nullable;

/// A character device whose other side is a channel of Java: standard input and output, or a
/// socket.
///
/// **Always true.** It is opened once, by who attaches it; `/proc/self/fd` opens it anew onto the
/// same channels, which are closed, if they are to be, with the last description.
/// **Guarded by.** nothing: `opens` is atomic, and the channels guard themselves
/// **Blocks.** as the channels do; a signal does not end that
/// **Learned from.** Linux `drivers/tty`, `net/socket.c`; L-156, L-157
public final class ChannelDevice extends Inode {
  /// What is behind the device.
  ///
  /// @param input what is read, or null
  /// @param output what is written, or null
  /// @param owned whether the channels are closed with the last description
  public record Ends(
      @Nullable ReadableByteChannel input, @Nullable WritableByteChannel output, boolean owned) {
    /// Checks that there is something.
    public Ends {
      if (input == null && output == null) {
        throw new IllegalArgumentException("neither input nor output");
      }
    }
  }

  private final Ends ends;
  private final Runnable brokenPipe;

  /// Descriptions that are open.
  private final AtomicInteger opens = new AtomicInteger();

  ChannelDevice(long number, Clock clock, Ends ends, Runnable brokenPipe) {
    super(Pipefs.DEVICE + 1, number, S_IFCHR | 0620, Credentials.ROOT, clock);
    this.ends = ends;
    this.brokenPipe = brokenPipe;
  }

  /// Returns the access mode that the channels allow.
  int accessMode() {
    return ends.input() == null ? O_WRONLY : ends.output() == null ? O_RDONLY : O_RDWR;
  }

  @Override
  public long open(int flags, Credentials who, FileOperations[] opened) {
    opens.incrementAndGet();
    opened[0] = new Operations();
    return 0;
  }

  @Override
  public String toString() {
    return "channel:[" + number() + "]";
  }

  /// An open channel.
  private final class Operations extends FileOperations {
    @Override
    public long read(OpenFileDescription file, Object memory, long at, long count, boolean wait) {
      ReadableByteChannel input = ends.input();
      if (input == null) {
        return Errno.EIO.result();
      }
      if (count == 0) {
        return 0;
      }
      try {
        int[] last = new int[1];
        long done =
            HostTransfer.read(
                memory, at, count, (bytes, moved) -> moved > 0 ? 0 : (last[0] = input.read(bytes)));
        return done > 0 || last[0] < 0 ? done : Errno.EAGAIN.result();
      } catch (IOException e) {
        return HostTransfer.errno(e).result();
      }
    }

    @Override
    public long write(OpenFileDescription file, Object memory, long at, long count, boolean wait) {
      WritableByteChannel output = ends.output();
      if (output == null) {
        return Errno.EIO.result();
      }
      long[] moved = new long[1];
      try {
        long done =
            HostTransfer.write(
                memory,
                at,
                count,
                (bytes, before) -> {
                  moved[0] = before;
                  return output.write(bytes);
                });
        return done > 0 ? done : Errno.EAGAIN.result();
      } catch (IOException e) {
        return moved[0] > 0 ? moved[0] : writeFailed(e);
      }
    }

    private long writeFailed(IOException failure) {
      boolean broken =
          failure instanceof ClosedChannelException
              || String.valueOf(failure.getMessage()).contains(Errno.EPIPE.text());
      if (broken) {
        brokenPipe.run();
        return Errno.EPIPE.result();
      }
      return HostTransfer.errno(failure).result();
    }

    // ---- Moving pages.

    @Override
    public long spliceTo(
        OpenFileDescription file, long position, PipeFile pipe, long count, boolean wait) {
      ReadableByteChannel input = ends.input();
      if (position >= 0 || input == null) {
        return Errno.EINVAL.result();
      }
      long deadline = wait ? Deadlines.NEVER : Deadlines.NOW;
      return pipe.pipe().fillFrom(pipe, (run, most) -> supply(input, run, most), count, deadline);
    }

    /// Reads once, straight into fresh pages: several, if the channel scatters.
    private long supply(ReadableByteChannel input, PageRun run, long count) {
      PagePool pool = PagePool.of(System.identityHashCode(ChannelDevice.this));
      int most = input instanceof ScatteringByteChannel ? run.room() : 1;
      int pages = (int) Math.min(most, (count + PAGE_SIZE - 1) / PAGE_SIZE);
      Page[] fresh = new Page[pages];
      ByteBuffer[] buffers = new ByteBuffer[pages];
      for (int i = 0; i < pages; i++) {
        fresh[i] = pool.take();
        int n = (int) Math.min(PAGE_SIZE, count - (long) i * PAGE_SIZE);
        buffers[i] = ByteBuffer.wrap(fresh[i].bytes(), fresh[i].base(), n);
      }
      long result = readInto(input, buffers);
      long left = Math.max(0, result);
      for (Page page : fresh) {
        int n = (int) Math.min(left, PAGE_SIZE);
        left -= n;
        if (n > 0) {
          run.add(page, 0, n);
        } else {
          pool.put(page);
        }
      }
      return result;
    }

    /// Reads once; 0 at the end, `EAGAIN` if there is nothing yet.
    private static long readInto(ReadableByteChannel input, ByteBuffer[] buffers) {
      try {
        long n =
            input instanceof ScatteringByteChannel scattering
                ? scattering.read(buffers)
                : input.read(buffers[0]);
        return n < 0 ? 0 : n == 0 ? Errno.EAGAIN.result() : n;
      } catch (IOException e) {
        return HostTransfer.errno(e).result();
      }
    }

    @Override
    public long spliceFrom(
        OpenFileDescription file, long position, PipeFile pipe, long count, boolean wait) {
      WritableByteChannel output = ends.output();
      if (position >= 0 || output == null) {
        return Errno.EINVAL.result();
      }
      long deadline = wait ? Deadlines.NEVER : Deadlines.NOW;
      return pipe.pipe().drainTo(pipe, run -> accept(output, run), count, deadline);
    }

    /// Hands the pages to the channel, all at once if it gathers.
    private long accept(WritableByteChannel output, PageRun run) {
      ByteBuffer[] buffers = HostOperations.buffers(run);
      long done = 0;
      try {
        if (output instanceof GatheringByteChannel gathering) {
          for (long n = 1; n > 0 && done < run.bytes(); done += n) {
            n = gathering.write(buffers);
          }
        } else {
          for (int i = 0; i < buffers.length && !(i > 0 && buffers[i - 1].hasRemaining()); i++) {
            done += output.write(buffers[i]);
          }
        }
        return done > 0 ? done : Errno.EAGAIN.result();
      } catch (IOException e) {
        return done > 0 ? done : writeFailed(e);
      }
    }

    // ---- The end.

    @Override
    public long sync(OpenFileDescription file) {
      return Errno.EINVAL.result();
    }

    @Override
    public void release(OpenFileDescription file) {
      int left = opens.decrementAndGet();
      if (left < 0) {
        throw new Panic("a channel released twice");
      }
      if (left == 0 && ends.owned()) {
        close(ends.input());
        close(ends.output());
      }
    }
  }

  private static void close(@Nullable Channel channel) {
    try {
      if (channel != null) {
        channel.close();
      }
    } catch (IOException e) {
      // Nobody is left to hear it.
      return;
    }
  }
}
