package org.gardenhose.file;

import static org.gardenhose.abi.FileAbi.S_IFCHR;
import static org.gardenhose.abi.FileAbi.S_IFDIR;
import static org.gardenhose.abi.FileAbi.S_IFIFO;
import static org.gardenhose.abi.FileAbi.S_IFMT;
import static org.gardenhose.abi.FileAbi.S_IFREG;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.gardenhose.abi.Errno;
import org.gardenhose.abi.Program;
import org.gardenhose.wait.Clock;
import org.jspecify.annotations.Nullable;

/// The tree of names: file systems mounted one in another.
///
/// tmpfs is at `/`, with `/tmp` in it; devices are at `/dev`, processes and limits at `/proc`.
/// Calls that open a file are in [Opening], those that change names in [NameChanges].
///
/// **Always true.** Each file system is mounted once, on a directory of a tmpfs that is not the
/// root of one; `above` is the inverse of `mounts`. Nothing is ever unmounted.
/// **Guarded by.** nothing: the maps are concurrent, and entries only come
/// **Blocks.** as directories of the host do
/// **Learned from.** Linux `fs/namespace.c`, `fs/namei.c`; mount(2)
public final class Namespace {
  /// The number of the first file system here, as `st_dev` shows it; pipefs has a smaller one.
  private static final long FIRST_DEVICE = 20;

  private final Pipefs pipefs;
  private final FileCount files;
  private final Clock clock;
  private final AtomicLong devices = new AtomicLong(FIRST_DEVICE);
  private final Tmpfs rootfs;
  private final Map<Directory, Directory> mounts = new ConcurrentHashMap<>();
  private final Map<Directory, Directory> above = new ConcurrentHashMap<>();

  /// Makes the tree.
  ///
  /// @param files counts what is open
  /// @param processes what `/proc` shows
  public Namespace(Pipefs pipefs, FileCount files, Clock clock, Caller.Processes processes) {
    this.pipefs = pipefs;
    this.files = files;
    this.clock = clock;
    this.rootfs = tmpfs(Tmpfs.Size.standard());
    rootfs.root().make("tmp", S_IFDIR | 01777, Credentials.ROOT);
    for (String name : new String[] {"dev", "proc"}) {
      rootfs.root().make(name, S_IFDIR | 0755, Credentials.ROOT);
    }
    Tmpfs devfs = tmpfs(Tmpfs.Size.standard());
    Devices.fill(devfs);
    mount("/dev", devfs.root());
    long device = devices.getAndIncrement();
    mount("/proc", new Procfs(device, clock, pipefs.limits(), processes).root());
  }

  private Tmpfs tmpfs(Tmpfs.Size size) {
    return new Tmpfs(devices.getAndIncrement(), pipefs, clock, size);
  }

  // ---- Mounting.

  /// Mounts an empty tmpfs at `at`, a directory of tmpfs that is made if need be.
  ///
  /// @param allBytes what its files hold together at most; more is `ENOSPC`
  /// @param fileBytes how long one file can be; more is `EFBIG`
  public void mountTmpfs(String at, long allBytes, long fileBytes) {
    mount(at, tmpfs(new Tmpfs.Size(allBytes, fileBytes)).root());
  }

  /// Mounts a directory of the host at `at`, a directory of tmpfs that is made if need be.
  ///
  /// @throws IOException if it cannot be opened
  public void mountHost(String at, Path directory) throws IOException {
    mount(at, new HostMount(devices.getAndIncrement(), directory, clock).root());
  }

  private void mount(String at, Directory root) {
    Directory on = makeDirectories(at);
    boolean free = on instanceof TmpfsDirectory && on != root() && !above.containsKey(on);
    if (!free || mounts.putIfAbsent(on, root) != null) {
      throw new IllegalArgumentException("nothing can be mounted at " + at);
    }
    above.put(root, on);
  }

  private Directory makeDirectories(String path) {
    if (!path.startsWith("/") || PathWalk.check(path) < 0) {
      throw new IllegalArgumentException("not an absolute path: " + path);
    }
    Directory at = root();
    for (String name : path.split("/")) {
      if (name.isEmpty()) {
        continue;
      }
      at.make(name, S_IFDIR | 0755, Credentials.ROOT);
      Inode next = at.lookup(name);
      if (!(next instanceof Directory)) {
        throw new IllegalArgumentException(name + " of " + path + " is no directory");
      }
      at = (Directory) mountedOn(next);
    }
    return at;
  }

  /// Returns the root directory.
  public Directory root() {
    return rootfs.root();
  }

  /// Returns whether a file system is mounted on the directory.
  boolean isMountPoint(Inode directory) {
    return directory instanceof Directory on && mounts.containsKey(on);
  }

  /// Returns the root of what is mounted on `file`, or `file`.
  Inode mountedOn(Inode file) {
    Directory root = file instanceof Directory on ? mounts.get(on) : null;
    return root == null ? file : root;
  }

  /// Returns what `..` means in a directory, also in the root of a file system.
  Directory parent(Directory directory) {
    Directory covered = above.get(directory);
    return covered == null ? directory.parent() : covered.parent();
  }

  // ---- Finding.

  /// Finds the file at `path`, following links, also the last.
  public long find(Directory from, Credentials who, String path, Inode[] found) {
    return find(Caller.in(from, who), path, true, found);
  }

  /// Finds the file at `path`; a link that it names itself only if `follow` is false.
  public long find(Caller caller, @Nullable String path, boolean follow, Inode[] found) {
    PathWalk walk = new PathWalk(this, caller);
    long result = walk.toParent(path);
    return result < 0 ? result : walk.toFile(follow, found);
  }

  /// Returns the absolute path of a directory, or null if it has none any more (getcwd(2)).
  public @Nullable String path(Directory directory) {
    Deque<String> names = new ArrayDeque<>();
    Directory at = directory;
    while (at != root()) {
      Directory covered = above.get(at);
      Directory named = covered == null ? at : covered;
      if (named.removed()) {
        return null;
      }
      names.addFirst(named.name());
      at = named.parent();
    }
    return "/" + String.join("/", names);
  }

  // ---- Opening.

  /// Opens the file at `path` (open(2)); `opened` takes the description.
  ///
  /// @return 0, or minus an errno
  public long open(
      Caller caller, @Nullable String path, int flags, int mode, OpenFileDescription[] opened) {
    long wrong = Opening.check(path, flags);
    return wrong < 0 ? wrong : new Opening(this, files, caller, flags, mode).open(path, opened);
  }

  /// Returns what [#open] comes to before it looks at any file, 0 if it would go on.
  public static long checkOpen(@Nullable String path, int flags) {
    return Opening.check(path, flags);
  }

  /// Returns a description of a character device over channels of the host; null if too many files
  /// are open.
  public @Nullable OpenFileDescription attach(ChannelDevice.Ends ends) {
    if (!files.tryOpen()) {
      return null;
    }
    long number = devices.getAndIncrement();
    ChannelDevice device = new ChannelDevice(number, clock, ends, pipefs::brokenPipe);
    FileOperations[] opened = new FileOperations[1];
    device.open(0, Credentials.ROOT, opened);
    return new OpenFileDescription(device, opened[0], device.accessMode(), "", files);
  }

  // ---- Changing names.

  /// Returns what changes names on behalf of `caller`.
  public NameChanges changes(Caller caller) {
    return new NameChanges(this, caller);
  }

  /// Makes `program` what the file at `path` is, with its directories; replaces one that was there.
  ///
  /// @throws IllegalArgumentException if there can be no such file in memory
  public void install(String path, Program program) {
    int slash = path.lastIndexOf('/');
    String name = path.substring(slash + 1);
    if (slash < 0 || name.isEmpty()) {
      throw new IllegalArgumentException("not an absolute path of a file: " + path);
    }
    Directory directory = makeDirectories(path.substring(0, slash + 1));
    directory.make(name, S_IFREG | 0755, Credentials.ROOT);
    if (!(directory.lookup(name) instanceof TmpfsFile file)) {
      throw new IllegalArgumentException("a program cannot be installed at " + path);
    }
    file.program(program);
  }

  /// Returns what mknod(2) comes to for a kind of file before it looks at the path.
  static long checkKind(int mode) {
    return switch (mode & S_IFMT) {
      case 0, S_IFREG, S_IFIFO, S_IFCHR, 0x6000, 0xC000 -> 0;
      case S_IFDIR -> Errno.EPERM.result();
      default -> Errno.EINVAL.result();
    };
  }
}
