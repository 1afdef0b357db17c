package org.gardenhose.file;

import org.jspecify.annotations.Nullable;

/// On whose behalf a path is walked: what the tree of names has to know of a task.
///
/// **Guarded by.** the task itself: only its thread walks with it
public interface Caller {
  /// Returns where a relative path begins.
  Directory directory();

  /// Returns as whom permissions are looked at.
  Credentials credentials();

  /// Returns which permissions new files do not get.
  int umask();

  /// Returns the number of the process, which `/proc/self` means.
  int pid();

  /// Returns somebody in `directory` without a process: the kernel itself, say.
  static Caller in(Directory directory, Credentials who) {
    return new Bare(directory, who);
  }

  /// Somebody without a process.
  ///
  /// @param directory where a relative path begins
  /// @param credentials as whom
  record Bare(Directory directory, Credentials credentials) implements Caller {
    @Override
    public int umask() {
      return 0;
    }

    @Override
    public int pid() {
      return 0;
    }
  }

  /// What `/proc` knows of processes.
  @FunctionalInterface
  interface Processes {
    /// Returns the descriptors of a process, or null if there is none with that number.
    @Nullable DescriptorTable table(int pid);
  }
}
