package org.gardenhose.sys;

import static org.gardenhose.abi.FileAbi.O_CLOEXEC;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.gardenhose.abi.Errno;
import org.gardenhose.abi.Stat;
import org.gardenhose.file.Directory;
import org.gardenhose.file.DirectoryOperations;
import org.gardenhose.file.Inode;
import org.gardenhose.file.NameChanges;
import org.gardenhose.file.Namespace;
import org.gardenhose.file.OpenFileDescription;
import org.gardenhose.proc.Task;
import org.jspecify.annotations.Nullable;

/// Calls that name a file: what the task and its memory have to do with them; the rest is the
/// tree's.
///
/// **Always true.** A call that fails has installed no descriptor and filled no array.
/// **Blocks.** [#open] of a FIFO, until the other end is opened; all, as directories of the host do
/// **Learned from.** Linux `fs/open.c`, `fs/namei.c`, `fs/stat.c`, `fs/readdir.c`, `fs/d_path.c`;
/// L-97 to L-104, L-108, L-128
final class NameCalls {
  private NameCalls() {}

  private static NameChanges changes(Task task, Namespace tree) {
    return tree.changes(new TaskCaller(task));
  }

  // ---- Opening.

  /// The arguments are looked at before a descriptor is found to be free, the files after.
  static long open(Task task, Namespace tree, @Nullable String path, int flags, int mode) {
    long wrong = Namespace.checkOpen(path, flags);
    if (wrong < 0) {
      return wrong;
    }
    long limit = task.proc().descriptorLimit();
    if (!task.table().hasRoom(limit)) {
      return Errno.EMFILE.result();
    }
    OpenFileDescription[] opened = new OpenFileDescription[1];
    long result = tree.open(new TaskCaller(task), path, flags, mode, opened);
    if (result < 0) {
      return result;
    }
    // While a FIFO waited, another task may have taken the last number.
    result = task.table().install(opened[0], 0, limit, (flags & O_CLOEXEC) != 0);
    if (result < 0) {
      opened[0].put();
    }
    return result;
  }

  // ---- Changing names.

  static long mknod(Task task, Namespace tree, @Nullable String path, int mode) {
    return changes(task, tree).mknod(path, mode);
  }

  static long mkdir(Task task, Namespace tree, @Nullable String path, int mode) {
    return changes(task, tree).mkdir(path, mode);
  }

  static long unlink(Task task, Namespace tree, @Nullable String path) {
    return changes(task, tree).unlink(path);
  }

  static long rmdir(Task task, Namespace tree, @Nullable String path) {
    return changes(task, tree).rmdir(path);
  }

  static long link(Task task, Namespace tree, @Nullable String path, @Nullable String another) {
    return changes(task, tree).link(path, another);
  }

  static long rename(Task task, Namespace tree, @Nullable String path, @Nullable String another) {
    return changes(task, tree).rename(path, another);
  }

  static long truncate(Task task, Namespace tree, @Nullable String path, long length) {
    return changes(task, tree).truncate(path, length);
  }

  // ---- Asking.

  static long stat(
      Task task, Namespace tree, @Nullable String path, Stat @Nullable [] stat, boolean follow) {
    Inode[] found = new Inode[1];
    long result = tree.find(new TaskCaller(task), path, follow, found);
    if (result < 0) {
      return result;
    }
    if (stat == null || stat.length == 0) {
      return Errno.EFAULT.result();
    }
    stat[0] = found[0].stat();
    return 0;
  }

  static long readlink(
      Task task, Namespace tree, @Nullable String path, @Nullable ByteBuffer memory) {
    if (memory != null && !memory.hasRemaining()) {
      return Errno.EINVAL.result();
    }
    String[] text = new String[1];
    long result = changes(task, tree).readlink(path, text);
    if (result < 0) {
      return result;
    }
    if (memory == null || memory.isReadOnly()) {
      return Errno.EFAULT.result();
    }
    byte[] bytes = text[0].getBytes(StandardCharsets.UTF_8);
    int n = Math.min(bytes.length, memory.remaining());
    memory.put(bytes, 0, n);
    return n;
  }

  /// `EINVAL` if not even one name fits; the names that were told are not told again.
  static long getdents(Task task, int fd, @Nullable ByteBuffer memory) {
    OpenFileDescription file = Fd.enter(task, fd);
    try {
      if (file == null || file.pathOnly()) {
        return Errno.EBADF.result();
      }
      if (!(file.operations() instanceof DirectoryOperations directory)) {
        return Errno.ENOTDIR.result();
      }
      if (directory.directory().removed()) {
        return Errno.ENOENT.result();
      }
      if (memory == null || memory.isReadOnly()) {
        return Errno.EFAULT.result();
      }
      file.lockPosition();
      try {
        return tell(directory.untold(), memory);
      } finally {
        file.unlockPosition();
      }
    } finally {
      Fd.leave(task, file);
    }
  }

  private static long tell(List<String> names, ByteBuffer memory) {
    int before = memory.position();
    int told = 0;
    for (String name : names) {
      byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
      if (bytes.length + 1 > memory.remaining()) {
        break;
      }
      memory.put(bytes).put((byte) 0);
      told++;
    }
    if (told == 0 && !names.isEmpty()) {
      return Errno.EINVAL.result();
    }
    names.subList(0, told).clear();
    return memory.position() - before;
  }

  // ---- The working directory.

  static long chdir(Task task, Namespace tree, @Nullable String path) {
    Inode[] found = new Inode[1];
    long result = tree.find(new TaskCaller(task), path, true, found);
    if (result < 0) {
      return result;
    }
    if (!(found[0] instanceof Directory directory)) {
      return Errno.ENOTDIR.result();
    }
    if (directory.permits(task.context().credentials(), 1) < 0) {
      return Errno.EACCES.result();
    }
    task.context().directory(directory);
    return 0;
  }

  static long getcwd(Task task, Namespace tree, String @Nullable [] path) {
    String now = tree.path(task.context().directory());
    if (now == null) {
      return Errno.ENOENT.result();
    }
    if (path == null || path.length == 0) {
      return Errno.EFAULT.result();
    }
    path[0] = now;
    return now.getBytes(StandardCharsets.UTF_8).length + 1;
  }
}
