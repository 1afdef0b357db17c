package org.gardenhose.file;

import static org.gardenhose.abi.FileAbi.O_ACCMODE;
import static org.gardenhose.abi.FileAbi.O_RDONLY;
import static org.gardenhose.abi.FileAbi.O_WRONLY;
import static org.gardenhose.abi.FileAbi.S_IFDIR;
import static org.gardenhose.abi.FileAbi.S_IFIFO;
import static org.gardenhose.abi.FileAbi.S_IFLNK;
import static org.gardenhose.abi.FileAbi.S_IFREG;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.gardenhose.abi.Errno;
import org.gardenhose.abi.PipeAbi;
import org.gardenhose.abi.Stat;
import org.jspecify.annotations.Nullable;

/// A file of a host directory that is no directory: regular, or something that is refused.
///
/// The inode is made anew at each walk, from what the host said then. Inside it belongs to root,
/// and its permissions are the host's; the host itself decides as the user who runs the virtual
/// machine.
///
/// **Always true.** What is opened is opened below the mounted directory and without following
/// links.
/// **Blocks.** as the host's file system does
/// **Learned from.** Linux `fs/fuse`, which has the same task
final class HostInode extends Inode {
  private static final int BLOCK_BYTES = 512;

  private final HostDirectory directory;
  private final String name;

  HostInode(HostDirectory directory, String name, BasicFileAttributes known) {
    super(
        directory.device(),
        numberOf(known),
        mode(known),
        Credentials.ROOT,
        directory.mount().clock());
    this.directory = directory;
    this.name = name;
  }

  /// Opens the file, which must be regular: a FIFO or device of the host is `EACCES`.
  @Override
  public long open(int flags, Credentials who, FileOperations[] opened) {
    if (kind() != S_IFREG) {
      return Errno.EACCES.result();
    }
    Set<OpenOption> options = new HashSet<>();
    options.add(LinkOption.NOFOLLOW_LINKS);
    int access = flags & O_ACCMODE;
    if (access != O_WRONLY) {
      options.add(StandardOpenOption.READ);
    }
    if (access != O_RDONLY || (flags & org.gardenhose.abi.FileAbi.O_TRUNC) != 0) {
      options.add(StandardOpenOption.WRITE);
    }
    return directory.mount().in(directory.steps(), in -> open(in, options, opened));
  }

  private long open(
      SecureDirectoryStream<Path> in, Set<OpenOption> options, FileOperations[] opened)
      throws IOException {
    // Once more, now that the directory cannot be swapped: opening a FIFO would wait for ever.
    if (!HostMount.attributes(in, name).isRegularFile()) {
      return Errno.EACCES.result();
    }
    SeekableByteChannel channel = in.newByteChannel(Path.of(name), options);
    if (!(channel instanceof FileChannel file)) {
      channel.close();
      return Errno.EIO.result();
    }
    opened[0] = new HostOperations(directory.mount(), file);
    return 0;
  }

  // ---- What the host knows.

  /// Asks the host anew; what it said at the walk if the name is gone.
  @Override
  public Stat stat() {
    Stat[] now = {super.stat()};
    directory
        .mount()
        .in(
            directory.steps(),
            in -> {
              now[0] = stat(now[0], HostMount.attributes(in, name));
              return 0;
            });
    return now[0];
  }

  /// Returns what is known, with length and times from the host: nanoseconds since 1970.
  static Stat stat(Stat before, PosixFileAttributes now) {
    return new Stat(
        before.device(),
        before.inode(),
        mode(now),
        before.links(),
        before.uid(),
        before.gid(),
        0,
        now.size(),
        PipeAbi.PAGE_SIZE,
        (now.size() + BLOCK_BYTES - 1) / BLOCK_BYTES,
        now.lastAccessTime().to(TimeUnit.NANOSECONDS),
        now.lastModifiedTime().to(TimeUnit.NANOSECONDS),
        now.lastModifiedTime().to(TimeUnit.NANOSECONDS));
  }

  /// The host's inode number, from a key whose text ends in `ino=N)`; a hash of it elsewhere.
  static long numberOf(BasicFileAttributes known) {
    Object key = known.fileKey();
    String text = String.valueOf(key);
    int at = text.lastIndexOf("ino=");
    long number = 0;
    for (int i = at + 4; at >= 0 && i < text.length() && Character.isDigit(text.charAt(i)); i++) {
      number = number * 10 + text.charAt(i) - '0';
    }
    return at < 0 ? text.hashCode() & 0x7fff_ffffL : number;
  }

  /// Kind and permissions; a special file of the host counts as a FIFO, which [#open] refuses.
  static int mode(BasicFileAttributes known) {
    int permissions = 0644;
    if (known instanceof PosixFileAttributes posix) {
      permissions = 0;
      for (PosixFilePermission permission : posix.permissions()) {
        permissions |= 0400 >> permission.ordinal();
      }
    }
    int kind =
        known.isDirectory()
            ? S_IFDIR
            : known.isSymbolicLink() ? S_IFLNK : known.isRegularFile() ? S_IFREG : S_IFIFO;
    return kind | permissions;
  }

  // ---- Links.

  /// A symbolic link of the host.
  static final class HostLink extends Link {
    private final HostDirectory directory;
    private final String name;

    HostLink(HostDirectory directory, String name, BasicFileAttributes known) {
      super(directory.device(), numberOf(known), 0777, Credentials.ROOT, directory.mount().clock());
      this.directory = directory;
      this.name = name;
    }

    @Override
    String text(Caller caller) {
      @Nullable String text = directory.mount().linkText(directory.steps(), name);
      return text == null ? "" : text;
    }

    /// `EACCES` for a text that leads out of the mounted directory.
    @Override
    long refuses(Directory holder, Caller caller) {
      String text = text(caller);
      int depth = directory.steps().size();
      boolean out = text.startsWith("/");
      for (String step : text.split("/")) {
        depth += step.equals("..") ? -1 : step.isEmpty() || step.equals(".") ? 0 : 1;
        out |= depth < 0;
      }
      return out ? Errno.EACCES.result() : super.refuses(holder, caller);
    }
  }
}
