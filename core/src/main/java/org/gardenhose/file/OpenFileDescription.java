package org.gardenhose.file;

import static org.gardenhose.abi.FileAbi.O_ACCMODE;
import static org.gardenhose.abi.FileAbi.O_PATH;
import static org.gardenhose.abi.FileAbi.O_RDONLY;
import static org.gardenhose.abi.FileAbi.O_RDWR;
import static org.gardenhose.abi.FileAbi.O_WRONLY;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.ReentrantLock;
import org.gardenhose.abi.Panic;
import org.gardenhose.abi.PipeAbi;
import org.gardenhose.abi.Signal;
import org.jspecify.annotations.Nullable;

/// What a descriptor points at: an open file, with its status flags and its position.
///
/// Descriptors of one process or of several share it after dup and fork; a call that is under way
/// keeps it alive too (L-8, L-38).
///
/// **Always true.** `references >= 1` until the last goes; then the file is released, once.
/// **Guarded by.** `references` and `flags` are atomic; `position` by `positionLock`
/// **Blocks.** as its [FileOperations] do
/// **Learned from.** POSIX "open file description"; Linux `struct file`; L-1
public final class OpenFileDescription {
  private static final VarHandle REFERENCES;
  private static final VarHandle FLAGS;
  private static final VarHandle WATCHES;

  static {
    try {
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      REFERENCES = lookup.findVarHandle(OpenFileDescription.class, "references", int.class);
      FLAGS = lookup.findVarHandle(OpenFileDescription.class, "flags", int.class);
      WATCHES = lookup.findVarHandle(OpenFileDescription.class, "watches", Watches.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final Inode inode;
  private final @Nullable FileCount count;
  private final FileOperations operations;
  private final boolean readable;
  private final boolean writable;
  private final ReentrantLock positionLock = new ReentrantLock();
  private long position;
  private volatile int references = 1;
  private volatile int flags;
  private volatile @Nullable SignalOwner owner;
  private volatile byte signal;
  private volatile @Nullable Watches watches;

  /// The name it was opened by, for `/proc/self/fd`; empty if it has none.
  private final String path;

  /// Makes a description with one reference, which belongs to the caller.
  ///
  /// @param flags access mode and status flags, as open(2) got them
  /// @param count what counts the system's open files; null for one that nobody counts
  OpenFileDescription(
      Inode inode, FileOperations operations, int flags, String path, @Nullable FileCount count) {
    this.inode = inode;
    this.operations = operations;
    this.flags = flags;
    int access = flags & (O_ACCMODE | O_PATH);
    this.readable = access == O_RDONLY || access == O_RDWR;
    this.writable = access == O_WRONLY || access == O_RDWR;
    this.path = path;
    this.count = count;
  }

  /// Returns the file that is open.
  public Inode inode() {
    return inode;
  }

  /// Returns what can be done with it.
  public FileOperations operations() {
    return operations;
  }

  /// Returns the name it was opened by, empty if it has none.
  public String path() {
    return path;
  }

  // ---- References.

  /// Adds a reference. The caller must have one already.
  public OpenFileDescription get() {
    if ((int) REFERENCES.getAndAdd(this, 1) < 1) {
      throw new Panic("reference to a released file");
    }
    return this;
  }

  /// Adds a reference unless the last is gone already.
  boolean tryGet() {
    for (int now = references; now > 0; now = references) {
      if (REFERENCES.compareAndSet(this, now, now + 1)) {
        return true;
      }
    }
    return false;
  }

  /// Drops a reference; the last one releases the file.
  public void put() {
    int before = (int) REFERENCES.getAndAdd(this, -1);
    if (before < 1) {
      throw new Panic("file released twice");
    }
    if (before == 1) {
      Watches watching = watches;
      if (watching != null) {
        watching.end();
      }
      operations.release(this);
      if (count != null) {
        count.closed();
      }
    }
  }

  /// Returns how many descriptors and calls refer to it, at this moment.
  public int references() {
    return references;
  }

  // ---- Flags.

  /// Returns access mode and status flags (`F_GETFL`).
  public int flags() {
    return flags;
  }

  /// Replaces the status flags that can change, those of `mask`, by those of `to` (L-118).
  public void setFlags(int to, int mask) {
    int before;
    do {
      before = flags;
    } while (!FLAGS.compareAndSet(this, before, before & ~mask | to & mask));
  }

  /// Returns whether it is open for reading.
  public boolean readable() {
    return readable;
  }

  /// Returns whether it is open for writing.
  public boolean writable() {
    return writable;
  }

  /// Returns whether it was opened only to name a file.
  public boolean pathOnly() {
    return (flags & O_PATH) != 0;
  }

  /// Returns whether calls through it may not wait.
  public boolean nonBlocking() {
    return (flags & PipeAbi.O_NONBLOCK) != 0;
  }

  // ---- Signals.

  /// Sets whom signals go to; null for nobody (`F_SETOWN`).
  public void owner(@Nullable SignalOwner whom) {
    owner = whom;
  }

  /// Returns whom signals go to, or null.
  public @Nullable SignalOwner owner() {
    return owner;
  }

  /// Sets which signal, 0 for the usual one (`F_SETSIG`).
  public void signal(int number) {
    signal = (byte) number;
  }

  /// Returns which signal was set, 0 if none.
  public int signal() {
    return signal;
  }

  /// Sends the owner its signal, if there is one (L-121).
  void signalOwner() {
    SignalOwner whom = owner;
    if (whom != null) {
      whom.send(signal == 0 ? Signal.SIGIO.number() : signal);
    }
  }

  // ---- Epoll.

  /// Returns the registrations of this description with epoll instances, made now if need be.
  Watches watches() {
    Watches now = watches;
    if (now == null) {
      Watches made = new Watches();
      Object other = WATCHES.compareAndExchange(this, (Watches) null, made);
      now = other == null ? made : (Watches) other;
    }
    return now;
  }

  // ---- Position.

  /// Lets only the calling thread use the position until [#unlockPosition].
  public void lockPosition() {
    positionLock.lock();
  }

  /// Ends [#lockPosition].
  public void unlockPosition() {
    positionLock.unlock();
  }

  /// Returns where the next read or write starts, in bytes. The caller has the position locked.
  public long position() {
    return position;
  }

  /// Sets where the next read or write starts. The caller has the position locked.
  public void position(long to) {
    position = to;
  }

  @Override
  public String toString() {
    return path.isEmpty() ? inode.toString() : path;
  }
}
