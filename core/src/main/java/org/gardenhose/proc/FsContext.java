package org.gardenhose.proc;

import org.gardenhose.file.Credentials;
import org.gardenhose.file.Directory;

/// Where a process is in the tree of files, as whom, and which permissions its files do not get.
///
/// **Guarded by.** nothing: every field is a volatile value of its own
/// **Learned from.** Linux `struct fs_struct`, `struct cred`
public final class FsContext {
  private volatile Directory directory;
  private volatile Credentials credentials;
  private volatile int umask;

  /// Makes a context.
  public FsContext(Directory directory, Credentials credentials, int umask) {
    this.directory = directory;
    this.credentials = credentials;
    this.umask = umask;
  }

  /// Returns one of its own with the same values.
  FsContext copy() {
    return new FsContext(directory, credentials, umask);
  }

  /// Returns the working directory.
  public Directory directory() {
    return directory;
  }

  /// Sets the working directory.
  public void directory(Directory to) {
    directory = to;
  }

  /// Returns as whom the process acts.
  public Credentials credentials() {
    return credentials;
  }

  /// Sets as whom the process acts.
  public void credentials(Credentials who) {
    credentials = who;
  }

  /// Returns which permissions new files do not get.
  public int umask() {
    return umask;
  }

  /// Sets which permissions new files do not get.
  public void umask(int mask) {
    umask = mask & 0777;
  }
}
