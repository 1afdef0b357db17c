package org.gardenhose.file;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import org.gardenhose.abi.Errno;
import org.gardenhose.memory.IoVector;
import org.gardenhose.memory.MemoryFault;
import org.gardenhose.memory.Page;
import org.gardenhose.memory.UserMemory;

/// Bytes between the caller's memory and a channel of the host, and what the host's failures are
/// called here.
///
/// **Blocks.** as the channel does
/// **Learned from.** [java.nio.file.FileSystemException]; the JDK on Linux gives strerror(3) as
/// reason
final class HostTransfer {
  /// Bytes moved at once between a channel and memory in several pieces.
  private static final int CHUNK_BYTES = 1 << 16;

  /// Failures that have no exception of their own; told apart by their text, for want of anything
  /// else.
  private static final Errno[] BY_TEXT = {
    Errno.ENOSPC,
    Errno.ELOOP,
    Errno.ENOTDIR,
    Errno.EISDIR,
    Errno.EROFS,
    Errno.EFBIG,
    Errno.ENAMETOOLONG,
    Errno.ENOTEMPTY,
    Errno.EBUSY,
    Errno.EXDEV,
    Errno.EPERM,
    Errno.EINVAL,
    Errno.ECONNRESET
  };

  private HostTransfer() {}

  /// One call on a channel.
  @FunctionalInterface
  interface Call {
    /// Moves bytes of `buffer`; `done` were moved before.
    int move(ByteBuffer buffer, long done) throws IOException;
  }

  /// Reads once; into memory in several pieces until a call moves less than it was asked for.
  ///
  /// @return bytes, 0 at the end
  static long read(Object memory, long at, long count, Call call) throws IOException {
    if (!(memory instanceof IoVector)) {
      return Math.max(0, call.move(window(memory, at, count), 0));
    }
    byte[] chunk = new byte[(int) Math.min(count, CHUNK_BYTES)];
    Page page = Page.gift(chunk, 0);
    long done = 0;
    while (done < count) {
      int wanted = (int) Math.min(chunk.length, count - done);
      int n = call.move(ByteBuffer.wrap(chunk, 0, wanted), done);
      if (n > 0) {
        UserMemory.copyOut(memory, at + done, page, 0, n);
        done += n;
      }
      if (n < wanted) {
        break;
      }
    }
    return done;
  }

  /// Writes all, unless the channel stops taking.
  static long write(Object memory, long at, long count, Call call) throws IOException {
    long done = 0;
    while (done < count) {
      ByteBuffer some = piece(memory, at + done, count - done);
      int n = call.move(some, done);
      if (n <= 0) {
        break;
      }
      done += n;
    }
    return done;
  }

  private static ByteBuffer piece(Object memory, long at, long count) {
    if (!(memory instanceof IoVector)) {
      return window(memory, at, count);
    }
    byte[] chunk = new byte[(int) Math.min(count, CHUNK_BYTES)];
    UserMemory.copyIn(memory, at, chunk, 0, chunk.length);
    return ByteBuffer.wrap(chunk);
  }

  /// Returns the caller's memory as a buffer, without copying it.
  private static ByteBuffer window(Object memory, long at, long count) {
    int length = (int) Math.min(count, Integer.MAX_VALUE);
    if (memory instanceof byte[] array) {
      return ByteBuffer.wrap(array, (int) at, length);
    }
    if (memory instanceof ByteBuffer buffer) {
      return buffer.slice((int) at, length);
    }
    if (memory instanceof MemorySegment segment) {
      return segment.asSlice(at, length).asByteBuffer();
    }
    throw new MemoryFault();
  }

  /// Returns what a failure of the host is called.
  static Errno errno(IOException failure) {
    return switch (failure) {
      case NoSuchFileException _ -> Errno.ENOENT;
      case AccessDeniedException _ -> Errno.EACCES;
      case FileAlreadyExistsException _ -> Errno.EEXIST;
      case DirectoryNotEmptyException _ -> Errno.ENOTEMPTY;
      case NotDirectoryException _ -> Errno.ENOTDIR;
      case ClosedByInterruptException _ -> Errno.EINTR;
      default -> byText(String.valueOf(failure.getMessage()));
    };
  }

  private static Errno byText(String text) {
    for (Errno errno : BY_TEXT) {
      if (text.contains(errno.text())) {
        return errno;
      }
    }
    return Errno.EIO;
  }
}
