package org.gardenhose.sys;

import org.gardenhose.file.Caller;
import org.gardenhose.file.Credentials;
import org.gardenhose.file.Directory;
import org.gardenhose.proc.Task;

/// A task as the tree of names sees it.
///
/// @param task whose thread walks
record TaskCaller(Task task) implements Caller {
  @Override
  public Directory directory() {
    return task.context().directory();
  }

  @Override
  public Credentials credentials() {
    return task.context().credentials();
  }

  @Override
  public int umask() {
    return task.context().umask();
  }

  @Override
  public int pid() {
    return task.proc().pid();
  }
}
