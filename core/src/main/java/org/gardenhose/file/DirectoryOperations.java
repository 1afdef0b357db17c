package org.gardenhose.file;

import java.util.ArrayList;
import java.util.List;
import org.gardenhose.abi.Errno;

/// An open directory.
///
/// **Guarded by.** the description's position lock, for the names that are still to be told
public final class DirectoryOperations extends FileOperations {
  private final Directory directory;
  private final List<String> untold;

  DirectoryOperations(Directory directory) {
    this.directory = directory;
    this.untold = new ArrayList<>(directory.names());
  }

  @Override
  public Directory directory() {
    return directory;
  }

  /// Returns the names not told so far, in order; the caller removes those that it tells.
  public List<String> untold() {
    return untold;
  }

  @Override
  public long read(OpenFileDescription file, Object memory, long at, long count, boolean wait) {
    return Errno.EISDIR.result();
  }

  @Override
  public long sync(OpenFileDescription file) {
    return 0;
  }
}
