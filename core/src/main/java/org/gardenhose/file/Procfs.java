package org.gardenhose.file;

import static org.gardenhose.abi.FileAbi.O_CLOEXEC;
import static org.gardenhose.abi.FileAbi.S_IFDIR;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.gardenhose.abi.Errno;
import org.gardenhose.wait.Clock;
import org.jspecify.annotations.Nullable;

/// What the kernel shows of itself as files: the descriptors of processes, and the limits on pipes.
///
/// ```
/// /proc/self                       a link to the directory of the process that looks
/// /proc/N/fd/M                     a link that opens what descriptor M of process N means anew
/// /proc/N/fdinfo/M                 its position, flags and inode
/// /proc/sys/fs/pipe-max-size       and pipe-user-pages-soft, pipe-user-pages-hard
/// ```
///
/// **Always true.** Nothing here can be made, removed or moved. Directories of processes are made
/// anew at each look.
/// **Guarded by.** nothing: what it shows is guarded where it is
/// **Blocks.** never
/// **Learned from.** Linux `fs/proc`; proc(5); L-27 to L-29, L-108 to L-110
final class Procfs {
  /// What the text of a link says after the name of a file that has none any more.
  static final String GONE = " (deleted)";

  private final long device;
  private final Clock clock;
  private final Caller.Processes processes;
  private final AtomicLong numbers = new AtomicLong(1);
  private final Directory root;

  Procfs(long device, Clock clock, PipeLimits limits, Caller.Processes processes) {
    this.device = device;
    this.clock = clock;
    this.processes = processes;
    Fixed top = new Fixed(null, "");
    Fixed sys = new Fixed(top, "sys");
    Fixed fs = new Fixed(sys, "fs");
    ProcText.limits(this, limits).forEach(fs::put);
    sys.put("fs", fs);
    top.put("sys", sys);
    top.put("self", new Self());
    root = top;
  }

  Directory root() {
    return root;
  }

  long device() {
    return device;
  }

  Clock clock() {
    return clock;
  }

  long nextNumber() {
    return numbers.getAndIncrement();
  }

  /// The number in a name, or -1: only digits, and no zero before others.
  private static int parse(String name) {
    boolean digits = !name.isEmpty() && name.length() < 10;
    for (int i = 0; digits && i < name.length(); i++) {
      digits = name.charAt(i) >= '0' && name.charAt(i) <= '9';
    }
    return digits && (name.length() == 1 || name.charAt(0) != '0') ? Integer.parseInt(name) : -1;
  }

  // ---- Directories.

  /// A directory of `/proc`: its own names never change by calls.
  private abstract class ProcDirectory extends Directory {
    private final @Nullable Directory parent;
    private final String name;

    ProcDirectory(@Nullable Directory parent, String name, int permissions) {
      super(device, nextNumber(), S_IFDIR | permissions, Credentials.ROOT, clock);
      this.parent = parent;
      this.name = name;
    }

    @Override
    public Directory parent() {
      return parent == null ? this : parent;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public int links() {
      return 2;
    }

    @Override
    public long make(String name, int mode, Credentials owner) {
      return Errno.ENOENT.result();
    }

    @Override
    public long unlink(String name) {
      return Errno.EPERM.result();
    }

    @Override
    public long rmdir(String name) {
      return Errno.EPERM.result();
    }

    @Override
    public long link(String name, Inode file) {
      return Errno.EPERM.result();
    }

    @Override
    public long rename(String name, Directory to, String newName) {
      return Errno.EPERM.result();
    }
  }

  /// A directory with the same names for ever, but for those of processes in the root.
  private final class Fixed extends ProcDirectory {
    private final Map<String, Inode> entries = new java.util.TreeMap<>();

    Fixed(@Nullable Directory parent, String name) {
      super(parent, name, 0555);
    }

    /// Adds a name, before anybody can see the directory.
    void put(String name, Inode file) {
      entries.put(name, file);
    }

    @Override
    public @Nullable Inode lookup(String name) {
      Inode entry = entries.get(name);
      int pid = entry == null && this == root ? parse(name) : -1;
      return pid > 0 && processes.table(pid) != null ? new OfProcess(pid) : entry;
    }

    @Override
    public List<String> names() {
      return List.copyOf(entries.keySet());
    }
  }

  /// The directory of a process.
  private final class OfProcess extends ProcDirectory {
    private final int pid;

    OfProcess(int pid) {
      super(root, Integer.toString(pid), 0555);
      this.pid = pid;
    }

    @Override
    public @Nullable Inode lookup(String name) {
      return switch (name) {
        case "fd" -> new Descriptors(this, pid, false);
        case "fdinfo" -> new Descriptors(this, pid, true);
        default -> null;
      };
    }

    @Override
    public List<String> names() {
      return List.of("fd", "fdinfo");
    }
  }

  /// The descriptors of a process, as links or as texts.
  private final class Descriptors extends ProcDirectory {
    private final int pid;
    private final boolean texts;

    Descriptors(Directory parent, int pid, boolean texts) {
      super(parent, texts ? "fdinfo" : "fd", texts ? 0555 : 0500);
      this.pid = pid;
      this.texts = texts;
    }

    @Override
    public @Nullable Inode lookup(String name) {
      int fd = parse(name);
      DescriptorTable table = processes.table(pid);
      OpenFileDescription file = fd < 0 || table == null ? null : table.get(fd);
      if (file == null || table == null) {
        return null;
      }
      try {
        return texts
            ? new ProcText(Procfs.this, () -> information(table, fd))
            : new DescriptorLink(table, fd, file);
      } finally {
        file.put();
      }
    }

    @Override
    public List<String> names() {
      List<String> names = new ArrayList<>();
      DescriptorTable table = processes.table(pid);
      for (int fd : table == null ? new int[0] : table.inUse()) {
        names.add(Integer.toString(fd));
      }
      return names;
    }
  }

  private static String information(DescriptorTable table, int fd) {
    OpenFileDescription file = table.get(fd);
    if (file == null) {
      return "";
    }
    file.lockPosition();
    long position = file.position();
    file.unlockPosition();
    int flags = file.flags() | (table.isCloseOnExec(fd) ? O_CLOEXEC : 0);
    Inode inode = file.inode();
    file.put();
    return "pos:\t%d\nflags:\t0%o\nmnt_id:\t%d\nino:\t%d\n"
        .formatted(position, flags, inode.device(), inode.number());
  }

  // ---- Links.

  /// `/proc/self`.
  private final class Self extends Link {
    Self() {
      super(device, nextNumber(), 0777, Credentials.ROOT, clock);
    }

    @Override
    String text(Caller caller) {
      return caller.pid() == 0 ? "" : Integer.toString(caller.pid());
    }
  }

  /// A descriptor of a process. Its permissions show for what the file is open.
  private final class DescriptorLink extends Link {
    /// What Linux says is the length of such a link, whatever its text.
    private static final int SIZE = 64;

    private final DescriptorTable table;
    private final int fd;

    DescriptorLink(DescriptorTable table, int fd, OpenFileDescription file) {
      int permissions = 0100 | (file.readable() ? 0400 : 0) | (file.writable() ? 0200 : 0);
      super(device, nextNumber(), permissions, Credentials.ROOT, clock);
      this.table = table;
      this.fd = fd;
    }

    @Override
    public long size() {
      return SIZE;
    }

    @Override
    String text(Caller caller) {
      OpenFileDescription file = table.get(fd);
      if (file == null) {
        return "";
      }
      String path = file.path();
      boolean gone = file.inode().links() == 0;
      String text = path.isEmpty() ? file.inode().toString() : gone ? path + GONE : path;
      file.put();
      return text;
    }

    @Override
    @Nullable Inode target(Caller caller) {
      OpenFileDescription file = table.get(fd);
      if (file == null) {
        return null;
      }
      file.put();
      return file.inode();
    }
  }
}
