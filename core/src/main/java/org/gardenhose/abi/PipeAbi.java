package org.gardenhose.abi;

/// The numbers that a pipe's callers and the pipe agree on.
///
/// **Always true.** Spelt and valued as in Linux's headers, so that a trace reads the same.
/// **Learned from.** `linux/limits.h`, `linux/pipe_fs_i.h`, `asm-generic/poll.h`, pipe(7), fcntl(2)
public final class PipeAbi {
  /// Bytes in a page, and so the most that one slot of a pipe holds.
  public static final int PAGE_SIZE = 4096;

  /// Bytes that one write moves without being interleaved with another (`linux/limits.h`, L-50).
  public static final int PIPE_BUF = 4096;

  /// Slots of a new pipe: 16 pages, 65536 bytes (`PIPE_DEF_BUFFERS`, L-20).
  public static final int PIPE_DEF_BUFFERS = 16;

  /// Bytes that an unprivileged caller may give a pipe (`/proc/sys/fs/pipe-max-size`, L-23).
  public static final int PIPE_MAX_SIZE = 1 << 20;

  /// A call returns `EAGAIN` where it would wait (`asm-generic/fcntl.h`).
  public static final int O_NONBLOCK = 0x800;

  /// Each write of at most a page makes one packet (`asm-generic/fcntl.h`, L-64).
  public static final int O_DIRECT = 0x4000;

  /// There is something to read.
  public static final int POLLIN = 0x001;

  /// A slot is free.
  public static final int POLLOUT = 0x004;

  /// No reader is left (reported on a write end).
  public static final int POLLERR = 0x008;

  /// No writer is left (reported on a read end).
  public static final int POLLHUP = 0x010;

  private PipeAbi() {}
}
