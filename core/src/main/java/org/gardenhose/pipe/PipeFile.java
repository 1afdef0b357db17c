package org.gardenhose.pipe;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.gardenhose.abi.PipeAbi;

/// An open file description on a pipe: one end, with the flags that belong to this end alone.
///
/// **Always true.** It counts once as a reader or once as a writer from its making until
/// [KernelPipe#close] (L-8). A revoked description is never used again.
/// **Guarded by.** nothing: `flags` is atomic
/// **Blocks.** never
/// **Learned from.** Linux `struct file`; L-1, L-17, L-64
public abstract class PipeFile {
  /// Set in [#flags] when the end has been closed: whoever still waits through it gives up.
  private static final int REVOKED = 1 << 31;

  private static final VarHandle FLAGS;

  static {
    try {
      FLAGS = MethodHandles.lookup().findVarHandle(PipeFile.class, "flags", int.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  final KernelPipe pipe;
  private volatile int flags;

  /// Makes a description of `pipe` with status flags of [PipeAbi]. The caller counts it with
  /// [KernelPipe#open].
  protected PipeFile(KernelPipe pipe, int flags) {
    this.pipe = pipe;
    this.flags = flags;
  }

  /// Returns the pipe that this is an end of.
  public final KernelPipe pipe() {
    return pipe;
  }

  /// Returns whether writes through this end make packets (`O_DIRECT`).
  public final boolean packets() {
    return (flags & PipeAbi.O_DIRECT) != 0;
  }

  /// Sets or clears one status flag of [PipeAbi] (fcntl(2) `F_SETFL`).
  public final void setFlag(int flag, boolean on) {
    int before;
    do {
      before = flags;
    } while (!FLAGS.compareAndSet(this, before, on ? before | flag : before & ~flag));
  }

  /// Returns whether the end has been closed.
  public final boolean revoked() {
    return flags < 0;
  }

  /// Marks the end as closed.
  ///
  /// @return false if it already was
  public final boolean revoke() {
    return (int) FLAGS.getAndBitwiseOr(this, REVOKED) >= 0;
  }
}
