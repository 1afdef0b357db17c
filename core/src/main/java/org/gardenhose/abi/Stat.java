package org.gardenhose.abi;

/// What is known of a file without opening it.
///
/// @param device number of the file system that the inode is in
/// @param inode number, unique within the device
/// @param mode kind and permissions, `S_IF...` of [FileAbi]
/// @param links directory entries that name it
/// @param uid owner
/// @param gid owning group
/// @param rdev the device that a character special file stands for
/// @param size in bytes; 0 for a pipe, whatever is in it (L-116)
/// @param blksize bytes that are best moved at once
/// @param blocks of 512 bytes that it occupies
/// @param atimeNanos when it was last read, on the kernel's clock
/// @param mtimeNanos when it was last written
/// @param ctimeNanos when the inode last changed
public record Stat(
    long device,
    long inode,
    int mode,
    int links,
    int uid,
    int gid,
    long rdev,
    long size,
    int blksize,
    long blocks,
    long atimeNanos,
    long mtimeNanos,
    long ctimeNanos) {
  /// Returns whether the file is a pipe or FIFO.
  public boolean isFifo() {
    return (mode & FileAbi.S_IFMT) == FileAbi.S_IFIFO;
  }
}
