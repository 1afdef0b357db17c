package org.gardenhose.file;

import static org.gardenhose.abi.FileAbi.S_IFCHR;
import static org.gardenhose.abi.PipeAbi.PAGE_SIZE;

import java.nio.ReadOnlyBufferException;
import java.util.Locale;
import org.gardenhose.abi.Errno;
import org.gardenhose.memory.MemoryFault;
import org.gardenhose.memory.Page;
import org.gardenhose.memory.UserMemory;
import org.gardenhose.pipe.PageRun;
import org.gardenhose.pipe.PipeFile;

/// The devices of memory, and the names in `/dev`.
///
/// | | read | write | splice out | splice in |
/// |---|---|---|---|---|
/// | null | end of file | takes all | `EINVAL` | takes all |
/// | zero | zeros | takes all | zeros, copied | takes all |
/// | full | zeros | `ENOSPC` | zeros, copied | `EINVAL` |
///
/// **Blocks.** never, but for splicing, which waits for the pipe
/// **Learned from.** Linux `drivers/char/mem.c`; null(4), full(4); L-143, L-145, L-148
final class Devices {
  /// What zero and full read as. No slot ever points at it.
  private static final Page ZEROS = Page.gift(new byte[PAGE_SIZE], 0);

  private Devices() {}

  /// Which device, with its minor number (`Documentation/admin-guide/devices.txt`).
  enum Kind {
    NULL(3),
    ZERO(5),
    FULL(7);

    final int minor;

    Kind(int minor) {
      this.minor = minor;
    }
  }

  /// Makes the names in `/dev`.
  static void fill(Tmpfs system) {
    for (Kind kind : Kind.values()) {
      String name = kind.name().toLowerCase(Locale.ROOT);
      system.root().add(name, new Device(system, kind));
    }
    system.root().add("fd", Link.to(system, "/proc/self/fd"));
    system.root().add("stdin", Link.to(system, "/proc/self/fd/0"));
    system.root().add("stdout", Link.to(system, "/proc/self/fd/1"));
    system.root().add("stderr", Link.to(system, "/proc/self/fd/2"));
  }

  /// The file that a device is.
  private static final class Device extends Inode {
    /// The driver of memory devices (`MEM_MAJOR`).
    private static final int MAJOR = 1;

    private final Kind kind;

    Device(Tmpfs system, Kind kind) {
      super(system.device(), system.nextNumber(), S_IFCHR | 0666, Credentials.ROOT, system.clock());
      this.kind = kind;
    }

    @Override
    public long rdev() {
      return MAJOR << 8 | kind.minor;
    }

    @Override
    public long open(int flags, Credentials who, FileOperations[] opened) {
      opened[0] = new Operations(kind);
      return 0;
    }
  }

  /// An open device. Its position moves with what is read, which nothing depends on; lseek(2) makes
  /// and says 0.
  private static final class Operations extends PositionedOperations {
    private final Kind kind;

    Operations(Kind kind) {
      this.kind = kind;
    }

    @Override
    long get(Object memory, long at, long count, long position) {
      if (kind == Kind.NULL) {
        return 0;
      }
      for (long done = 0; done < count; ) {
        int n = (int) Math.min(PAGE_SIZE, count - done);
        try {
          UserMemory.copyOut(memory, at + done, ZEROS, 0, n);
        } catch (MemoryFault | ReadOnlyBufferException e) {
          done += zerosBeforeFault(memory, at + done);
          if (done == 0) {
            throw e;
          }
          return done;
        }
        done += n;
      }
      return count;
    }

    /// Counts, byte by byte as Linux does, what can be written before the memory ends.
    private static long zerosBeforeFault(Object memory, long at) {
      for (long bytes = 0; ; bytes++) {
        try {
          UserMemory.copyOut(memory, at + bytes, ZEROS, 0, 1);
        } catch (MemoryFault | ReadOnlyBufferException e) {
          return bytes;
        }
      }
    }

    @Override
    long put(Object memory, long at, long count, long position) {
      return kind == Kind.FULL ? Errno.ENOSPC.result() : count;
    }

    @Override
    long append(Object memory, long at, long count, long[] end) {
      return put(memory, at, count, 0);
    }

    @Override
    long length() {
      return 0;
    }

    @Override
    public long seek(OpenFileDescription file, long offset, int whence) {
      file.lockPosition();
      file.position(0);
      file.unlockPosition();
      return 0;
    }

    @Override
    public long available(OpenFileDescription file) {
      return Errno.ENOTTY.result();
    }

    @Override
    public boolean nowaitCapable() {
      return true;
    }

    @Override
    public long sync(OpenFileDescription file) {
      return Errno.EINVAL.result();
    }

    @Override
    public long spliceTo(
        OpenFileDescription file, long position, PipeFile pipe, long count, boolean wait) {
      return kind == Kind.NULL
          ? spliceNothing(pipe, count, wait)
          : super.spliceTo(file, position, pipe, count, wait);
    }

    @Override
    public long spliceFrom(
        OpenFileDescription file, long position, PipeFile pipe, long count, boolean wait) {
      return kind == Kind.FULL
          ? Errno.EINVAL.result()
          : super.spliceFrom(file, position, pipe, count, wait);
    }

    @Override
    long accept(PageRun run, long position) {
      return run.bytes();
    }
  }
}
