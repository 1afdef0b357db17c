package org.gardenhose.file;

import static org.gardenhose.abi.FileAbi.O_APPEND;
import static org.gardenhose.abi.FileAbi.SEEK_CUR;
import static org.gardenhose.abi.FileAbi.SEEK_END;
import static org.gardenhose.abi.PipeAbi.PAGE_SIZE;

import org.gardenhose.abi.Errno;
import org.gardenhose.memory.Page;
import org.gardenhose.memory.PagePool;
import org.gardenhose.pipe.PageRun;
import org.gardenhose.pipe.PipeFile;
import org.gardenhose.wait.Deadlines;

/// What is done to an open file that has positions, in terms of reading and writing at one.
/// Splicing copies here; a file that can do better does.
///
/// **Always true.** The description's position moves by what was moved and by nothing else, so two
/// processes that share it never read the same bytes.
/// **Guarded by.** the description's position lock. While pages move it is taken after the pipe's
/// side and only once the pipe is ready, so nobody waits for a pipe with a position locked.
/// **Blocks.** as the file does; splicing, for the first slot or byte of the pipe
/// **Learned from.** Linux `rw_verify_area`, `generic_file_llseek`, `copy_splice_read`; L-139,
/// L-141, L-143, L-146 to L-148
public abstract class PositionedOperations extends FileOperations {
  // ---- What a kind of file knows.

  /// Reads from `position` on; never negative, and `position + count` does not overflow.
  abstract long get(Object memory, long at, long count, long position);

  /// Writes at `position`; never negative, and `position + count` does not overflow.
  abstract long put(Object memory, long at, long count, long position);

  /// Writes at the end of the file, and says where it then is.
  ///
  /// @param end takes the position behind the bytes written
  abstract long append(Object memory, long at, long count, long[] end);

  /// Returns the length in bytes.
  abstract long length();

  // ---- Reading and writing.

  @Override
  public final boolean positioned() {
    return true;
  }

  @Override
  public long read(OpenFileDescription file, Object memory, long at, long count, boolean wait) {
    file.lockPosition();
    try {
      long done = readAt(file, memory, at, count, file.position());
      if (done > 0) {
        file.position(file.position() + done);
      }
      return done;
    } finally {
      file.unlockPosition();
    }
  }

  @Override
  public long write(OpenFileDescription file, Object memory, long at, long count, boolean wait) {
    file.lockPosition();
    try {
      if ((file.flags() & O_APPEND) != 0) {
        long[] end = new long[1];
        long done = append(memory, at, count, end);
        if (done > 0) {
          file.position(end[0]);
        }
        return done;
      }
      long done = writeAt(file, memory, at, count, file.position());
      if (done > 0) {
        file.position(file.position() + done);
      }
      return done;
    } finally {
      file.unlockPosition();
    }
  }

  @Override
  public long readAt(OpenFileDescription file, Object memory, long at, long count, long position) {
    return position + count < 0 ? Errno.EINVAL.result() : get(memory, at, count, position);
  }

  /// Writes at `position`; with `O_APPEND` at the end all the same, as Linux does (pwrite(2),
  /// BUGS).
  @Override
  public long writeAt(OpenFileDescription file, Object memory, long at, long count, long position) {
    if ((file.flags() & O_APPEND) != 0) {
      return append(memory, at, count, new long[1]);
    }
    return position + count < 0 ? Errno.EINVAL.result() : put(memory, at, count, position);
  }

  @Override
  public long seek(OpenFileDescription file, long offset, int whence) {
    file.lockPosition();
    try {
      long base = whence == SEEK_CUR ? file.position() : whence == SEEK_END ? length() : 0;
      long to = base + offset;
      // A sum of two numbers that are not negative and yet is has overflowed.
      if (to < 0) {
        return Errno.EINVAL.result();
      }
      file.position(to);
      return to;
    } finally {
      file.unlockPosition();
    }
  }

  @Override
  public long available(OpenFileDescription file) {
    file.lockPosition();
    try {
      return Math.max(0, length() - file.position());
    } finally {
      file.unlockPosition();
    }
  }

  @Override
  public long sync(OpenFileDescription file) {
    return 0;
  }

  // ---- Moving pages.

  @Override
  public long spliceTo(
      OpenFileDescription file, long position, PipeFile pipe, long count, boolean wait) {
    return pipe.pipe()
        .fillFrom(
            pipe,
            (run, most) -> move(file, position, most, (at, n) -> supply(run, n, at)),
            count,
            wait ? Deadlines.NEVER : Deadlines.NOW);
  }

  @Override
  public long spliceFrom(
      OpenFileDescription file, long position, PipeFile pipe, long count, boolean wait) {
    if (position >= 0 && position + count < 0) {
      return Errno.EINVAL.result();
    }
    long[] moved = new long[1];
    return pipe.pipe()
        .drainTo(
            pipe,
            run -> {
              long to = position < 0 ? position : position + moved[0];
              long done = move(file, to, run.bytes(), (at, _) -> accept(run, at));
              moved[0] += Math.max(0, done);
              return done;
            },
            count,
            wait ? Deadlines.NEVER : Deadlines.NOW);
  }

  /// Moves bytes at a position.
  private interface Mover {
    long move(long position, long count);
  }

  /// Moves up to `count` bytes at `position`, or, if that is -1, where the file stands.
  private static long move(OpenFileDescription file, long position, long count, Mover mover) {
    if (position >= 0) {
      return position + count < 0 ? Errno.EINVAL.result() : mover.move(position, count);
    }
    file.lockPosition();
    try {
      long at = file.position();
      long done = at + count < 0 ? Errno.EINVAL.result() : mover.move(at, count);
      if (done > 0) {
        file.position(at + done);
      }
      return done;
    } finally {
      file.unlockPosition();
    }
  }

  /// Adds up to `count` bytes from `position` on to `run`; copies of them in fresh pages (L-143).
  long supply(PageRun run, long count, long position) {
    return copies(run, count, position, this::get);
  }

  /// Reads as [#get] does.
  interface Reading {
    long get(Object memory, long at, long count, long position);
  }

  /// Adds fresh pages to `run` with what `from` reads, until it reads less than asked for.
  static long copies(PageRun run, long count, long position, Reading from) {
    PagePool pool = PagePool.of(System.identityHashCode(run));
    long left = count;
    while (left > 0 && !run.full()) {
      Page page = pool.take();
      int n = (int) Math.min(left, PAGE_SIZE);
      long result = from.get(page.bytes(), page.base(), n, position + run.bytes());
      if (result <= 0) {
        pool.put(page);
        return run.bytes() > 0 ? run.bytes() : result;
      }
      run.add(page, 0, (int) result);
      left -= result;
      if (result < n) {
        break;
      }
    }
    return run.bytes();
  }

  /// Takes what it can of `run` for `position`, and returns how many bytes.
  long accept(PageRun run, long position) {
    long done = 0;
    for (int i = 0; i < run.count(); i++) {
      Page page = run.page(i);
      int n = run.length(i);
      long result = put(page.bytes(), page.base() + run.start(i), n, position + done);
      if (result < n) {
        return done + result > 0 && result > 0 ? done + result : done > 0 ? done : result;
      }
      done += result;
    }
    return done;
  }
}
