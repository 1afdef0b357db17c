package org.gardenhose.file;

import org.gardenhose.pipe.PageRun;

/// An open regular file of tmpfs.
///
/// **Blocks.** never, but for splicing, which waits for the pipe
/// **Learned from.** Linux `shmem_file_operations`
final class TmpfsOperations extends PositionedOperations {
  private final TmpfsFile inode;

  TmpfsOperations(TmpfsFile inode) {
    this.inode = inode;
  }

  @Override
  long get(Object memory, long at, long count, long position) {
    return inode.read(memory, at, count, position);
  }

  @Override
  long put(Object memory, long at, long count, long position) {
    return inode.write(memory, at, count, position);
  }

  @Override
  long append(Object memory, long at, long count, long[] end) {
    return inode.append(memory, at, count, end);
  }

  @Override
  long length() {
    return inode.size();
  }

  @Override
  public long truncate(OpenFileDescription file, long length) {
    return inode.truncate(length);
  }

  @Override
  long supply(PageRun run, long count, long position) {
    return inode.supply(run, count, position);
  }

  @Override
  long accept(PageRun run, long position) {
    return inode.accept(run, position);
  }

  @Override
  public void release(OpenFileDescription file) {
    inode.release();
  }
}
