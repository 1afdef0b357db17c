package org.gardenhose.file;

import static org.gardenhose.abi.PipeAbi.POLLIN;
import static org.gardenhose.abi.PipeAbi.POLLOUT;
import static org.gardenhose.abi.PollAbi.POLLRDNORM;
import static org.gardenhose.abi.PollAbi.POLLWRNORM;

import org.gardenhose.abi.Errno;
import org.gardenhose.memory.UserMemory;
import org.gardenhose.pipe.PipeFile;
import org.gardenhose.pipe.SystemPipe;
import org.gardenhose.wait.Deadlines;
import org.gardenhose.wait.Watcher;
import org.jspecify.annotations.Nullable;

/// What an open file does; one object for each description. What a kind of file does not know is
/// answered here as Linux answers it.
///
/// Memory is named as [UserMemory] says. Results are `>= 0` or minus an [Errno]. The caller has
/// checked access mode, memory and count, and keeps a reference to the description.
///
/// **Blocks.** reading and writing as the file does, unless `wait` is false: then `EAGAIN`
/// **Learned from.** Linux `struct file_operations`
public abstract class FileOperations {
  /// Reads up to `count` bytes to position `at` of `memory`.
  public long read(OpenFileDescription file, Object memory, long at, long count, boolean wait) {
    return Errno.EINVAL.result();
  }

  /// Writes up to `count` bytes from position `at` of `memory`.
  public long write(OpenFileDescription file, Object memory, long at, long count, boolean wait) {
    return Errno.EINVAL.result();
  }

  // ---- Files with positions.

  /// Returns whether the file has positions: whether [#readAt], [#writeAt], [#seek] mean something.
  public boolean positioned() {
    return false;
  }

  /// Reads from `position` of the file on (pread(2)); needs [#positioned].
  public long readAt(OpenFileDescription file, Object memory, long at, long count, long position) {
    return Errno.ESPIPE.result();
  }

  /// Writes at `position` of the file (pwrite(2)); needs [#positioned].
  public long writeAt(OpenFileDescription file, Object memory, long at, long count, long position) {
    return Errno.ESPIPE.result();
  }

  /// Moves the position (lseek(2)); `whence` is one of the three.
  public long seek(OpenFileDescription file, long offset, int whence) {
    return Errno.ESPIPE.result();
  }

  /// Makes the file `length` bytes long.
  public long truncate(OpenFileDescription file, long length) {
    return Errno.EINVAL.result();
  }

  /// Sees to it that what was written is stored.
  public long sync(OpenFileDescription file) {
    return Errno.EINVAL.result();
  }

  // ---- Pages.

  /// Moves up to `count` bytes from `position`, -1 for where the file stands, to `pipe` by passing
  /// pages (splice(2), L-138 to L-144). Moves the position if that was -1.
  public long spliceTo(
      OpenFileDescription file, long position, PipeFile pipe, long count, boolean wait) {
    return spliceNothing(pipe, count, wait);
  }

  /// What comes of a splice from a file that has no pages to give: only when the pipe has room, and
  /// readers, is that found out (L-138, L-143).
  static long spliceNothing(PipeFile pipe, long count, boolean wait) {
    return pipe.pipe()
        .fillFrom(
            pipe, (_, _) -> Errno.EINVAL.result(), count, wait ? Deadlines.NEVER : Deadlines.NOW);
  }

  /// Returns whether a call on it may ask not to wait (`RWF_NOWAIT`, L-105, L-119).
  public boolean nowaitCapable() {
    return false;
  }

  /// Moves up to `count` bytes of `pipe` to `position`, -1 for where the file stands (splice(2),
  /// L-145 to L-148). Moves the position if that was -1.
  public long spliceFrom(
      OpenFileDescription file, long position, PipeFile pipe, long count, boolean wait) {
    return Errno.EINVAL.result();
  }

  // ---- Asking.

  /// Returns the pipe that this is an end of, or null.
  public @Nullable SystemPipe pipe() {
    return null;
  }

  /// Returns the end that this is for `pipe`'s own operations; only if there is a [#pipe].
  public PipeFile pipeFile() {
    throw new UnsupportedOperationException("no pipe");
  }

  /// Returns how many bytes could be read now, or minus an errno (`FIONREAD`, L-120).
  public long available(OpenFileDescription file) {
    return Errno.ENOTTY.result();
  }

  /// Returns the directory that is open, or null.
  public @Nullable Directory directory() {
    return null;
  }

  // ---- Polling.

  /// Returns the events that hold now (poll(2)). A file that is no pipe is always ready.
  public int poll(OpenFileDescription file) {
    return POLLIN | POLLOUT | POLLRDNORM | POLLWRNORM;
  }

  /// Returns whether epoll takes such a file: one whose readiness can change.
  public boolean watchable() {
    return false;
  }

  /// Has `watcher` told of every wake that may change what [#poll] says; needs [#watchable].
  public void watch(OpenFileDescription file, Watcher watcher) {}

  /// The same, but one wake is enough for one such watcher or one blocked call (`EPOLLEXCLUSIVE`).
  public void watchExclusive(OpenFileDescription file, Watcher watcher) {}

  /// Ends [#watch]; the watcher may still be told of a wake that is under way.
  public void unwatch(OpenFileDescription file, Watcher watcher) {}

  // ---- Signals.

  /// Begins or ends to send a signal to the description's owner when something comes (`O_ASYNC`).
  ///
  /// @return false if such a file sends none
  public boolean async(OpenFileDescription file, boolean on) {
    return false;
  }

  // ---- The end.

  /// Hears that the status flags changed (`F_SETFL`).
  public void flagsChanged(OpenFileDescription file) {}

  /// Hears that nobody refers to the description any more.
  public void release(OpenFileDescription file) {}
}
