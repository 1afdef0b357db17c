package org.gardenhose.shell;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.gardenhose.sys.Kernel;

/// The host's files in a kernel's tree: all of them below `/host`.
///
/// @param directory where relative names start from, absolute
record HostFiles(Path directory) {
  private static final String MOUNT = "/host";

  /// Mounts them.
  static HostFiles mount(Kernel kernel, Path directory) throws IOException {
    Path absolute = directory.toAbsolutePath().normalize();
    kernel.mount(MOUNT, absolute.getRoot());
    return new HostFiles(absolute);
  }

  /// Returns the name in the kernel's tree of the file that a user calls `name`.
  String path(String name) {
    if (name.isEmpty()) {
      return name;
    }
    try {
      return MOUNT + directory.resolve(name).normalize();
    } catch (InvalidPathException _) {
      return name;
    }
  }
}
