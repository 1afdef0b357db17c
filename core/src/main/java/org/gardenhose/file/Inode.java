package org.gardenhose.file;

import static org.gardenhose.abi.FileAbi.S_IFDIR;
import static org.gardenhose.abi.FileAbi.S_IFMT;

import org.gardenhose.abi.Errno;
import org.gardenhose.abi.PipeAbi;
import org.gardenhose.abi.Program;
import org.gardenhose.abi.Stat;
import org.gardenhose.wait.Clock;
import org.jspecify.annotations.Nullable;

/// A file, whatever its kind and whether or not it has a name.
///
/// **Always true.** `number` is unique within `device` and never changes; nor does the kind in
/// `mode`.
/// **Guarded by.** the fields here are volatile, each a value of its own
/// **Learned from.** Linux `struct inode`; inode(7)
public abstract class Inode {
  private final long device;
  private final long number;
  private final Clock clock;
  private volatile int mode;
  private volatile Credentials owner;
  private volatile int links = 1;
  private volatile long atime;
  private volatile long mtime;
  private volatile long ctime;

  /// Makes an inode.
  ///
  /// @param mode kind and permissions
  /// @param clock gives the times
  protected Inode(long device, long number, int mode, Credentials owner, Clock clock) {
    this.device = device;
    this.number = number;
    this.mode = mode;
    this.owner = owner;
    this.clock = clock;
    long now = clock.nanoTime();
    atime = now;
    mtime = now;
    ctime = now;
  }

  /// Opens the file: returns what can be done with it through a description with these `flags`. May
  /// block, for a FIFO, unless they have `O_NONBLOCK`.
  ///
  /// @param opened takes the operations, unless the result is minus an errno
  /// @return 0 or minus an errno
  public abstract long open(int flags, Credentials who, FileOperations[] opened);

  // ---- What is known of it.

  /// Returns the number.
  public final long number() {
    return number;
  }

  /// Returns the number of the file system that it is in.
  public final long device() {
    return device;
  }

  /// Returns kind and permissions.
  public final int mode() {
    return mode;
  }

  /// Returns the kind, one of `S_IF...`.
  public final int kind() {
    return mode & S_IFMT;
  }

  /// Returns whether it is a directory.
  public final boolean isDirectory() {
    return kind() == S_IFDIR;
  }

  /// Sets the permissions.
  public final void chmod(int permissions) {
    mode = mode & S_IFMT | permissions & 07777;
    changed();
  }

  /// Sets the owner.
  public final void chown(int uid, int gid) {
    Credentials was = owner;
    owner = new Credentials(uid < 0 ? was.uid() : uid, gid < 0 ? was.gid() : gid, false);
    changed();
  }

  /// Returns how many directory entries name it.
  public int links() {
    return links;
  }

  /// Counts a directory entry more or less. The caller has the file system's names locked.
  void linked(int change) {
    links += change;
    changed();
    if (links == 0) {
      nameless();
    }
  }

  /// Hears that no directory entry names it any more.
  void nameless() {}

  /// Returns whether it may be opened with `O_DIRECT`.
  boolean directCapable() {
    return false;
  }

  /// Returns its length in bytes.
  public long size() {
    return 0;
  }

  /// Returns how many units of 512 bytes it occupies.
  public long blocks() {
    return 0;
  }

  /// Returns all that is known of it.
  public Stat stat() {
    Credentials who = owner;
    return new Stat(
        device,
        number,
        mode,
        links(),
        who.uid(),
        who.gid(),
        rdev(),
        size(),
        PipeAbi.PAGE_SIZE,
        blocks(),
        atime,
        mtime,
        ctime);
  }

  /// Returns the program that execve runs, or null.
  public @Nullable Program program() {
    return null;
  }

  /// Returns as whom the file counts when permissions are looked at.
  public final Credentials owner() {
    return owner;
  }

  /// Returns the device that a special file stands for.
  public long rdev() {
    return 0;
  }

  /// Returns 0 if `who` may use the file in these ways, else minus `EACCES`.
  ///
  /// @param access bits of permission: 4 to read, 2 to write, 1 to execute or search
  public final long permits(Credentials who, int access) {
    Credentials mine = owner;
    if (who.uid() == 0) {
      return (access & 1) == 0 || isDirectory() || (mode & 0111) != 0 ? 0 : Errno.EACCES.result();
    }
    int shift = who.uid() == mine.uid() ? 6 : who.gid() == mine.gid() ? 3 : 0;
    return (mode >> shift & access) == access ? 0 : Errno.EACCES.result();
  }

  // ---- Times.

  /// Notes that the file was read.
  public final void accessed() {
    atime = clock.nanoTime();
  }

  /// Notes that the file was written.
  public final void modified() {
    long now = clock.nanoTime();
    mtime = now;
    ctime = now;
  }

  /// Notes that the inode changed.
  public final void changed() {
    ctime = clock.nanoTime();
  }
}
