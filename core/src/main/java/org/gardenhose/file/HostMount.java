package org.gardenhose.file;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.gardenhose.abi.Errno;
import org.gardenhose.wait.Clock;
import org.jspecify.annotations.Nullable;

/// A directory of the host in the tree of names, and no way out of it.
///
/// Each name on the way is opened relative to the directory before it and without following links,
/// so whoever swaps a directory for a link meanwhile gets `ELOOP` or `ENOTDIR`. Links are followed
/// by the walk, one name at a time, and only where their text stays below the mounted directory:
/// `EACCES` otherwise.
///
/// **Always true.** The mounted directory stays open as long as the virtual machine lives.
/// **Guarded by.** `appending` for finding the end of a file and writing there; else the host's
/// kernel
/// **Blocks.** as the host's file system does
/// **Learned from.** openat(2), openat2(2) `RESOLVE_BENEATH`; [SecureDirectoryStream]
final class HostMount {
  /// Permissions of a directory made here; who may use it from inside is not the host's business.
  private static final Set<PosixFilePermission> PERMISSIONS =
      PosixFilePermissions.fromString("rwxr-xr-x");

  private final long device;
  private final Clock clock;
  private final Path path;
  private final SecureDirectoryStream<Path> top;
  private final ReentrantLock appending = new ReentrantLock();
  private final HostDirectory root;

  HostMount(long device, Path directory, Clock clock) throws IOException {
    this.device = device;
    this.clock = clock;
    this.path = directory.toRealPath();
    this.top = secure(Files.newDirectoryStream(path));
    BasicFileAttributes known = Files.readAttributes(path, BasicFileAttributes.class);
    this.root = new HostDirectory(this, List.of(), known);
  }

  private static SecureDirectoryStream<Path> secure(DirectoryStream<Path> stream)
      throws IOException {
    if (stream instanceof SecureDirectoryStream<Path> secure) {
      return secure;
    }
    stream.close();
    throw new IOException("this platform cannot open a directory without following links");
  }

  HostDirectory root() {
    return root;
  }

  long device() {
    return device;
  }

  Clock clock() {
    return clock;
  }

  /// Guards finding the end of a file and writing there.
  ReentrantLock appending() {
    return appending;
  }

  // ---- Work in a directory.

  /// What is done in a directory of the host that is open.
  @FunctionalInterface
  interface Work {
    /// Does it; 0 or minus an errno.
    long in(SecureDirectoryStream<Path> directory) throws IOException;
  }

  /// Opens the directory that is `steps` below the mounted one, and does `work` in it.
  long in(List<String> steps, Work work) {
    List<SecureDirectoryStream<Path>> open = new ArrayList<>();
    try {
      // Even at the top a stream of its own: each can be listed once.
      open.add(top.newDirectoryStream(Path.of("."), LinkOption.NOFOLLOW_LINKS));
      for (String step : steps) {
        Path name = Path.of(step);
        open.add(open.getLast().newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS));
      }
      return work.in(open.getLast());
    } catch (IOException e) {
      return HostTransfer.errno(e).result();
    } catch (InvalidPathException e) {
      return Errno.EINVAL.result();
    } finally {
      open.forEach(HostMount::close);
    }
  }

  private static void close(DirectoryStream<Path> stream) {
    try {
      stream.close();
    } catch (IOException e) {
      // A directory that was only read has nothing to lose.
      return;
    }
  }

  /// Returns what the host knows of a name, itself and not what it links to.
  static PosixFileAttributes attributes(SecureDirectoryStream<Path> directory, String name)
      throws IOException {
    PosixFileAttributeView view =
        directory.getFileAttributeView(
            Path.of(name), PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    return view.readAttributes();
  }

  /// Makes a directory below: under a name of its own at the top, then moved to where it belongs,
  /// because the platform cannot make one relative to an open directory.
  long makeDirectory(List<String> steps, String name) {
    return in(
        steps,
        directory -> {
          if (exists(directory, name)) {
            return Errno.EEXIST.result();
          }
          Path made = Files.createTempDirectory(path, ".mkdir");
          try {
            Files.setPosixFilePermissions(made, PERMISSIONS);
            top.move(made.getFileName(), directory, Path.of(name));
            return 0;
          } catch (IOException e) {
            Files.deleteIfExists(made);
            throw e;
          }
        });
  }

  private static boolean exists(SecureDirectoryStream<Path> directory, String name) {
    try {
      attributes(directory, name);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /// Returns the text of the link `name`, or null. By path: the platform has no other way, and what
  /// a text that was swapped says is walked with the same care as any other.
  @Nullable String linkText(List<String> steps, String name) {
    Path at = path;
    for (String step : steps) {
      at = at.resolve(step);
    }
    try {
      return Files.readSymbolicLink(at.resolve(name)).toString();
    } catch (IOException | UnsupportedOperationException e) {
      return null;
    }
  }
}
