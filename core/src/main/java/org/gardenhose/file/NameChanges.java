package org.gardenhose.file;

import static org.gardenhose.abi.FileAbi.S_IFDIR;
import static org.gardenhose.abi.FileAbi.S_IFIFO;
import static org.gardenhose.abi.FileAbi.S_IFMT;
import static org.gardenhose.abi.FileAbi.S_IFREG;

import org.gardenhose.abi.Errno;
import org.jspecify.annotations.Nullable;

/// Calls that make, remove and move names: the checks in Linux's order, then the directory's own
/// operation.
///
/// **Always true.** A name is changed by the directory under its file system's lock; what is
/// checked here before can have changed by then, and the directory checks again what it must.
/// **Guarded by.** the one thread that calls
/// **Blocks.** as directories of the host do
/// **Learned from.** Linux `fs/namei.c`, `filename_create`, `may_create`, `may_delete`,
/// `do_renameat2`; L-97, L-104
public final class NameChanges {
  /// In a directory with this bit only the owner of a file may remove it (`S_ISVTX`).
  private static final int STICKY = 01000;

  private final Namespace tree;
  private final Caller caller;

  NameChanges(Namespace tree, Caller caller) {
    this.tree = tree;
    this.caller = caller;
  }

  // ---- Making.

  /// Makes a regular file or a FIFO. Outcomes: 0; `EPERM` or `EINVAL` for another kind; those of
  /// the path; `EEXIST`; `ENOENT` if a slash follows the name; `EACCES`; the file system's.
  public long mknod(@Nullable String path, int mode) {
    long refused = Namespace.checkKind(mode);
    if (refused < 0) {
      return refused;
    }
    PathWalk walk = new PathWalk(tree, caller);
    long result = toNewName(walk, path, false);
    if (result < 0) {
      return result;
    }
    int kind = (mode & S_IFMT) == 0 ? S_IFREG : mode & S_IFMT;
    return kind == S_IFREG || kind == S_IFIFO ? make(walk, kind, mode) : Errno.EPERM.result();
  }

  /// Makes a directory.
  public long mkdir(@Nullable String path, int mode) {
    PathWalk walk = new PathWalk(tree, caller);
    long result = toNewName(walk, path, true);
    return result < 0 ? result : make(walk, S_IFDIR, mode & 01777);
  }

  private long make(PathWalk walk, int kind, int mode) {
    int kept = kind | mode & 07777 & ~caller.umask();
    return walk.directory().make(walk.last(), kept, caller.credentials());
  }

  /// Walks to a name that does not exist yet and may be made.
  private long toNewName(PathWalk walk, @Nullable String path, boolean directory) {
    long result = walk.toParent(path);
    if (result < 0) {
      return result;
    }
    if (!walk.isName() || walk.entry() != null) {
      return Errno.EEXIST.result();
    }
    if (walk.slash() && !directory) {
      return Errno.ENOENT.result();
    }
    return refuseMaking(walk.directory(), caller);
  }

  static long refuseMaking(Directory directory, Caller caller) {
    return directory.removed() ? Errno.ENOENT.result() : directory.permits(caller.credentials(), 3);
  }

  /// Gives a file another name. Links are not followed.
  public long link(@Nullable String path, @Nullable String another) {
    Inode[] found = new Inode[1];
    long result = tree.find(caller, path, false, found);
    if (result < 0) {
      return result;
    }
    PathWalk walk = new PathWalk(tree, caller);
    result = walk.toParent(another);
    if (result < 0) {
      return result;
    }
    if (!walk.isName() || walk.entry() != null) {
      return Errno.EEXIST.result();
    }
    if (walk.slash()) {
      return Errno.ENOENT.result();
    }
    Inode file = found[0];
    if (file.device() != walk.directory().device()) {
      return Errno.EXDEV.result();
    }
    long refused = refuseMaking(walk.directory(), caller);
    if (refused < 0) {
      return refused;
    }
    return file.isDirectory() ? Errno.EPERM.result() : walk.directory().link(walk.last(), file);
  }

  // ---- Removing.

  /// Removes the name of something that is no directory.
  public long unlink(@Nullable String path) {
    PathWalk walk = new PathWalk(tree, caller);
    long result = walk.toParent(path);
    if (result < 0) {
      return result;
    }
    Inode file = walk.isName() ? walk.entry() : walk.directory();
    if (file == null) {
      return Errno.ENOENT.result();
    }
    if (!walk.isName() || walk.slash()) {
      return (file.isDirectory() ? Errno.EISDIR : Errno.ENOTDIR).result();
    }
    long refused = refuseRemoving(walk.directory(), file);
    if (refused < 0) {
      return refused;
    }
    return file.isDirectory() ? Errno.EISDIR.result() : walk.directory().unlink(walk.last());
  }

  /// Removes an empty directory.
  public long rmdir(@Nullable String path) {
    PathWalk walk = new PathWalk(tree, caller);
    long result = walk.toParent(path);
    if (result < 0) {
      return result;
    }
    if (!walk.isName()) {
      return switch (walk.last()) {
        case "." -> Errno.EINVAL.result();
        case ".." -> Errno.ENOTEMPTY.result();
        default -> Errno.EBUSY.result();
      };
    }
    Inode file = walk.entry();
    if (file == null) {
      return Errno.ENOENT.result();
    }
    long refused = refuseRemoving(walk.directory(), file);
    if (refused < 0) {
      return refused;
    }
    if (!file.isDirectory()) {
      return Errno.ENOTDIR.result();
    }
    return tree.isMountPoint(file) ? Errno.EBUSY.result() : walk.directory().rmdir(walk.last());
  }

  private long refuseRemoving(Directory directory, Inode file) {
    Credentials who = caller.credentials();
    if (directory.permits(who, 3) < 0) {
      return Errno.EACCES.result();
    }
    boolean mine =
        who.uid() == 0 || who.uid() == file.owner().uid() || who.uid() == directory.owner().uid();
    return (directory.mode() & STICKY) != 0 && !mine ? Errno.EPERM.result() : 0;
  }

  // ---- Moving.

  /// Moves a name, replacing what has the other one. Outcomes in this order: those of the two
  /// paths; `EXDEV`; `EBUSY` for `.`, `..`, the root; `ENOENT`; `ENOTDIR` for a slash after a file;
  /// `EINVAL` for a directory into itself; `ENOTEMPTY`; permissions; kinds; `EBUSY` for a mount
  /// point.
  public long rename(@Nullable String path, @Nullable String another) {
    PathWalk from = new PathWalk(tree, caller);
    PathWalk to = new PathWalk(tree, caller);
    long result = from.toParent(path);
    if (result == 0) {
      result = to.toParent(another);
    }
    if (result < 0) {
      return result;
    }
    if (from.directory().device() != to.directory().device()) {
      return Errno.EXDEV.result();
    }
    if (!from.isName() || !to.isName()) {
      return Errno.EBUSY.result();
    }
    Inode file = from.entry();
    if (file == null) {
      return Errno.ENOENT.result();
    }
    if (!file.isDirectory() && (from.slash() || to.slash())) {
      return Errno.ENOTDIR.result();
    }
    long refused = refuseMoving(from, file, to);
    return refused < 0 ? refused : from.directory().rename(from.last(), to.directory(), to.last());
  }

  private long refuseMoving(PathWalk from, Inode file, PathWalk to) {
    Inode there = to.entry();
    if (isAncestor(file, to.directory())) {
      return Errno.EINVAL.result();
    }
    if (there != null && isAncestor(there, from.directory())) {
      return Errno.ENOTEMPTY.result();
    }
    if (there != null && same(file, there)) {
      return 0;
    }
    long refused = refuseRemoving(from.directory(), file);
    if (refused == 0) {
      refused =
          there == null
              ? refuseMaking(to.directory(), caller)
              : refuseRemoving(to.directory(), there);
    }
    if (refused < 0) {
      return refused;
    }
    if (there != null && there.isDirectory() != file.isDirectory()) {
      return (file.isDirectory() ? Errno.ENOTDIR : Errno.EISDIR).result();
    }
    boolean busy = tree.isMountPoint(file) || there != null && tree.isMountPoint(there);
    return busy ? Errno.EBUSY.result() : 0;
  }

  private static boolean same(Inode one, Inode other) {
    return one.device() == other.device() && one.number() == other.number();
  }

  /// Returns whether `file` is the directory or one that it is in, on the same file system.
  private static boolean isAncestor(Inode file, Directory directory) {
    Directory at = directory;
    while (!same(at, file)) {
      Directory up = at.parent();
      if (same(up, at)) {
        return false;
      }
      at = up;
    }
    return true;
  }

  // ---- The rest.

  /// Makes the file at `path` `length` bytes long.
  public long truncate(@Nullable String path, long length) {
    if (length < 0) {
      return Errno.EINVAL.result();
    }
    Inode[] found = new Inode[1];
    long result = tree.find(caller, path, true, found);
    if (result < 0) {
      return result;
    }
    Inode file = found[0];
    if (file.kind() != S_IFREG) {
      return (file.isDirectory() ? Errno.EISDIR : Errno.EINVAL).result();
    }
    if (file.permits(caller.credentials(), 2) < 0) {
      return Errno.EACCES.result();
    }
    FileOperations[] opened = new FileOperations[1];
    result = file.open(org.gardenhose.abi.FileAbi.O_WRONLY, caller.credentials(), opened);
    if (result < 0) {
      return result;
    }
    OpenFileDescription once = new OpenFileDescription(file, opened[0], 1, "", null);
    result = opened[0].truncate(once, length);
    once.put();
    return result;
  }

  /// Returns what readlink(2) shows of `path` in `text`; `EINVAL` if it is no link.
  public long readlink(@Nullable String path, String[] text) {
    Inode[] found = new Inode[1];
    long result = tree.find(caller, path, false, found);
    if (result < 0) {
      return result;
    }
    if (!(found[0] instanceof Link link)) {
      return Errno.EINVAL.result();
    }
    text[0] = link.text(caller);
    return text[0].isEmpty() ? Errno.ENOENT.result() : 0;
  }
}
