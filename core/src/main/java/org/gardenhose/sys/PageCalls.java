package org.gardenhose.sys;

import static org.gardenhose.abi.FileAbi.IOV_MAX;
import static org.gardenhose.abi.FileAbi.O_APPEND;
import static org.gardenhose.abi.FileAbi.SPLICE_F_NONBLOCK;
import static org.gardenhose.abi.PipeAbi.PAGE_SIZE;

import java.nio.ByteBuffer;
import org.gardenhose.abi.Errno;
import org.gardenhose.abi.FileAbi;
import org.gardenhose.file.OpenFileDescription;
import org.gardenhose.file.PipeOperations;
import org.gardenhose.memory.IoVector;
import org.gardenhose.memory.MemoryFault;
import org.gardenhose.memory.Page;
import org.gardenhose.memory.UserMemory;
import org.gardenhose.pipe.PageRun;
import org.gardenhose.proc.Task;
import org.gardenhose.wait.Deadlines;
import org.jspecify.annotations.Nullable;

/// Moving pages: splice, tee, vmsplice, sendfile.
///
/// **Always true.** An offset that the caller gave is moved by what was moved; the file's own then
/// is not (L-141).
/// **Blocks.** for the first byte and for the first slot only
/// **Learned from.** Linux `fs/splice.c`, `do_splice`, `do_tee`, `vmsplice`; `fs/read_write.c`,
/// `do_sendfile`; L-132 to L-169
final class PageCalls {
  /// The flags that are known: `SPLICE_F_MOVE`, `NONBLOCK`, `MORE`, `GIFT`.
  private static final int FLAGS = 0xf;

  private PageCalls() {}

  // ---- splice.

  static long splice(
      Task task,
      int in,
      long @Nullable [] offIn,
      int out,
      long @Nullable [] offOut,
      long length,
      int flags) {
    if (length == 0) {
      return 0;
    }
    if ((flags & ~FLAGS) != 0) {
      return Errno.EINVAL.result();
    }
    OpenFileDescription from = Fd.enter(task, in);
    OpenFileDescription to = Fd.enter(task, out);
    try {
      if (from == null || to == null || from.pathOnly() || to.pathOnly()) {
        return Errno.EBADF.result();
      }
      boolean wait = (flags & SPLICE_F_NONBLOCK) == 0;
      return splice(from, offIn, to, offOut, length, wait);
    } finally {
      Fd.leave(task, from);
      Fd.leave(task, to);
    }
  }

  private static long splice(
      OpenFileDescription from,
      long @Nullable [] offIn,
      OpenFileDescription to,
      long @Nullable [] offOut,
      long length,
      boolean wait) {
    PipeOperations input = pipe(from);
    PipeOperations output = pipe(to);
    if (input != null && offIn != null) {
      return Errno.ESPIPE.result();
    }
    spliced(input);
    if (output != null && offOut != null) {
      return Errno.ESPIPE.result();
    }
    spliced(output);
    if (offIn != null && offIn.length == 0 || offOut != null && offOut.length == 0) {
      return Errno.EFAULT.result();
    }
    if (!from.readable() || !to.writable()) {
      return Errno.EBADF.result();
    }
    if (input != null && output != null) {
      boolean waits = wait && !from.nonBlocking() && !to.nonBlocking();
      return input.pipe() == output.pipe()
          ? Errno.EINVAL.result()
          : input.pipe().splice(input.pipeFile(), output.pipeFile(), length, deadline(waits));
    }
    if (input != null) {
      long refused = refuse(to, offOut);
      if (refused == 0 && (to.flags() & O_APPEND) != 0) {
        refused = Errno.EINVAL.result();
      }
      long done =
          refused < 0
              ? refused
              : to.operations()
                  .spliceFrom(
                      to, at(offOut), input.pipeFile(), length, wait && !from.nonBlocking());
      return moved(done, offOut, to);
    }
    if (output != null) {
      long refused = refuse(from, offIn);
      long done =
          refused < 0
              ? refused
              : from.operations()
                  .spliceTo(from, at(offIn), output.pipeFile(), length, wait && !to.nonBlocking());
      return moved(done, offIn, from);
    }
    return Errno.EINVAL.result();
  }

  private static @Nullable PipeOperations pipe(OpenFileDescription file) {
    return file.operations() instanceof PipeOperations pipe ? pipe : null;
  }

  private static long deadline(boolean wait) {
    return wait ? Deadlines.NEVER : Deadlines.NOW;
  }

  private static long at(long @Nullable [] offset) {
    return offset == null ? -1 : offset[0];
  }

  /// An offset for a file that has none, or a negative one (L-141, L-144).
  private static long refuse(OpenFileDescription file, long @Nullable [] offset) {
    boolean bad = offset != null && (!file.operations().positioned() || offset[0] < 0);
    return bad ? Errno.EINVAL.result() : 0;
  }

  /// Moves the caller's offset on, but not for a device, which stands nowhere.
  private static long moved(long done, long @Nullable [] offset, OpenFileDescription file) {
    if (done > 0 && offset != null && file.inode().kind() != FileAbi.S_IFCHR) {
      offset[0] += done;
    }
    return done;
  }

  /// Marks a pipe's end as one that splice was tried on, whatever it comes to (L-137).
  private static void spliced(@Nullable PipeOperations end) {
    if (end != null) {
      end.spliced();
    }
  }

  // ---- tee.

  static long tee(Task task, int in, int out, long length, int flags) {
    if ((flags & ~FLAGS) != 0) {
      return Errno.EINVAL.result();
    }
    if (length == 0) {
      return 0;
    }
    OpenFileDescription from = Fd.enter(task, in);
    OpenFileDescription to = Fd.enter(task, out);
    try {
      if (from == null || to == null || !from.readable() || !to.writable()) {
        return Errno.EBADF.result();
      }
      PipeOperations input = pipe(from);
      PipeOperations output = pipe(to);
      if (input == null || output == null || input.pipe() == output.pipe()) {
        return Errno.EINVAL.result();
      }
      boolean wait = (flags & SPLICE_F_NONBLOCK) == 0 && !from.nonBlocking() && !to.nonBlocking();
      return input.pipe().tee(input.pipeFile(), output.pipeFile(), length, deadline(wait));
    } finally {
      Fd.leave(task, from);
      Fd.leave(task, to);
    }
  }

  // ---- vmsplice.

  static long vmsplice(Task task, int fd, @Nullable ByteBuffer @Nullable [] memory, int flags) {
    if ((flags & ~FLAGS) != 0) {
      return Errno.EINVAL.result();
    }
    OpenFileDescription file = Fd.enter(task, fd);
    try {
      if (file == null || file.pathOnly()) {
        return Errno.EBADF.result();
      }
      if (memory == null) {
        return Errno.EFAULT.result();
      }
      if (memory.length > IOV_MAX) {
        return Errno.EINVAL.result();
      }
      IoVector vector = new IoVector(memory, 0, memory.length);
      if (vector.length() == 0) {
        return 0;
      }
      PipeOperations pipe = pipe(file);
      if (pipe == null) {
        return Errno.EBADF.result();
      }
      spliced(pipe);
      // O_NONBLOCK of the description is not looked at (L-163).
      long deadline = deadline((flags & SPLICE_F_NONBLOCK) == 0);
      return file.writable() ? give(pipe, memory, vector, deadline) : take(pipe, vector, deadline);
    } finally {
      Fd.leave(task, file);
    }
  }

  private static long give(
      PipeOperations pipe, @Nullable ByteBuffer[] memory, IoVector vector, long deadline) {
    long done =
        pipe.pipe()
            .fillFrom(pipe.pipeFile(), (run, _) -> attach(run, memory), vector.length(), deadline);
    if (done > 0) {
      vector.advance(done);
    }
    return done;
  }

  /// Adds the pages that the buffers touch, one slot for each (L-164). Pages are counted from the
  /// beginning of a buffer's array; what has no array is copied.
  private static long attach(PageRun run, @Nullable ByteBuffer[] memory) {
    for (ByteBuffer buffer : memory) {
      if (buffer == null) {
        return run.count() > 0 ? run.bytes() : Errno.EFAULT.result();
      }
      boolean array = buffer.hasArray();
      int from = array ? buffer.arrayOffset() + buffer.position() : 0;
      int left = buffer.remaining();
      for (int done = 0; done < left && !run.full(); ) {
        int start = from + done & (PAGE_SIZE - 1);
        int n = Math.min(left - done, PAGE_SIZE - start);
        Page page;
        if (array) {
          page = Page.gift(buffer.array(), from + done - start);
        } else {
          page = Page.gift(new byte[PAGE_SIZE], 0);
          buffer.get(buffer.position() + done, page.bytes(), start, n);
        }
        run.add(page, start, n);
        done += n;
      }
    }
    return run.bytes();
  }

  /// Copies slot after slot to the caller; one that meets memory that is not there stays (L-166).
  private static long take(PipeOperations pipe, IoVector vector, long deadline) {
    long[] at = new long[1];
    long done =
        pipe.pipe()
            .drainTo(pipe.pipeFile(), run -> copyOut(run, vector, at), vector.length(), deadline);
    if (done > 0) {
      vector.advance(done);
    }
    return done;
  }

  private static long copyOut(PageRun run, IoVector vector, long[] at) {
    long before = at[0];
    for (int i = 0; i < run.count(); i++) {
      try {
        UserMemory.copyOut(vector, at[0], run.page(i), run.start(i), run.length(i));
      } catch (MemoryFault | java.nio.ReadOnlyBufferException e) {
        return at[0] > before ? at[0] - before : Errno.EFAULT.result();
      }
      at[0] += run.length(i);
    }
    return at[0] - before;
  }

  // ---- sendfile.

  static long sendfile(Task task, int out, int in, long @Nullable [] offset, long count) {
    if (offset != null && offset.length == 0) {
      return Errno.EFAULT.result();
    }
    OpenFileDescription from = Fd.enter(task, in);
    OpenFileDescription to = Fd.enter(task, out);
    try {
      if (from == null || !from.readable()) {
        return Errno.EBADF.result();
      }
      if (offset != null) {
        if (!from.operations().positioned()) {
          return Errno.ESPIPE.result();
        }
        if (offset[0] < 0) {
          return Errno.EINVAL.result();
        }
      }
      if (to == null || !to.writable()) {
        return Errno.EBADF.result();
      }
      PipeOperations output = pipe(to);
      if (output == null) {
        return pipe(from) != null || (to.flags() & O_APPEND) != 0
            ? Errno.EINVAL.result()
            : moved(FileToFile.copy(task, from, at(offset), to, count), offset, from);
      }
      long done =
          from.operations().spliceTo(from, at(offset), output.pipeFile(), count, !to.nonBlocking());
      return moved(done, offset, from);
    } finally {
      Fd.leave(task, from);
      Fd.leave(task, to);
    }
  }
}
