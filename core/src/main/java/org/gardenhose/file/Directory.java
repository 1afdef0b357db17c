package org.gardenhose.file;

import static org.gardenhose.abi.FileAbi.O_ACCMODE;
import static org.gardenhose.abi.FileAbi.O_RDONLY;

import java.util.List;
import org.gardenhose.abi.Errno;
import org.gardenhose.wait.Clock;
import org.jspecify.annotations.Nullable;

/// A directory of any file system. What a file system does not allow is `EROFS` or `EPERM`.
///
/// **Blocks.** never, but for those of the host
/// **Learned from.** Linux `struct inode_operations`
public abstract class Directory extends Inode {
  /// Makes a directory.
  protected Directory(long device, long number, int mode, Credentials owner, Clock clock) {
    super(device, number, mode, owner, clock);
  }

  /// Returns the inode that `name` names, or null. `.` and `..` are not asked for.
  public abstract @Nullable Inode lookup(String name);

  /// Returns the directory that this one is in; itself at the root of its file system.
  public abstract Directory parent();

  /// Returns the name that its parent has for it; empty at the root of its file system.
  public abstract String name();

  /// Returns whether it was removed, so that nothing can be made in it.
  public boolean removed() {
    return false;
  }

  /// Returns the names, without `.` and `..`, in no promised order.
  public abstract List<String> names();

  /// Makes a file of this kind, named `name`: regular, directory or FIFO.
  ///
  /// @param mode kind and permissions
  /// @return 0, or minus an errno: `EEXIST`, `EPERM`, `EROFS`
  public long make(String name, int mode, Credentials owner) {
    return Errno.EROFS.result();
  }

  /// Removes a name of something that is no directory.
  public long unlink(String name) {
    return Errno.EROFS.result();
  }

  /// Removes an empty directory.
  public long rmdir(String name) {
    return Errno.EROFS.result();
  }

  /// Gives a file of the same file system another name.
  public long link(String name, Inode file) {
    return Errno.EROFS.result();
  }

  /// Moves `name` to `newName` of `to`, which is of the same file system, replacing what is there.
  public long rename(String name, Directory to, String newName) {
    return Errno.EROFS.result();
  }

  @Override
  public final long open(int flags, Credentials who, FileOperations[] opened) {
    if ((flags & O_ACCMODE) != O_RDONLY) {
      return Errno.EISDIR.result();
    }
    opened[0] = new DirectoryOperations(this);
    return 0;
  }
}
