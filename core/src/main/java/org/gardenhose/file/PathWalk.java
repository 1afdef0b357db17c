package org.gardenhose.file;

import static org.gardenhose.abi.FileAbi.NAME_MAX;
import static org.gardenhose.abi.FileAbi.PATH_MAX;

import java.nio.charset.StandardCharsets;
import org.gardenhose.abi.Errno;
import org.jspecify.annotations.Nullable;

/// One walk along a path: first to the directory that holds the last name, then, if wanted, on to
/// what that names.
///
/// Errors come in Linux's order, component by component: `EACCES` for a directory that may not be
/// searched, `ENAMETOOLONG`, `ENOENT`, `ELOOP`, `ENOTDIR`.
///
/// **Always true.** After a walk that came to 0, `last` is a name, or `.`, `..`, or empty for the
/// root.
/// **Guarded by.** the one thread that walks
/// **Blocks.** as directories of the host do
/// **Learned from.** Linux `fs/namei.c`, `link_path_walk`, `walk_component`; path_resolution(7)
final class PathWalk {
  /// Links that one walk follows (`MAXSYMLINKS`).
  private static final int MAX_LINKS = 40;

  private final Namespace tree;
  private final Caller caller;
  private Directory at;
  private String last = "";
  private boolean slash;
  private int links;

  PathWalk(Namespace tree, Caller caller) {
    this.tree = tree;
    this.caller = caller;
    this.at = caller.directory();
  }

  /// Returns what is wrong with `path` whatever files there are: `EFAULT`, `ENOENT`,
  /// `ENAMETOOLONG`.
  static long check(@Nullable String path) {
    if (path == null) {
      return Errno.EFAULT.result();
    }
    if (path.isEmpty()) {
      return Errno.ENOENT.result();
    }
    // A character has at least one byte, so this ends early for a path of megabytes.
    if (path.length() >= PATH_MAX || bytes(path) >= PATH_MAX) {
      return Errno.ENAMETOOLONG.result();
    }
    // What C takes for the end of the path is no part of any name.
    return path.indexOf('\0') >= 0 ? Errno.EINVAL.result() : 0;
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  // ---- The directory that holds the last name.

  /// Walks up to the last name of `path`.
  long toParent(@Nullable String path) {
    long wrong = check(path);
    return wrong < 0 || path == null ? wrong : walk(path);
  }

  private long walk(String path) {
    String rest = path;
    if (rest.startsWith("/")) {
      at = tree.root();
    }
    for (; ; ) {
      int start = afterSlashes(rest, 0);
      if (start == rest.length()) {
        last = "";
        slash = false;
        return 0;
      }
      int slashAt = rest.indexOf('/', start);
      int end = slashAt < 0 ? rest.length() : slashAt;
      int next = afterSlashes(rest, end);
      last = rest.substring(start, end);
      slash = end < rest.length();
      long refused = refuse();
      if (refused < 0 || next == rest.length()) {
        return refused;
      }
      Inode[] found = new Inode[1];
      long result = step(true, found);
      if (result < 0) {
        return result;
      }
      if (!(found[0] instanceof Directory directory)) {
        return Errno.ENOTDIR.result();
      }
      at = directory;
      rest = rest.substring(next);
    }
  }

  private static int afterSlashes(String path, int from) {
    int at = from;
    while (at < path.length() && path.charAt(at) == '/') {
      at++;
    }
    return at;
  }

  private long refuse() {
    if (at.permits(caller.credentials(), 1) < 0) {
      return Errno.EACCES.result();
    }
    boolean tooLong = last.length() > NAME_MAX || bytes(last) > NAME_MAX;
    return tooLong ? Errno.ENAMETOOLONG.result() : 0;
  }

  /// Returns the directory that holds the last name.
  Directory directory() {
    return at;
  }

  /// Returns the last name.
  String last() {
    return last;
  }

  /// Returns whether the last name is one that can be made or removed: not `.`, `..` or the root.
  boolean isName() {
    return !last.isEmpty() && !last.equals(".") && !last.equals("..");
  }

  /// Returns whether a slash follows the last name, which therefore must be a directory.
  boolean slash() {
    return slash;
  }

  // ---- The file.

  /// Returns what the last name names in its directory, whatever is mounted on it; null for
  /// nothing.
  @Nullable Inode entry() {
    return at.removed() ? null : at.lookup(last);
  }

  /// Goes on to what the last name names; links are followed if `follow` or if a slash comes after.
  long toFile(boolean follow, Inode[] found) {
    long result = step(follow || slash, found);
    if (result == 0 && slash && !found[0].isDirectory()) {
      return Errno.ENOTDIR.result();
    }
    return result;
  }

  private long step(boolean follow, Inode[] found) {
    if (!isName()) {
      found[0] = last.equals("..") ? tree.parent(at) : at;
      return 0;
    }
    Inode file = entry();
    if (file == null) {
      return Errno.ENOENT.result();
    }
    if (file instanceof Link link && follow) {
      return follow(link, found);
    }
    found[0] = tree.mountedOn(file);
    return 0;
  }

  private long follow(Link link, Inode[] found) {
    if (++links > MAX_LINKS) {
      return Errno.ELOOP.result();
    }
    long refused = link.refuses(at, caller);
    if (refused < 0) {
      return refused;
    }
    Inode target = link.target(caller);
    if (target != null) {
      found[0] = target;
      return 0;
    }
    boolean slashAfter = slash;
    long result = walk(link.text(caller));
    if (result == 0) {
      result = step(true, found);
    }
    slash |= slashAfter;
    return result;
  }

  /// Walks to where the link that the last name names leads, for open(2) to make a file there.
  long toTargetOf(Link link) {
    if (++links > MAX_LINKS) {
      return Errno.ELOOP.result();
    }
    long refused = link.refuses(at, caller);
    return refused < 0 ? refused : walk(link.text(caller));
  }
}
