package org.gardenhose.sys;

import static org.gardenhose.abi.FileAbi.FD_CLOEXEC;
import static org.gardenhose.abi.FileAbi.O_APPEND;
import static org.gardenhose.abi.FileAbi.O_ASYNC;
import static org.gardenhose.abi.FileAbi.O_CLOEXEC;
import static org.gardenhose.abi.FileAbi.O_NOATIME;
import static org.gardenhose.abi.FileAbi.O_NOTIFICATION_PIPE;
import static org.gardenhose.abi.PipeAbi.O_DIRECT;
import static org.gardenhose.abi.PipeAbi.O_NONBLOCK;

import org.gardenhose.abi.Errno;
import org.gardenhose.abi.FileAbi;
import org.gardenhose.file.DescriptorTable;
import org.gardenhose.file.Epoll;
import org.gardenhose.file.OpenFileDescription;
import org.gardenhose.file.PipeOperations;
import org.gardenhose.file.Pipefs;
import org.gardenhose.proc.Task;
import org.jspecify.annotations.Nullable;

/// Making, copying, closing and asking descriptors.
///
/// **Always true.** A call that fails has installed nothing and given back what it had (L-14).
/// **Blocks.** never
/// **Learned from.** Linux `fs/pipe.c`, `fs/fcntl.c`, `fs/file.c`, `fs/ioctl.c`; L-13 to L-18,
/// L-30, L-74, L-118, L-120, L-124 to L-128
final class DescriptorCalls {
  private static final int SETTABLE = O_APPEND | O_NONBLOCK | O_DIRECT | O_NOATIME;

  private DescriptorCalls() {}

  static long pipe(Task task, Pipefs pipefs, int @Nullable [] fds, int flags) {
    if ((flags & ~(O_CLOEXEC | O_NONBLOCK | O_DIRECT | O_NOTIFICATION_PIPE)) != 0) {
      return Errno.EINVAL.result();
    }
    if ((flags & O_NOTIFICATION_PIPE) != 0) {
      return Errno.ENOPKG.result();
    }
    OpenFileDescription[] ends = new OpenFileDescription[2];
    long result = pipefs.create(task.context().credentials(), flags, ends);
    if (result < 0) {
      return result;
    }
    int[] numbers = new int[2];
    DescriptorTable table = task.table();
    long limit = task.proc().descriptorLimit();
    boolean cloexec = (flags & O_CLOEXEC) != 0;
    result = table.installPair(ends[0], ends[1], limit, cloexec, numbers);
    if (result < 0) {
      ends[0].put();
      ends[1].put();
      return result;
    }
    if (fds == null || fds.length < 2) {
      table.close(numbers[0]);
      table.close(numbers[1]);
      return Errno.EFAULT.result();
    }
    fds[0] = numbers[0];
    fds[1] = numbers[1];
    return 0;
  }

  // ---- Copying.

  /// dup, `F_DUPFD`: the lowest free number from `least` on.
  static long duplicate(Task task, int fd, long least, boolean cloexec) {
    long limit = task.proc().descriptorLimit();
    OpenFileDescription file = task.table().get(fd);
    if (file == null) {
      return Errno.EBADF.result();
    }
    long result =
        least < 0 || least >= limit
            ? Errno.EINVAL.result()
            : task.table().install(file, (int) least, limit, cloexec);
    if (result < 0) {
      file.put();
    }
    return result;
  }

  static long dup2(Task task, int fd, int target) {
    if (fd == target) {
      return task.table().peek(fd) == null ? Errno.EBADF.result() : fd;
    }
    return dup3(task, fd, target, 0);
  }

  static long dup3(Task task, int fd, int target, int flags) {
    if ((flags & ~O_CLOEXEC) != 0 || fd == target) {
      return Errno.EINVAL.result();
    }
    if (target < 0 || target >= task.proc().descriptorLimit()) {
      return Errno.EBADF.result();
    }
    OpenFileDescription file = task.table().get(fd);
    if (file == null) {
      return Errno.EBADF.result();
    }
    task.table().replace(target, file, (flags & O_CLOEXEC) != 0);
    return target;
  }

  // ---- fcntl.

  static long control(Task task, Kernel kernel, int fd, int command, long argument) {
    if (command == FileAbi.F_DUPFD || command == FileAbi.F_DUPFD_CLOEXEC) {
      return duplicate(task, fd, argument, command == FileAbi.F_DUPFD_CLOEXEC);
    }
    OpenFileDescription file = Fd.enter(task, fd);
    try {
      if (file == null) {
        return Errno.EBADF.result();
      }
      DescriptorTable table = task.table();
      return switch (command) {
        case FileAbi.F_GETFD -> table.isCloseOnExec(fd) ? FD_CLOEXEC : 0;
        case FileAbi.F_SETFD -> {
          table.setCloseOnExec(fd, (argument & FD_CLOEXEC) != 0);
          yield 0;
        }
        case FileAbi.F_GETFL -> file.flags();
        default ->
            file.pathOnly()
                ? Errno.EBADF.result()
                : controlFile(task, kernel, file, command, argument);
      };
    } finally {
      Fd.leave(task, file);
    }
  }

  private static long controlFile(
      Task task, Kernel kernel, OpenFileDescription file, int command, long argument) {
    return switch (command) {
      case FileAbi.F_SETFL -> {
        async(file, (argument & O_ASYNC) != 0);
        file.setFlags((int) argument, SETTABLE);
        file.operations().flagsChanged(file);
        yield 0;
      }
      case FileAbi.F_SETOWN -> OwnerCalls.setOwner(kernel.procs(), file, argument);
      case FileAbi.F_GETOWN -> OwnerCalls.owner(file);
      case FileAbi.F_SETSIG -> OwnerCalls.setSignal(file, argument);
      case FileAbi.F_GETSIG -> file.signal();
      case FileAbi.F_GETPIPE_SZ ->
          file.operations() instanceof PipeOperations pipe
              ? pipe.pipe().size()
              : Errno.EBADF.result();
      case FileAbi.F_SETPIPE_SZ ->
          file.operations() instanceof PipeOperations pipe
              ? pipe.resize(task.context().credentials(), argument)
              : Errno.EBADF.result();
      default -> Errno.EINVAL.result();
    };
  }

  // ---- ioctl.

  static long device(Task task, int fd, long request, int @Nullable [] argument) {
    OpenFileDescription file = Fd.enter(task, fd);
    try {
      if (file == null || file.pathOnly()) {
        return Errno.EBADF.result();
      }
      return switch ((int) request) {
        case FileAbi.FIOCLEX -> {
          task.table().setCloseOnExec(fd, true);
          yield 0;
        }
        case FileAbi.FIONCLEX -> {
          task.table().setCloseOnExec(fd, false);
          yield 0;
        }
        case FileAbi.FIONBIO -> toggle(file, O_NONBLOCK, argument);
        case FileAbi.FIOASYNC -> async(file, argument);
        case FileAbi.FIONREAD -> available(file, argument);
        default ->
            file.operations() instanceof Epoll ? Errno.EINVAL.result() : Errno.ENOTTY.result();
      };
    } finally {
      Fd.leave(task, file);
    }
  }

  private static long toggle(OpenFileDescription file, int flag, int @Nullable [] argument) {
    if (argument == null || argument.length == 0) {
      return Errno.EFAULT.result();
    }
    file.setFlags(argument[0] != 0 ? flag : 0, flag);
    file.operations().flagsChanged(file);
    return 0;
  }

  /// `O_ASYNC` changes only on files that send signals.
  ///
  /// @return false if this one sends none
  private static boolean async(OpenFileDescription file, boolean on) {
    if (on == ((file.flags() & O_ASYNC) != 0)) {
      return true;
    }
    boolean sends = file.operations().async(file, on);
    if (sends) {
      file.setFlags(on ? O_ASYNC : 0, O_ASYNC);
    }
    return sends;
  }

  private static long async(OpenFileDescription file, int @Nullable [] argument) {
    if (argument == null || argument.length == 0) {
      return Errno.EFAULT.result();
    }
    return async(file, argument[0] != 0) ? 0 : Errno.ENOTTY.result();
  }

  private static long available(OpenFileDescription file, int @Nullable [] argument) {
    long bytes = file.operations().available(file);
    if (bytes < 0) {
      return bytes;
    }
    if (argument == null || argument.length == 0) {
      return Errno.EFAULT.result();
    }
    argument[0] = (int) Math.min(Integer.MAX_VALUE, bytes);
    return 0;
  }
}
