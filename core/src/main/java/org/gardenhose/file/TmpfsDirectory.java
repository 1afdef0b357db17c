package org.gardenhose.file;

import static org.gardenhose.abi.FileAbi.S_IFDIR;
import static org.gardenhose.abi.FileAbi.S_IFMT;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.LongSupplier;
import org.gardenhose.abi.Errno;
import org.jspecify.annotations.Nullable;

/// A directory of tmpfs.
///
/// **Always true.** An entry counts once in its file's links; `directories` is the number of
/// entries that are directories. Once removed it is empty and stays so.
/// **Guarded by.** the file system's names for every change; entries may be read without
/// **Blocks.** never
/// **Learned from.** Linux `fs/libfs.c`, `simple_link`, `simple_rmdir`, `simple_rename`
final class TmpfsDirectory extends Directory {
  /// Bytes that an entry counts for in the directory's size (`BOGO_DIRENT_SIZE`).
  private static final int ENTRY_SIZE = 20;

  private final Tmpfs system;
  private final ConcurrentSkipListMap<String, Inode> entries = new ConcurrentSkipListMap<>();
  private volatile TmpfsDirectory parent;
  private volatile String name;
  private volatile int directories;
  private volatile boolean removed;

  TmpfsDirectory(
      Tmpfs system,
      @Nullable TmpfsDirectory parent,
      String name,
      int permissions,
      Credentials owner) {
    super(system.device(), system.nextNumber(), S_IFDIR | permissions, owner, system.clock());
    this.system = system;
    this.parent = parent == null ? this : parent;
    this.name = name;
  }

  // ---- What is known of it.

  @Override
  public @Nullable Inode lookup(String name) {
    return entries.get(name);
  }

  @Override
  public Directory parent() {
    return parent;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public boolean removed() {
    return removed;
  }

  @Override
  public List<String> names() {
    return List.copyOf(entries.keySet());
  }

  @Override
  public int links() {
    return removed ? 0 : 2 + directories;
  }

  @Override
  public long size() {
    return removed ? 0 : (long) ENTRY_SIZE * (2 + entries.size());
  }

  // ---- Changes.

  private long change(LongSupplier what) {
    system.names().lock();
    try {
      return what.getAsLong();
    } finally {
      system.names().unlock();
    }
  }

  private void put(String name, Inode file) {
    entries.put(name, file);
    if (file.isDirectory()) {
      directories++;
    }
    modified();
  }

  private void remove(String name, Inode file) {
    entries.remove(name);
    if (file.isDirectory()) {
      directories--;
    }
    modified();
  }

  /// Puts a file here that is new and whose one link this is.
  long add(String name, Inode file) {
    return change(
        () -> {
          if (removed) {
            return Errno.ENOENT.result();
          }
          if (entries.containsKey(name)) {
            return Errno.EEXIST.result();
          }
          put(name, file);
          return 0;
        });
  }

  @Override
  public long make(String name, int mode, Credentials owner) {
    return add(
        name,
        (mode & S_IFMT) == S_IFDIR
            ? new TmpfsDirectory(system, this, name, mode & 07777, owner)
            : system.make(mode, owner));
  }

  @Override
  public long unlink(String name) {
    return change(
        () -> {
          Inode file = entries.get(name);
          if (file == null || file.isDirectory()) {
            return (file == null ? Errno.ENOENT : Errno.EISDIR).result();
          }
          remove(name, file);
          file.linked(-1);
          return 0;
        });
  }

  @Override
  public long rmdir(String name) {
    return change(
        () -> {
          Inode file = entries.get(name);
          if (!(file instanceof TmpfsDirectory directory)) {
            return (file == null ? Errno.ENOENT : Errno.ENOTDIR).result();
          }
          if (!directory.entries.isEmpty()) {
            return Errno.ENOTEMPTY.result();
          }
          remove(name, directory);
          directory.removed = true;
          return 0;
        });
  }

  @Override
  public long link(String name, Inode file) {
    return change(
        () -> {
          if (removed || file.links() == 0) {
            return Errno.ENOENT.result();
          }
          if (entries.containsKey(name)) {
            return Errno.EEXIST.result();
          }
          put(name, file);
          file.linked(1);
          return 0;
        });
  }

  @Override
  public long rename(String name, Directory to, String newName) {
    TmpfsDirectory target = (TmpfsDirectory) to;
    return change(() -> renameLocked(name, target, newName));
  }

  private long renameLocked(String name, TmpfsDirectory to, String newName) {
    Inode file = entries.get(name);
    if (file == null || to.removed) {
      return Errno.ENOENT.result();
    }
    Inode there = to.entries.get(newName);
    if (there == file) {
      return 0;
    }
    if (file instanceof TmpfsDirectory moved && to.isWithin(moved)) {
      return Errno.EINVAL.result();
    }
    if (there != null) {
      long refused = refuseReplacing(file, there);
      if (refused < 0) {
        return refused;
      }
      to.remove(newName, there);
      if (there instanceof TmpfsDirectory replaced) {
        replaced.removed = true;
      } else {
        there.linked(-1);
      }
    }
    remove(name, file);
    to.put(newName, file);
    if (file instanceof TmpfsDirectory moved) {
      moved.parent = to;
      moved.name = newName;
    }
    file.changed();
    return 0;
  }

  private static long refuseReplacing(Inode file, Inode there) {
    if (there.isDirectory() != file.isDirectory()) {
      return (file.isDirectory() ? Errno.ENOTDIR : Errno.EISDIR).result();
    }
    return there instanceof TmpfsDirectory replaced && !replaced.entries.isEmpty()
        ? Errno.ENOTEMPTY.result()
        : 0;
  }

  private boolean isWithin(TmpfsDirectory other) {
    TmpfsDirectory at = this;
    while (at != other) {
      TmpfsDirectory up = Objects.requireNonNull(at.parent);
      if (up == at) {
        return false;
      }
      at = up;
    }
    return true;
  }
}
