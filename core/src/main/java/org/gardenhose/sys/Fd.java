package org.gardenhose.sys;

import org.gardenhose.file.OpenFileDescription;
import org.gardenhose.proc.Task;
import org.jspecify.annotations.Nullable;

/// What a descriptor means for the length of one call.
///
/// **Always true.** Each [#enter] has one [#leave]. A task that shares its table with nobody needs
/// no reference of its own: nobody else can close the descriptor meanwhile.
/// **Learned from.** Linux `fdget`, `fdput`
final class Fd {
  private Fd() {}

  /// Returns the description of `fd`, or null.
  static @Nullable OpenFileDescription enter(Task task, int fd) {
    return task.table().unshared() ? task.table().peek(fd) : task.table().get(fd);
  }

  /// Ends what [#enter] began. Whether the table is shared has not changed: only the task itself
  /// can begin to share it, and that stays.
  static void leave(Task task, @Nullable OpenFileDescription file) {
    if (file != null && !task.table().unshared()) {
      file.put();
    }
  }

  /// Ends what [#enter] began and returns `result`.
  static long leave(Task task, @Nullable OpenFileDescription file, long result) {
    leave(task, file);
    return result;
  }
}
