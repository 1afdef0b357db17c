package org.gardenhose.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.concurrent.locks.ReentrantLock;
import org.gardenhose.memory.Page;
import org.gardenhose.pipe.PageRun;

/// An open regular file of the host.
///
/// A pipe's pages go to the host in one gathering write, and the host's bytes come straight into
/// fresh pages; there is no array in between.
///
/// **Always true.** Processes here that append do so one after another; one of the host may come in
/// between.
/// **Guarded by.** `gathering` for the channel's own position, which nothing else uses
/// **Blocks.** as the host's file system does. A thread that is interrupted meanwhile finds its
/// channel closed, as every [java.nio.channels.InterruptibleChannel]: `EINTR`, then `EIO`
/// **Learned from.** pread(2), pwritev(2); L-143, L-147
final class HostOperations extends PositionedOperations {
  private final HostMount mount;
  private final FileChannel channel;
  private final ReentrantLock gathering = new ReentrantLock();

  HostOperations(HostMount mount, FileChannel channel) {
    this.mount = mount;
    this.channel = channel;
  }

  @Override
  long get(Object memory, long at, long count, long position) {
    try {
      return HostTransfer.read(
          memory, at, count, (bytes, done) -> channel.read(bytes, position + done));
    } catch (IOException e) {
      return HostTransfer.errno(e).result();
    }
  }

  @Override
  long put(Object memory, long at, long count, long position) {
    long[] moved = new long[1];
    try {
      return HostTransfer.write(
          memory,
          at,
          count,
          (bytes, done) -> {
            moved[0] = done;
            return channel.write(bytes, position + done);
          });
    } catch (IOException e) {
      return moved[0] > 0 ? moved[0] : HostTransfer.errno(e).result();
    }
  }

  @Override
  long append(Object memory, long at, long count, long[] end) {
    mount.appending().lock();
    try {
      long from = channel.size();
      long done = put(memory, at, count, from);
      end[0] = from + Math.max(0, done);
      return done;
    } catch (IOException e) {
      return HostTransfer.errno(e).result();
    } finally {
      mount.appending().unlock();
    }
  }

  @Override
  long length() {
    try {
      return channel.size();
    } catch (IOException e) {
      return 0;
    }
  }

  @Override
  public long truncate(OpenFileDescription file, long length) {
    try {
      long now = channel.size();
      if (length < now) {
        channel.truncate(length);
      } else if (length > now) {
        // A zero at the new end; what is in between is a hole.
        channel.write(ByteBuffer.allocate(1), length - 1);
      }
      return 0;
    } catch (IOException e) {
      return HostTransfer.errno(e).result();
    }
  }

  @Override
  public long sync(OpenFileDescription file) {
    try {
      channel.force(true);
      return 0;
    } catch (IOException e) {
      return HostTransfer.errno(e).result();
    }
  }

  @Override
  long accept(PageRun run, long position) {
    ByteBuffer[] buffers = buffers(run);
    long done = 0;
    gathering.lock();
    try {
      channel.position(position);
      while (done < run.bytes()) {
        done += channel.write(buffers);
      }
      return done;
    } catch (IOException e) {
      return done > 0 ? done : HostTransfer.errno(e).result();
    } finally {
      gathering.unlock();
    }
  }

  /// Returns windows on the pages of `run`.
  static ByteBuffer[] buffers(PageRun run) {
    ByteBuffer[] buffers = new ByteBuffer[run.count()];
    for (int i = 0; i < buffers.length; i++) {
      Page page = run.page(i);
      buffers[i] = ByteBuffer.wrap(page.bytes(), page.base() + run.start(i), run.length(i));
    }
    return buffers;
  }

  @Override
  public void release(OpenFileDescription file) {
    try {
      channel.close();
    } catch (IOException e) {
      // What close(2) would say of a file whose last reference goes by itself, nobody hears.
      return;
    }
  }
}
