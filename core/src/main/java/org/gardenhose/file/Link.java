package org.gardenhose.file;

import org.gardenhose.abi.Errno;
import org.gardenhose.abi.FileAbi;
import org.gardenhose.wait.Clock;
import org.jspecify.annotations.Nullable;

/// A symbolic link: a text that a walk goes on with, or, in `/proc`, an inode that it goes on to.
///
/// **Blocks.** never
/// **Learned from.** Linux `get_link`, `nd_jump_link`; symlink(7), path_resolution(7)
abstract class Link extends Inode {
  /// Makes a link that anybody may follow.
  Link(long device, long number, int permissions, Credentials owner, Clock clock) {
    super(device, number, FileAbi.S_IFLNK | permissions, owner, clock);
  }

  /// Returns a link with a fixed text.
  static Link to(Tmpfs system, String text) {
    return new Link(system.device(), system.nextNumber(), 0777, Credentials.ROOT, system.clock()) {
      @Override
      String text(Caller caller) {
        return text;
      }

      @Override
      public long size() {
        return text.length();
      }
    };
  }

  /// Returns the text, as readlink(2) shows it; empty if the link leads nowhere any more.
  abstract String text(Caller caller);

  /// Returns the inode that the link means whatever its text says, or null if the text counts.
  @Nullable Inode target(Caller caller) {
    return null;
  }

  /// Returns minus an errno if a walk may not follow it from `holder`, the directory that it is in.
  long refuses(Directory holder, Caller caller) {
    return text(caller).isEmpty() && target(caller) == null ? Errno.ENOENT.result() : 0;
  }

  /// A link cannot be opened, only followed.
  @Override
  public long open(int flags, Credentials who, FileOperations[] opened) {
    return Errno.ELOOP.result();
  }
}
