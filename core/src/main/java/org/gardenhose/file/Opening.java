package org.gardenhose.file;

import static org.gardenhose.abi.FileAbi.O_ACCMODE;
import static org.gardenhose.abi.FileAbi.O_CLOEXEC;
import static org.gardenhose.abi.FileAbi.O_CREAT;
import static org.gardenhose.abi.FileAbi.O_DIRECTORY;
import static org.gardenhose.abi.FileAbi.O_EXCL;
import static org.gardenhose.abi.FileAbi.O_LARGEFILE;
import static org.gardenhose.abi.FileAbi.O_NOCTTY;
import static org.gardenhose.abi.FileAbi.O_NOFOLLOW;
import static org.gardenhose.abi.FileAbi.O_PATH;
import static org.gardenhose.abi.FileAbi.O_RDONLY;
import static org.gardenhose.abi.FileAbi.O_TRUNC;
import static org.gardenhose.abi.FileAbi.O_WRONLY;
import static org.gardenhose.abi.FileAbi.S_IFREG;

import org.gardenhose.abi.Errno;
import org.gardenhose.abi.PipeAbi;
import org.jspecify.annotations.Nullable;

/// One open(2): finds or makes the file, looks at permissions, opens it.
///
/// ```
/// EINVAL                flags that contradict each other
/// EFAULT .. EMFILE      the path itself, then the descriptor, which the caller sees to
/// ENFILE                too many files are open
/// ENOENT .. ENOTDIR     the walk; EISDIR, EEXIST for what is there
/// ELOOP EISDIR EACCES   the kind of the file, then its permissions
/// ENXIO EINTR EINVAL    the file's own
/// ```
///
/// **Always true.** What comes to an errno has left nothing open; a file that it made stays.
/// **Guarded by.** the one thread that opens
/// **Blocks.** for a FIFO, until the other end is opened (L-98)
/// **Learned from.** Linux `build_open_flags`, `path_openat`, `do_open`, `may_open`; L-17, L-98 to
/// L-110, L-128
final class Opening {
  /// What remains of the flags for a description that only names a file (`O_PATH_FLAGS`).
  private static final int PATH_FLAGS = O_DIRECTORY | O_NOFOLLOW | O_PATH;

  /// What open(2) does once and the description does not keep.
  private static final int ONCE = O_CREAT | O_EXCL | O_NOCTTY | O_TRUNC | O_CLOEXEC;

  private final Namespace tree;
  private final FileCount files;
  private final Caller caller;
  private final int flags;
  private final int mode;
  private boolean created;

  Opening(Namespace tree, FileCount files, Caller caller, int flags, int mode) {
    this.tree = tree;
    this.files = files;
    this.caller = caller;
    this.flags = (flags & O_PATH) != 0 ? flags & PATH_FLAGS : flags & ~O_CLOEXEC | O_LARGEFILE;
    this.mode = mode;
  }

  /// Returns what is wrong with the arguments whatever files there are.
  static long check(@Nullable String path, int flags) {
    boolean contradiction =
        (flags & O_PATH) == 0 && (flags & O_CREAT) != 0 && (flags & O_DIRECTORY) != 0;
    return contradiction ? Errno.EINVAL.result() : PathWalk.check(path);
  }

  private boolean has(int flag) {
    return (flags & flag) != 0;
  }

  /// Opens the file.
  long open(@Nullable String path, OpenFileDescription[] opened) {
    if (!files.tryOpen()) {
      return Errno.ENFILE.result();
    }
    PathWalk walk = new PathWalk(tree, caller);
    Inode[] found = new Inode[1];
    long result = walk.toParent(path);
    if (result == 0) {
      result = has(O_CREAT) ? findOrMake(walk, found) : find(walk, found);
    }
    FileOperations[] operations = new FileOperations[1];
    if (result == 0) {
      result = has(O_PATH) ? 0 : openFile(found[0], operations);
    }
    if (result < 0) {
      files.closed();
      return result;
    }
    FileOperations what = has(O_PATH) ? new PathOperations(found[0]) : operations[0];
    opened[0] = new OpenFileDescription(found[0], what, flags & ~ONCE, name(walk, found), files);
    return has(O_TRUNC) ? truncate(opened[0]) : 0;
  }

  /// The name that the description is known by: the one it was opened by, as a path from the root.
  private String name(PathWalk walk, Inode[] found) {
    if (found[0] instanceof Directory directory) {
      String path = tree.path(directory);
      return path == null ? "" : path;
    }
    if (found[0] instanceof PipeInode pipe && !pipe.named()) {
      return "";
    }
    if (walk.entry() instanceof Link link) {
      // A link of /proc was followed, which says by its text what it means.
      String text = link.text(caller);
      return text.endsWith(Procfs.GONE)
          ? text.substring(0, text.length() - Procfs.GONE.length())
          : text;
    }
    String directory = tree.path(walk.directory());
    return directory == null
        ? walk.last()
        : directory.equals("/") ? "/" + walk.last() : directory + "/" + walk.last();
  }

  // ---- The file.

  private long find(PathWalk walk, Inode[] found) {
    long result = walk.toFile(!has(O_NOFOLLOW), found);
    if (result < 0) {
      return result;
    }
    return has(O_DIRECTORY) && !found[0].isDirectory() ? Errno.ENOTDIR.result() : 0;
  }

  private long findOrMake(PathWalk walk, Inode[] found) {
    for (; ; ) {
      if (!walk.isName()) {
        return (has(O_EXCL) ? Errno.EEXIST : Errno.EISDIR).result();
      }
      if (walk.slash()) {
        return Errno.EISDIR.result();
      }
      Inode there = walk.entry();
      if (there == null) {
        long result = make(walk, found);
        if (result != Errno.EEXIST.result()) {
          return result;
        }
        continue;
      }
      if (has(O_EXCL)) {
        return Errno.EEXIST.result();
      }
      if (there instanceof Link link && !has(O_NOFOLLOW) && link.target(caller) == null) {
        long result = walk.toTargetOf(link);
        if (result < 0) {
          return result;
        }
        continue;
      }
      long result = walk.toFile(!has(O_NOFOLLOW), found);
      return result == 0 && found[0].isDirectory() ? Errno.EISDIR.result() : result;
    }
  }

  private long make(PathWalk walk, Inode[] found) {
    Directory directory = walk.directory();
    long refused = NameChanges.refuseMaking(directory, caller);
    if (refused < 0) {
      return refused;
    }
    int kept = S_IFREG | mode & 07777 & ~caller.umask();
    long result = directory.make(walk.last(), kept, caller.credentials());
    if (result < 0) {
      return result;
    }
    Inode made = walk.entry();
    if (made == null) {
      return Errno.EEXIST.result();
    }
    created = true;
    found[0] = made;
    return 0;
  }

  // ---- Opening it.

  private long openFile(Inode file, FileOperations[] operations) {
    int access = flags & O_ACCMODE;
    boolean writes = access != O_RDONLY || has(O_TRUNC);
    if (file instanceof Link) {
      return Errno.ELOOP.result();
    }
    if (file.isDirectory() && writes) {
      return Errno.EISDIR.result();
    }
    int wanted = (access != O_WRONLY ? 4 : 0) | (writes ? 2 : 0);
    if (!created && file.permits(caller.credentials(), wanted) < 0) {
      return Errno.EACCES.result();
    }
    boolean direct = has(PipeAbi.O_DIRECT) && !file.directCapable();
    if (direct && !(file instanceof PipeInode)) {
      return Errno.EINVAL.result();
    }
    // A FIFO looks at O_DIRECT last, and so may wait for its other end first.
    long result = file.open(flags & ~PipeAbi.O_DIRECT, caller.credentials(), operations);
    if (result == 0 && operations[0] instanceof PipeOperations end) {
      // Only the ends that pipe2 makes can be asked not to wait (RWF_NOWAIT).
      end.spliced();
    }
    if (result == 0 && direct) {
      operations[0].release(new OpenFileDescription(file, operations[0], flags, "", null));
      return Errno.EINVAL.result();
    }
    return result;
  }

  private long truncate(OpenFileDescription file) {
    if (created || file.inode().kind() != S_IFREG) {
      return 0;
    }
    long result = file.operations().truncate(file, 0);
    if (result < 0) {
      file.put();
      return result;
    }
    return 0;
  }

  /// What can be done with a description that only names a file: nothing, the checks before see to
  /// that, but to say which directory it is.
  static final class PathOperations extends FileOperations {
    private final Inode file;

    PathOperations(Inode file) {
      this.file = file;
    }

    @Override
    public @Nullable Directory directory() {
      return file instanceof Directory directory ? directory : null;
    }
  }
}
