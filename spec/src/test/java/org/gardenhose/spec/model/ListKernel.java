package org.gardenhose.spec.model;

import static org.gardenhose.abi.FileAbi.O_APPEND;
import static org.gardenhose.abi.FileAbi.O_ASYNC;
import static org.gardenhose.abi.FileAbi.O_CLOEXEC;
import static org.gardenhose.abi.FileAbi.O_NOATIME;
import static org.gardenhose.abi.PipeAbi.O_DIRECT;
import static org.gardenhose.abi.PipeAbi.O_NONBLOCK;

import java.nio.ByteBuffer;
import org.gardenhose.abi.EpollEvent;
import org.gardenhose.abi.Errno;
import org.gardenhose.abi.FileAbi;
import org.gardenhose.abi.PipeAbi;
import org.gardenhose.abi.PollFd;
import org.gardenhose.abi.Stat;
import org.jspecify.annotations.Nullable;

/// One process with one thread on Linux's pipes, FIFOs and a few files, told with plain lists: a
/// second specification of what a call comes to, which shares no code with the engine.
///
/// **Always true.** A call that would wait returns [#BLOCKS] and has changed nothing.
/// **Blocks.** never
/// **Learned from.** the rules L-13 to L-169, and the machine's own kernel where they leave a
/// choice
final class ListKernel extends Unmodelled {
  /// What a call returns that would wait, or that the model does not know: it is not to be made.
  static final long BLOCKS = Long.MIN_VALUE;

  private static final long EBADF = Errno.EBADF.result();
  private static final long EFAULT = Errno.EFAULT.result();
  private static final long EINVAL = Errno.EINVAL.result();
  private static final long ESPIPE = Errno.ESPIPE.result();

  final ListTable table = new ListTable();
  private final ListNames names = new ListNames(table);
  private final ListTransfers transfers = new ListTransfers(this);
  private final ListMoves moves = new ListMoves(this);
  private final ListReady ready = new ListReady(table);

  /// How often SIGPIPE was sent.
  int signals;

  // ---- Pipes.

  @Override
  public long pipe2(int @Nullable [] fds, int flags) {
    if ((flags & ~(O_CLOEXEC | O_NONBLOCK | O_DIRECT | FileAbi.O_NOTIFICATION_PIPE)) != 0) {
      return EINVAL;
    }
    if ((flags & FileAbi.O_NOTIFICATION_PIPE) != 0) {
      return Errno.ENOPKG.result();
    }
    int first = table.free(0);
    int second = first < 0 ? first : table.free(first + 1);
    if (second < 0) {
      return second;
    }
    if (fds == null || fds.length < 2) {
      return EFAULT;
    }
    ListPipe pipe = new ListPipe(false);
    pipe.open(true, false);
    pipe.open(false, true);
    boolean cloexec = (flags & O_CLOEXEC) != 0;
    table.put(first, new ListFile(pipe, flags & O_NONBLOCK), cloexec);
    int writing = FileAbi.O_WRONLY | flags & (O_NONBLOCK | O_DIRECT);
    table.put(second, new ListFile(pipe, writing), cloexec);
    fds[0] = first;
    fds[1] = second;
    return 0;
  }

  // ---- Reading and writing.

  @Override
  public long read(int fd, @Nullable ByteBuffer memory) {
    return transfers.move(fd, Memory.of(memory), -1, 0, false);
  }

  @Override
  public long write(int fd, @Nullable ByteBuffer memory) {
    return transfers.move(fd, Memory.of(memory), -1, 0, true);
  }

  @Override
  public long readv(int fd, @Nullable ByteBuffer @Nullable [] memory) {
    return preadv2(fd, memory, -1, 0);
  }

  @Override
  public long writev(int fd, @Nullable ByteBuffer @Nullable [] memory) {
    return pwritev2(fd, memory, -1, 0);
  }

  @Override
  public long pread(int fd, @Nullable ByteBuffer memory, long position) {
    return position < 0 ? EINVAL : transfers.move(fd, Memory.of(memory), position, 0, false);
  }

  @Override
  public long pwrite(int fd, @Nullable ByteBuffer memory, long position) {
    return position < 0 ? EINVAL : transfers.move(fd, Memory.of(memory), position, 0, true);
  }

  @Override
  public long preadv2(int fd, @Nullable ByteBuffer @Nullable [] memory, long position, int flags) {
    return transfers.vector(fd, memory, position, flags, false);
  }

  @Override
  public long pwritev2(int fd, @Nullable ByteBuffer @Nullable [] memory, long position, int flags) {
    return transfers.vector(fd, memory, position, flags, true);
  }

  /// Counts the signal that comes with `EPIPE`, and returns `result` (L-56, L-57).
  long signalled(long result, boolean quiet) {
    if (result == ListPipe.EPIPE && !quiet) {
      signals++;
    }
    return result;
  }

  // ---- Moving pages.

  @Override
  public long splice(
      int in, long @Nullable [] offIn, int out, long @Nullable [] offOut, long length, int flags) {
    return moves.splice(in, offIn, out, offOut, length, flags);
  }

  @Override
  public long tee(int in, int out, long length, int flags) {
    return moves.tee(in, out, length, flags);
  }

  @Override
  public long vmsplice(int fd, @Nullable ByteBuffer @Nullable [] memory, int flags) {
    return moves.vmsplice(fd, memory, flags);
  }

  @Override
  public long sendfile(int out, int in, long @Nullable [] offset, long count) {
    return moves.sendfile(out, in, offset, count);
  }

  // ---- Descriptors.

  @Override
  public long close(int fd) {
    return table.close(fd);
  }

  @Override
  public long dup(int fd) {
    ListFile file = table.get(fd);
    return file == null ? EBADF : table.install(file, 0, false);
  }

  @Override
  public long dup2(int fd, int target) {
    if (fd == target) {
      return table.get(fd) == null ? EBADF : fd;
    }
    return dup3(fd, target, 0);
  }

  @Override
  public long dup3(int fd, int target, int flags) {
    if ((flags & ~O_CLOEXEC) != 0 || fd == target) {
      return EINVAL;
    }
    ListFile file = table.get(fd);
    if (target < 0 || target >= table.limit || file == null) {
      return EBADF;
    }
    table.put(target, file, (flags & O_CLOEXEC) != 0);
    return target;
  }

  @Override
  public long fcntl(int fd, int command, long argument) {
    ListFile file = table.get(fd);
    if (file == null) {
      return EBADF;
    }
    switch (command) {
      case FileAbi.F_DUPFD, FileAbi.F_DUPFD_CLOEXEC -> {
        int least = (int) argument;
        return least < 0 || least >= table.limit
            ? EINVAL
            : table.install(file, least, command == FileAbi.F_DUPFD_CLOEXEC);
      }
      case FileAbi.F_GETFD -> {
        return table.closeOnExec[fd] ? FileAbi.FD_CLOEXEC : 0;
      }
      case FileAbi.F_SETFD -> {
        table.closeOnExec[fd] = (argument & FileAbi.FD_CLOEXEC) != 0;
        return 0;
      }
      case FileAbi.F_GETFL -> {
        return file.flags;
      }
      default -> {
        return file.pathOnly() ? EBADF : control(file, command, argument);
      }
    }
  }

  private static long control(ListFile file, int command, long argument) {
    ListPipe pipe = file.node instanceof ListPipe p ? p : null;
    switch (command) {
      case FileAbi.F_SETFL -> {
        int settable = O_APPEND | O_NONBLOCK | O_NOATIME | O_DIRECT;
        if (pipe != null) {
          settable |= O_ASYNC;
        } else if ((argument & O_DIRECT) != 0) {
          return BLOCKS;
        }
        file.flags = file.flags & ~settable | (int) argument & settable;
        return 0;
      }
      case FileAbi.F_GETPIPE_SZ -> {
        return pipe == null ? EBADF : (long) pipe.limit * PipeAbi.PAGE_SIZE;
      }
      case FileAbi.F_SETPIPE_SZ -> {
        return pipe == null ? EBADF : pipe.resize(argument);
      }
      default -> {
        return EINVAL;
      }
    }
  }

  @Override
  public long ioctl(int fd, long request, int @Nullable [] argument) {
    ListFile file = table.usable(fd);
    if (file == null) {
      return EBADF;
    }
    switch ((int) request) {
      case FileAbi.FIOCLEX, FileAbi.FIONCLEX -> {
        table.closeOnExec[fd] = request == FileAbi.FIOCLEX;
        return 0;
      }
      case FileAbi.FIONBIO -> {
        if (argument != null) {
          file.flags = file.flags & ~O_NONBLOCK | (argument[0] != 0 ? O_NONBLOCK : 0);
        }
        return argument != null ? 0 : EFAULT;
      }
      case FileAbi.FIONREAD -> {
        return available(file, argument);
      }
      default -> {
        return file.node instanceof ListEpoll ? EINVAL : Errno.ENOTTY.result();
      }
    }
  }

  private static long available(ListFile file, int @Nullable [] argument) {
    long bytes;
    switch (file.node) {
      case ListPipe pipe -> bytes = pipe.bytes();
      case ListBytes regular -> bytes = regular.size - file.position;
      case Node.Device _ -> {
        return Errno.ENOTTY.result();
      }
      case ListEpoll _ -> {
        return EINVAL;
      }
    }
    if (argument == null) {
      return EFAULT;
    }
    argument[0] = (int) bytes;
    return 0;
  }

  // ---- Open files.

  /// Fills in kind, links and size; the rest is 0.
  @Override
  public long fstat(int fd, Stat @Nullable [] stat) {
    ListFile file = table.get(fd);
    if (file == null) {
      return EBADF;
    }
    if (stat == null) {
      return EFAULT;
    }
    int kind =
        switch (file.node) {
          case ListPipe _ -> FileAbi.S_IFIFO;
          case ListBytes _ -> FileAbi.S_IFREG;
          case Node.Device _ -> FileAbi.S_IFCHR;
          case ListEpoll _ -> 0;
        };
    int links =
        file.node instanceof ListPipe pipe
            ? pipe.links
            : file.node instanceof ListBytes bytes ? bytes.links : 1;
    long size = file.node instanceof ListBytes bytes ? bytes.size : 0;
    stat[0] = new Stat(0, 0, kind, links, 0, 0, 0, size, 0, 0, 0, 0, 0);
    return 0;
  }

  @Override
  public long lseek(int fd, long offset, int whence) {
    ListFile file = table.usable(fd);
    if (file == null) {
      return EBADF;
    }
    if (whence < 0 || whence > 4) {
      return EINVAL;
    }
    if (file.node instanceof ListPipe) {
      return ESPIPE;
    }
    if (!(file.node instanceof ListBytes bytes)) {
      return 0;
    }
    if (whence > FileAbi.SEEK_END) {
      return BLOCKS;
    }
    long from = whence == FileAbi.SEEK_SET ? 0 : file.position;
    long to = offset + (whence == FileAbi.SEEK_END ? bytes.size : from);
    if (to < 0) {
      return EINVAL;
    }
    file.position = to;
    return to;
  }

  @Override
  public long ftruncate(int fd, long length) {
    if (length < 0) {
      return EINVAL;
    }
    ListFile file = table.usable(fd);
    if (file == null) {
      return EBADF;
    }
    if (!(file.node instanceof ListBytes bytes) || !file.writing()) {
      return EINVAL;
    }
    bytes.truncate(length);
    return 0;
  }

  // ---- Names.

  @Override
  public long open(@Nullable String path, int flags, int mode) {
    return names.open(path, flags);
  }

  @Override
  public long mknod(@Nullable String path, int mode, long device) {
    return names.mknod(path, mode);
  }

  @Override
  public long unlink(@Nullable String path) {
    return names.unlink(path);
  }

  // ---- Waiting, without waiting: a timeout is taken for 0.

  @Override
  public long poll(PollFd @Nullable [] fds, int timeoutMillis) {
    return ready.poll(fds);
  }

  @Override
  public long select(
      int count,
      long @Nullable [] readable,
      long @Nullable [] writable,
      long @Nullable [] exceptional,
      long timeoutNanos) {
    return ready.select(count, readable, writable, exceptional);
  }

  @Override
  public long epollCreate1(int flags) {
    return ready.create(flags);
  }

  @Override
  public long epollCtl(int epfd, int operation, int fd, @Nullable EpollEvent event) {
    return ready.control(epfd, operation, fd, event);
  }

  @Override
  public long epollWait(int epfd, EpollEvent @Nullable [] events, int timeoutMillis) {
    return ready.report(epfd, events);
  }
}
