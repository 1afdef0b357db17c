package org.gardenhose.sys;

import static org.gardenhose.abi.FileAbi.IOV_MAX;
import static org.gardenhose.abi.FileAbi.RWF_NOSIGNAL;
import static org.gardenhose.abi.FileAbi.RWF_NOWAIT;
import static org.gardenhose.abi.FileAbi.SEEK_END;
import static org.gardenhose.abi.FileAbi.SEEK_SET;

import java.nio.ByteBuffer;
import java.nio.ReadOnlyBufferException;
import org.gardenhose.abi.Errno;
import org.gardenhose.abi.Stat;
import org.gardenhose.file.DescriptorTable;
import org.gardenhose.file.FileOperations;
import org.gardenhose.file.OpenFileDescription;
import org.gardenhose.memory.IoVector;
import org.gardenhose.memory.MemoryFault;
import org.gardenhose.memory.UserMemory;
import org.gardenhose.proc.Task;
import org.jspecify.annotations.Nullable;

/// Reading, writing, and what else is done to an open file: the checks in Linux's order, then the
/// file's own operation.
///
/// **Always true.** The description is kept alive for the length of the call (L-38).
/// **Blocks.** as the file does, unless its description has `O_NONBLOCK`
/// **Learned from.** Linux `fs/read_write.c`, `vfs_read`, `do_iter_readv_writev`; L-31, L-40, L-41,
/// L-111, L-112, L-119, L-129 to L-131
final class FileCalls {
  private FileCalls() {}

  // ---- One buffer.

  static long read(Task task, int fd, @Nullable ByteBuffer memory) {
    return move(task, fd, memory, false);
  }

  static long write(Task task, int fd, @Nullable ByteBuffer memory) {
    return move(task, fd, memory, true);
  }

  private static long move(Task task, int fd, @Nullable ByteBuffer memory, boolean writing) {
    DescriptorTable table = task.table();
    if (table.unshared()) {
      // As Fd.enter and Fd.leave, without what a table of one's own does not need: most calls.
      OpenFileDescription file = table.peek(fd);
      return file == null ? Errno.EBADF.result() : move(file, memory, writing);
    }
    OpenFileDescription file = table.get(fd);
    if (file == null) {
      return Errno.EBADF.result();
    }
    try {
      return move(file, memory, writing);
    } finally {
      file.put();
    }
  }

  private static long move(OpenFileDescription file, @Nullable ByteBuffer memory, boolean writing) {
    if (!(writing ? file.writable() : file.readable())) {
      return Errno.EBADF.result();
    }
    FileOperations operations = file.operations();
    boolean wait = !file.nonBlocking();
    try {
      if (memory == null) {
        return writing
            ? operations.write(file, UserMemory.UNMAPPED, 0, 1, wait)
            : operations.read(file, UserMemory.UNMAPPED, 0, 1, wait);
      }
      // Also of nothing: the file may refuse it, as /dev/full and directories do.
      int count = memory.remaining();
      Object bytes = memory;
      long at = memory.position();
      if (memory.hasArray()) {
        bytes = memory.array();
        at += memory.arrayOffset();
      } else if (!writing && count > 0 && memory.isReadOnly()) {
        bytes = UserMemory.UNMAPPED;
      }
      long result =
          writing
              ? operations.write(file, bytes, at, count, wait)
              : operations.read(file, bytes, at, count, wait);
      if (result > 0) {
        memory.position(memory.position() + (int) result);
      }
      return result;
    } catch (MemoryFault e) {
      return Errno.EFAULT.result();
    } catch (OutOfMemoryError e) {
      return Errno.ENOMEM.result();
    }
  }

  // ---- At a position.

  static long positioned(
      Task task, int fd, @Nullable ByteBuffer memory, long position, boolean writing) {
    if (position < 0) {
      return Errno.EINVAL.result();
    }
    OpenFileDescription file = Fd.enter(task, fd);
    try {
      long refused = refusePositioned(file, writing);
      if (refused < 0 || file == null) {
        return refused;
      }
      return moveAt(file, memory, position, writing);
    } finally {
      Fd.leave(task, file);
    }
  }

  /// Bad memory is met only if there is something to copy: not at end of file.
  private static long moveAt(
      OpenFileDescription file, @Nullable ByteBuffer memory, long position, boolean writing) {
    boolean bad = memory == null || !writing && memory.isReadOnly();
    Object bytes = memory == null || bad ? UserMemory.UNMAPPED : memory;
    int count = memory == null ? 1 : memory.remaining();
    int at = memory == null ? 0 : memory.position();
    try {
      FileOperations operations = file.operations();
      long result =
          writing
              ? operations.writeAt(file, bytes, at, count, position)
              : operations.readAt(file, bytes, at, count, position);
      if (result > 0 && memory != null) {
        memory.position(at + (int) result);
      }
      return result;
    } catch (MemoryFault e) {
      return Errno.EFAULT.result();
    } catch (OutOfMemoryError e) {
      return Errno.ENOMEM.result();
    }
  }

  /// That a pipe has no positions comes before that this is its wrong end (L-111).
  private static long refusePositioned(@Nullable OpenFileDescription file, boolean writing) {
    if (file == null || file.pathOnly()) {
      return Errno.EBADF.result();
    }
    if (!file.operations().positioned()) {
      return Errno.ESPIPE.result();
    }
    return (writing ? file.writable() : file.readable()) ? 0 : Errno.EBADF.result();
  }

  // ---- Several buffers.

  /// readv, writev, preadv2, pwritev2; position -1 for where the file stands.
  static long vector(
      Task task,
      int fd,
      @Nullable ByteBuffer @Nullable [] memory,
      long position,
      int flags,
      boolean writing) {
    if (position < -1) {
      return Errno.EINVAL.result();
    }
    OpenFileDescription file = Fd.enter(task, fd);
    try {
      long refused =
          position >= 0
              ? refusePositioned(file, writing)
              : file != null && (writing ? file.writable() : file.readable())
                  ? 0
                  : Errno.EBADF.result();
      if (refused < 0 || file == null) {
        return refused;
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
      long unsupported = refuseFlags(file, flags, writing);
      return unsupported < 0
          ? unsupported
          : moveVector(task, file, vector, position, flags, writing);
    } finally {
      Fd.leave(task, file);
    }
  }

  private static long refuseFlags(OpenFileDescription file, int flags, boolean writing) {
    int known = writing ? RWF_NOWAIT | RWF_NOSIGNAL : RWF_NOWAIT;
    boolean nowait = (flags & RWF_NOWAIT) != 0;
    if ((flags & ~known) != 0) {
      return Errno.EOPNOTSUPP.result();
    }
    return nowait && !file.operations().nowaitCapable() ? Errno.EOPNOTSUPP.result() : 0;
  }

  private static long moveVector(
      Task task,
      OpenFileDescription file,
      IoVector vector,
      long position,
      int flags,
      boolean writing) {
    FileOperations operations = file.operations();
    boolean wait = !file.nonBlocking() && (flags & RWF_NOWAIT) == 0;
    long count = vector.length();
    task.quiet((flags & RWF_NOSIGNAL) != 0);
    try {
      long result;
      if (position >= 0) {
        result =
            writing
                ? operations.writeAt(file, vector, 0, count, position)
                : operations.readAt(file, vector, 0, count, position);
      } else {
        result =
            writing
                ? operations.write(file, vector, 0, count, wait)
                : operations.read(file, vector, 0, count, wait);
      }
      if (result > 0) {
        vector.advance(result);
      }
      return result;
    } catch (MemoryFault | ReadOnlyBufferException e) {
      return Errno.EFAULT.result();
    } catch (OutOfMemoryError e) {
      return Errno.ENOMEM.result();
    } finally {
      task.quiet(false);
    }
  }

  // ---- The rest.

  static long seek(Task task, int fd, long offset, int whence) {
    OpenFileDescription file = Fd.enter(task, fd);
    try {
      if (file == null || file.pathOnly()) {
        return Errno.EBADF.result();
      }
      if (whence < SEEK_SET || whence > SEEK_END) {
        return Errno.EINVAL.result();
      }
      return file.operations().seek(file, offset, whence);
    } finally {
      Fd.leave(task, file);
    }
  }

  static long truncate(Task task, int fd, long length) {
    if (length < 0) {
      return Errno.EINVAL.result();
    }
    OpenFileDescription file = Fd.enter(task, fd);
    try {
      if (file == null || file.pathOnly()) {
        return Errno.EBADF.result();
      }
      return file.writable() ? file.operations().truncate(file, length) : Errno.EINVAL.result();
    } finally {
      Fd.leave(task, file);
    }
  }

  static long sync(Task task, int fd) {
    OpenFileDescription file = Fd.enter(task, fd);
    try {
      return file == null || file.pathOnly() ? Errno.EBADF.result() : file.operations().sync(file);
    } finally {
      Fd.leave(task, file);
    }
  }

  static long stat(Task task, int fd, Stat @Nullable [] stat) {
    OpenFileDescription file = Fd.enter(task, fd);
    try {
      if (file == null) {
        return Errno.EBADF.result();
      }
      if (stat == null || stat.length == 0) {
        return Errno.EFAULT.result();
      }
      stat[0] = file.inode().stat();
      return 0;
    } finally {
      Fd.leave(task, file);
    }
  }

  static long chmod(Task task, int fd, int mode) {
    OpenFileDescription file = Fd.enter(task, fd);
    try {
      if (file == null || file.pathOnly()) {
        return Errno.EBADF.result();
      }
      file.inode().chmod(mode);
      return 0;
    } finally {
      Fd.leave(task, file);
    }
  }

  static long chown(Task task, int fd, int uid, int gid) {
    OpenFileDescription file = Fd.enter(task, fd);
    try {
      if (file == null || file.pathOnly()) {
        return Errno.EBADF.result();
      }
      file.inode().chown(uid, gid);
      return 0;
    } finally {
      Fd.leave(task, file);
    }
  }
}
