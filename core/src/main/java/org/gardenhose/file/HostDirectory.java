package org.gardenhose.file;

import static org.gardenhose.abi.FileAbi.S_IFDIR;
import static org.gardenhose.abi.FileAbi.S_IFMT;
import static org.gardenhose.abi.FileAbi.S_IFREG;

import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.gardenhose.abi.Errno;
import org.gardenhose.abi.Stat;
import org.jspecify.annotations.Nullable;

/// A directory of the host, below or at the mounted one. Hard links, FIFOs and devices cannot be
/// made in it: `EPERM`.
///
/// **Always true.** `steps` are the names that lead to it from the mounted directory; none is `.`
/// or `..`. If the host moves it, what is done through this inode comes to `ENOENT`.
/// **Blocks.** as the host's file system does
/// **Learned from.** openat(2), unlinkat(2), renameat(2)
final class HostDirectory extends Directory {
  private final HostMount mount;
  private final List<String> steps;

  HostDirectory(HostMount mount, List<String> steps, BasicFileAttributes known) {
    super(
        mount.device(),
        HostInode.numberOf(known),
        S_IFDIR | HostInode.mode(known) & 07777,
        Credentials.ROOT,
        mount.clock());
    this.mount = mount;
    this.steps = steps;
  }

  HostMount mount() {
    return mount;
  }

  List<String> steps() {
    return steps;
  }

  @Override
  public String name() {
    return steps.isEmpty() ? "" : steps.getLast();
  }

  @Override
  public int links() {
    return 2;
  }

  @Override
  public Directory parent() {
    if (steps.size() < 2) {
      return mount.root();
    }
    Inode up = mount.root();
    for (String step : steps.subList(0, steps.size() - 1)) {
      up = up instanceof Directory directory ? directory.lookup(step) : null;
      if (up == null) {
        return mount.root();
      }
    }
    return up instanceof Directory directory ? directory : mount.root();
  }

  // ---- Looking.

  @Override
  public @Nullable Inode lookup(String name) {
    Inode[] found = new Inode[1];
    long result =
        mount.in(
            steps,
            in -> {
              PosixFileAttributes known = HostMount.attributes(in, name);
              found[0] = inode(name, known);
              return 0;
            });
    return result < 0 ? null : found[0];
  }

  private Inode inode(String name, PosixFileAttributes known) {
    if (known.isDirectory()) {
      List<String> further = new ArrayList<>(steps);
      further.add(name);
      return new HostDirectory(mount, List.copyOf(further), known);
    }
    return known.isSymbolicLink()
        ? new HostInode.HostLink(this, name, known)
        : new HostInode(this, name, known);
  }

  @Override
  public List<String> names() {
    List<String> names = new ArrayList<>();
    mount.in(
        steps,
        in -> {
          for (Path path : in) {
            names.add(path.getFileName().toString());
          }
          return 0;
        });
    names.sort(null);
    return names;
  }

  @Override
  public Stat stat() {
    Stat[] now = {super.stat()};
    mount.in(
        steps,
        in -> {
          now[0] = HostInode.stat(now[0], HostMount.attributes(in, "."));
          return 0;
        });
    return now[0];
  }

  // ---- Changing.

  @Override
  public long make(String name, int mode, Credentials owner) {
    return switch (mode & S_IFMT) {
      case S_IFDIR -> mount.makeDirectory(steps, name);
      case S_IFREG ->
          mount.in(
              steps,
              in -> {
                in.newByteChannel(
                        Path.of(name),
                        Set.of(
                            StandardOpenOption.WRITE,
                            StandardOpenOption.CREATE_NEW,
                            LinkOption.NOFOLLOW_LINKS))
                    .close();
                return 0;
              });
      default -> Errno.EPERM.result();
    };
  }

  @Override
  public long unlink(String name) {
    return mount.in(
        steps,
        in -> {
          in.deleteFile(Path.of(name));
          return 0;
        });
  }

  @Override
  public long rmdir(String name) {
    return mount.in(
        steps,
        in -> {
          in.deleteDirectory(Path.of(name));
          return 0;
        });
  }

  @Override
  public long link(String name, Inode file) {
    return Errno.EPERM.result();
  }

  @Override
  public long rename(String name, Directory to, String newName) {
    HostDirectory target = (HostDirectory) to;
    return mount.in(
        steps,
        from ->
            target.mount.in(
                target.steps,
                into -> {
                  from.move(Path.of(name), into, Path.of(newName));
                  return 0;
                }));
  }
}
