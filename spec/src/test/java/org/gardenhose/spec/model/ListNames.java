package org.gardenhose.spec.model;

import static org.gardenhose.abi.FileAbi.O_ACCMODE;
import static org.gardenhose.abi.FileAbi.O_APPEND;
import static org.gardenhose.abi.FileAbi.O_ASYNC;
import static org.gardenhose.abi.FileAbi.O_CLOEXEC;
import static org.gardenhose.abi.FileAbi.O_CREAT;
import static org.gardenhose.abi.FileAbi.O_DIRECTORY;
import static org.gardenhose.abi.FileAbi.O_EXCL;
import static org.gardenhose.abi.FileAbi.O_LARGEFILE;
import static org.gardenhose.abi.FileAbi.O_NOATIME;
import static org.gardenhose.abi.FileAbi.O_NOFOLLOW;
import static org.gardenhose.abi.FileAbi.O_PATH;
import static org.gardenhose.abi.FileAbi.O_TRUNC;
import static org.gardenhose.abi.PipeAbi.O_DIRECT;
import static org.gardenhose.abi.PipeAbi.O_NONBLOCK;

import java.util.HashMap;
import java.util.Map;
import org.gardenhose.abi.Errno;
import org.gardenhose.abi.FileAbi;
import org.jspecify.annotations.Nullable;

/// One directory of the model, with FIFOs and regular files, beside two devices and
/// `/proc/self/fd` (L-97 to L-110).
final class ListNames {
  private static final String DESCRIPTORS = "/proc/self/fd/";
  private static final long EINVAL = Errno.EINVAL.result();
  private static final long ENOENT = Errno.ENOENT.result();

  /// The flags of open(2) that F_GETFL shows.
  private static final int KEPT =
      O_ACCMODE | O_APPEND | O_ASYNC | O_NOATIME | O_DIRECT | O_NONBLOCK | O_DIRECTORY | O_NOFOLLOW;

  private final Map<String, Node> nodes = new HashMap<>();
  private final ListTable table;

  ListNames(ListTable table) {
    this.table = table;
    nodes.put("/dev/null", Node.Device.NULL);
    nodes.put("/dev/zero", Node.Device.ZERO);
  }

  private @Nullable Node find(String path) {
    if (path.startsWith(DESCRIPTORS)) {
      ListFile file = table.get(Integer.parseInt(path.substring(DESCRIPTORS.length())));
      return file == null ? null : file.node;
    }
    return nodes.get(path);
  }

  long mknod(@Nullable String path, int mode) {
    if (path == null) {
      return Errno.EFAULT.result();
    }
    if (path.isEmpty()) {
      return ENOENT;
    }
    if (find(path) != null) {
      return Errno.EEXIST.result();
    }
    boolean fifo = (mode & FileAbi.S_IFMT) == FileAbi.S_IFIFO;
    nodes.put(path, fifo ? new ListPipe(true) : new ListBytes());
    return 0;
  }

  long unlink(@Nullable String path) {
    if (path == null) {
      return Errno.EFAULT.result();
    }
    Node node = nodes.remove(path);
    if (node instanceof ListPipe pipe) {
      pipe.links--;
    }
    if (node instanceof ListBytes bytes) {
      bytes.links--;
    }
    return node == null ? ENOENT : 0;
  }

  long open(@Nullable String path, int flags) {
    // In this order: the flags, the path's memory, a descriptor; only then is the file looked for.
    boolean handle = (flags & O_PATH) != 0;
    if (!handle && (flags & (O_CREAT | O_DIRECTORY)) == (O_CREAT | O_DIRECTORY)) {
      return EINVAL;
    }
    if (path == null || path.isEmpty()) {
      return path == null ? Errno.EFAULT.result() : ENOENT;
    }
    int fd = table.free(0);
    if (fd < 0) {
      return fd;
    }
    Node node = find(path);
    boolean make = !handle && (flags & O_CREAT) != 0;
    if (node != null && make && (flags & O_EXCL) != 0) {
      return Errno.EEXIST.result();
    }
    if (node != null && path.startsWith(DESCRIPTORS) && (flags & O_NOFOLLOW) != 0) {
      // With O_PATH it would be the link itself that is opened.
      return handle ? ListKernel.BLOCKS : Errno.ELOOP.result();
    }
    if (node != null && (flags & O_DIRECTORY) != 0) {
      return Errno.ENOTDIR.result();
    }
    boolean regular = node instanceof ListBytes || node == null && make;
    if ((flags & O_DIRECT) != 0 && (regular || node instanceof ListEpoll)) {
      // Whether a regular file can be read past the page cache is its file system's business.
      return ListKernel.BLOCKS;
    }
    if (node == null) {
      if (!make || path.startsWith(DESCRIPTORS)) {
        return ENOENT;
      }
      node = new ListBytes();
      nodes.put(path, node);
    }
    ListFile file =
        handle
            ? new ListFile(node, flags & (O_PATH | O_DIRECTORY | O_NOFOLLOW))
            : new ListFile(node, flags & KEPT | O_LARGEFILE);
    long refused = handle ? 0 : open(node, file, flags);
    return refused < 0 ? refused : table.install(file, 0, (flags & O_CLOEXEC) != 0);
  }

  private static long open(Node node, ListFile file, int flags) {
    boolean direct = (flags & O_DIRECT) != 0;
    return switch (node) {
      case ListPipe pipe -> {
        long refused = openPipe(pipe, file);
        if (refused == 0 && direct) {
          // Linux looks at this when the file has been opened, and closes it again.
          pipe.close(file.reading(), file.writing());
        }
        yield refused == 0 && direct ? EINVAL : refused;
      }
      case ListBytes bytes -> {
        if ((flags & O_TRUNC) != 0) {
          bytes.truncate(0);
        }
        yield 0;
      }
      case Node.Device _ -> direct ? EINVAL : 0;
      case ListEpoll _ -> Errno.ENXIO.result();
    };
  }

  /// L-98, L-109.
  private static long openPipe(ListPipe pipe, ListFile file) {
    boolean reading = file.reading();
    boolean writing = file.writing();
    if (!reading && !writing) {
      return EINVAL;
    }
    if (!pipe.named && pipe.readers == 0 && pipe.writers == 0) {
      // Held by O_PATH alone: Linux makes the pipe anew, the engine says ENOENT.
      return ListKernel.BLOCKS;
    }
    boolean alone = pipe.named && (!reading ? pipe.readers == 0 : !writing && pipe.writers == 0);
    if (alone && file.waits()) {
      return ListKernel.BLOCKS;
    }
    if (alone && writing) {
      return Errno.ENXIO.result();
    }
    pipe.open(reading, writing);
    file.passed = true;
    if (alone) {
      file.writerOpensSeen = pipe.writerOpens;
    }
    return 0;
  }
}
