package org.gardenhose.spec.model;

import static org.gardenhose.abi.FileAbi.O_APPEND;
import static org.gardenhose.abi.FileAbi.RWF_NOSIGNAL;
import static org.gardenhose.abi.FileAbi.RWF_NOWAIT;

import java.nio.ByteBuffer;
import org.gardenhose.abi.Errno;
import org.gardenhose.abi.FileAbi;
import org.jspecify.annotations.Nullable;

/// Reading and writing of every kind: the checks in Linux's order, then what the file does (L-31,
/// L-40, L-41, L-111, L-119).
final class ListTransfers {
  private static final long EBADF = Errno.EBADF.result();
  private static final long EFAULT = Errno.EFAULT.result();
  private static final long EINVAL = Errno.EINVAL.result();

  private final ListKernel kernel;

  ListTransfers(ListKernel kernel) {
    this.kernel = kernel;
  }

  long vector(
      int fd, @Nullable ByteBuffer @Nullable [] memory, long position, int flags, boolean writing) {
    if (position < -1) {
      return EINVAL;
    }
    long refused = refuse(fd, position, writing);
    if (refused < 0) {
      return refused;
    }
    if (memory == null) {
      return EFAULT;
    }
    return memory.length > FileAbi.IOV_MAX
        ? EINVAL
        : move(fd, new Memory(memory), position, flags, writing);
  }

  /// That a file has no positions comes before that it is not open for this (L-111).
  private long refuse(int fd, long position, boolean writing) {
    ListFile file = kernel.table.usable(fd);
    if (file == null) {
      return EBADF;
    }
    if (position >= 0 && !file.positioned()) {
      return Errno.ESPIPE.result();
    }
    return (writing ? file.writing() : file.reading()) ? 0 : EBADF;
  }

  /// Reads or writes; `position` is -1 for where the file stands.
  long move(int fd, Memory memory, long position, int flags, boolean writing) {
    long refused = refuse(fd, position, writing);
    ListFile file = kernel.table.usable(fd);
    if (refused < 0 || file == null) {
      return refused;
    }
    long count = memory.length();
    if (file.node instanceof ListEpoll) {
      // Linux says EINVAL before it looks at count and flags, the engine after; nobody cares.
      return count == 0 || flags != 0 ? ListKernel.BLOCKS : EINVAL;
    }
    if (count == 0) {
      return 0;
    }
    if ((flags & ~(RWF_NOWAIT | RWF_NOSIGNAL)) != 0 || (flags & RWF_NOWAIT) != 0 && !nowait(file)) {
      return Errno.EOPNOTSUPP.result();
    }
    boolean wait = file.waits() && (flags & RWF_NOWAIT) == 0;
    boolean quiet = (flags & RWF_NOSIGNAL) != 0;
    return memory.moved(
        switch (file.node) {
          case ListPipe pipe ->
              writing
                  ? kernel.signalled(pipe.write(memory, count, file.packets(), wait), quiet)
                  : pipe.read(memory, count, wait);
          case ListBytes bytes -> moveBytes(file, bytes, memory, position, writing);
          case Node.Device device -> moveDevice(device, memory, writing);
          case ListEpoll _ -> EINVAL;
        });
  }

  /// L-105, L-119.
  private static boolean nowait(ListFile file) {
    return file.node instanceof ListPipe pipe && !pipe.named && !file.passed
        || file.node instanceof Node.Device;
  }

  private static long moveBytes(
      ListFile file, ListBytes bytes, Memory memory, long position, boolean writing) {
    boolean append = writing && (file.flags & O_APPEND) != 0;
    long at = append ? bytes.size : position < 0 ? file.position : position;
    long count = memory.length();
    int wanted = (int) (writing ? count : Math.clamp(bytes.size - at, 0, count));
    int mapped = memory.reach(0, wanted, !writing);
    if (mapped > 0 && mapped < wanted) {
      // Linux moves what comes before the fault to the byte, the engine to the page.
      return ListKernel.BLOCKS;
    }
    long done = writing ? bytes.write(memory, count, at) : bytes.read(memory, count, at);
    if (done > 0 && position < 0) {
      file.position = at + done;
    }
    return done;
  }

  private static long moveDevice(Node.Device device, Memory memory, boolean writing) {
    long count = memory.length();
    if (writing) {
      // Nobody looks at the memory; how far its position moves over a hole is not comparable.
      return memory.reach(0, (int) count, false) < count ? ListKernel.BLOCKS : count;
    }
    if (device == Node.Device.NULL) {
      return 0;
    }
    int mapped = memory.reach(0, (int) count, true);
    memory.store(0, new byte[mapped], 0, mapped);
    return mapped > 0 ? mapped : EFAULT;
  }
}
