package org.gardenhose.spec.model;

import static org.gardenhose.abi.FileAbi.O_APPEND;
import static org.gardenhose.abi.FileAbi.SPLICE_F_NONBLOCK;
import static org.gardenhose.abi.PipeAbi.PAGE_SIZE;

import java.nio.ByteBuffer;
import org.gardenhose.abi.Errno;
import org.gardenhose.abi.FileAbi;
import org.jspecify.annotations.Nullable;

/// splice, tee, vmsplice and sendfile of the model: the checks in Linux's order, then the pairing
/// (L-132 to L-169).
final class ListMoves {
  private static final int FLAGS = 0xf;
  private static final long EBADF = Errno.EBADF.result();
  private static final long EFAULT = Errno.EFAULT.result();
  private static final long EINVAL = Errno.EINVAL.result();
  private static final long ESPIPE = Errno.ESPIPE.result();

  private final ListKernel kernel;

  ListMoves(ListKernel kernel) {
    this.kernel = kernel;
  }

  private static @Nullable ListPipe pipe(ListFile file) {
    return file.node instanceof ListPipe pipe ? pipe : null;
  }

  // ---- splice.

  long splice(
      int in, long @Nullable [] offIn, int out, long @Nullable [] offOut, long length, int flags) {
    if (length == 0) {
      return 0;
    }
    if ((flags & ~FLAGS) != 0) {
      return EINVAL;
    }
    ListFile from = kernel.table.usable(in);
    ListFile to = kernel.table.usable(out);
    if (from == null || to == null) {
      return EBADF;
    }
    if (pipe(from) != null && offIn != null) {
      return ESPIPE;
    }
    long done = kernel.signalled(pair(from, offIn, to, offOut, length, flags), false);
    if (done != ListKernel.BLOCKS) {
      // Whatever becomes of the call, but for an offset that the output refuses (L-137).
      from.passed = true;
      to.passed |= pipe(to) == null || offOut == null;
    }
    return done;
  }

  private static long pair(
      ListFile from,
      long @Nullable [] offIn,
      ListFile to,
      long @Nullable [] offOut,
      long length,
      int flags) {
    if (pipe(to) != null && offOut != null) {
      return ESPIPE;
    }
    if (offIn != null && offIn.length == 0 || offOut != null && offOut.length == 0) {
      return EFAULT;
    }
    if (!from.reading() || !to.writing()) {
      return EBADF;
    }
    boolean wait = (flags & SPLICE_F_NONBLOCK) == 0;
    ListPipe input = pipe(from);
    ListPipe output = pipe(to);
    if (input != null && output != null) {
      return input.pass(output, length, false, wait && from.waits() && to.waits());
    }
    if (input != null) {
      return toFile(input, to, offOut, length, wait && from.waits());
    }
    return output != null ? toPipe(from, offIn, output, length, wait && to.waits()) : EINVAL;
  }

  /// An offset for a file that has none, or a negative one (L-141, L-144, L-145).
  private static boolean refused(ListFile file, long @Nullable [] offset) {
    return offset != null && (!file.positioned() || offset[0] < 0);
  }

  private static long toFile(
      ListPipe input, ListFile to, long @Nullable [] offset, long length, boolean wait) {
    if (refused(to, offset) || (to.flags & O_APPEND) != 0 || to.node instanceof ListEpoll) {
      return EINVAL;
    }
    if (!(to.node instanceof ListBytes file)) {
      // A device takes everything and stands nowhere, also where an offset is given.
      return input.drain((_, _, count) -> count, length, wait);
    }
    long[] at = {offset == null ? to.position : offset[0]};
    long done =
        input.drain(
            (bytes, index, count) -> {
              long written = file.write(bytes, index, count, at[0]);
              at[0] += written;
              return written;
            },
            length,
            wait);
    return advanced(done, to, offset);
  }

  private static long toPipe(
      ListFile from, long @Nullable [] offset, ListPipe output, long length, boolean wait) {
    if (refused(from, offset)) {
      return EINVAL;
    }
    long room = output.room(wait);
    if (room < 0 || length == 0) {
      return room;
    }
    long at = offset == null ? from.position : offset[0];
    return switch (from.node) {
      case ListBytes file -> advanced(file.spliceTo(output, length, at), from, offset);
      case Node.Device device -> device == Node.Device.NULL ? EINVAL : zeros(output, length);
      case ListEpoll _, ListPipe _ -> EINVAL;
    };
  }

  private static long zeros(ListPipe output, long length) {
    long done = 0;
    while (done < length && output.free() > 0) {
      int n = (int) Math.min(PAGE_SIZE, length - done);
      output.slots.addLast(new ListPipe.Slot(new byte[PAGE_SIZE], 0, n, 0, false, false));
      done += n;
    }
    return done;
  }

  private static long advanced(long done, ListFile file, long @Nullable [] offset) {
    if (done > 0 && offset != null) {
      offset[0] += done;
    } else if (done > 0) {
      file.position += done;
    }
    return done;
  }

  // ---- tee.

  long tee(int in, int out, long length, int flags) {
    if ((flags & ~FLAGS) != 0) {
      return EINVAL;
    }
    if (length == 0) {
      return 0;
    }
    ListFile from = kernel.table.usable(in);
    ListFile to = kernel.table.usable(out);
    if (from == null || to == null || !from.reading() || !to.writing()) {
      return EBADF;
    }
    ListPipe input = pipe(from);
    ListPipe output = pipe(to);
    if (input == null || output == null) {
      return EINVAL;
    }
    boolean wait = (flags & SPLICE_F_NONBLOCK) == 0 && from.waits() && to.waits();
    return kernel.signalled(input.pass(output, length, true, wait), false);
  }

  // ---- vmsplice.

  long vmsplice(int fd, @Nullable ByteBuffer @Nullable [] memory, int flags) {
    if ((flags & ~FLAGS) != 0) {
      return EINVAL;
    }
    ListFile file = kernel.table.usable(fd);
    if (file == null) {
      return EBADF;
    }
    if (memory == null) {
      return EFAULT;
    }
    if (memory.length > FileAbi.IOV_MAX) {
      return EINVAL;
    }
    Memory stretch = new Memory(memory);
    if (stretch.length() == 0) {
      return 0;
    }
    ListPipe pipe = pipe(file);
    if (pipe == null) {
      return EBADF;
    }
    boolean wait = (flags & SPLICE_F_NONBLOCK) == 0;
    long done = file.writing() ? give(pipe, memory, wait) : take(pipe, stretch, wait);
    file.passed |= done != ListKernel.BLOCKS;
    return stretch.moved(kernel.signalled(done, false));
  }

  /// Every page touched is one slot; pages begin at multiples of their size in the buffer's array
  /// (L-163 to L-165).
  private static long give(ListPipe pipe, @Nullable ByteBuffer[] memory, boolean wait) {
    long room = pipe.room(wait);
    if (room < 0) {
      return room;
    }
    long done = 0;
    for (ByteBuffer buffer : memory) {
      if (buffer == null) {
        return done > 0 ? done : EFAULT;
      }
      int at = buffer.arrayOffset() + buffer.position();
      int end = at + buffer.remaining();
      while (at < end) {
        if (pipe.free() == 0) {
          return done;
        }
        int n = Math.min(end - at, PAGE_SIZE - at % PAGE_SIZE);
        pipe.slots.addLast(new ListPipe.Slot(buffer.array(), at, n, 0, false, false));
        at += n;
        done += n;
      }
    }
    return done;
  }

  /// A slot whose bytes meet memory that is not mapped stays as it was (L-166).
  private static long take(ListPipe pipe, Memory memory, boolean wait) {
    long[] at = new long[1];
    return pipe.drain(
        (bytes, index, count) -> {
          if (memory.reach(at[0], count, true) < count) {
            return EFAULT;
          }
          memory.store(at[0], bytes, index, count);
          at[0] += count;
          return count;
        },
        memory.length(),
        wait);
  }

  // ---- sendfile.

  long sendfile(int out, int in, long @Nullable [] offset, long count) {
    ListFile from = kernel.table.usable(in);
    ListFile to = kernel.table.usable(out);
    if (offset != null && offset.length == 0) {
      return EFAULT;
    }
    if (from == null || !from.reading()) {
      return EBADF;
    }
    if (offset != null && !from.positioned()) {
      return ESPIPE;
    }
    if (offset != null && offset[0] < 0) {
      return EINVAL;
    }
    if (to == null || !to.writing()) {
      return EBADF;
    }
    // That a pipe is no input for sendfile is found out when there is room (L-169).
    ListPipe output = pipe(to);
    if (output == null) {
      return pipe(from) == null ? ListKernel.BLOCKS : EINVAL;
    }
    return kernel.signalled(toPipe(from, offset, output, count, to.waits()), false);
  }
}
