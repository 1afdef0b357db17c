package org.gardenhose;

import static org.gardenhose.abi.PipeAbi.PAGE_SIZE;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedChannelException;
import org.gardenhose.abi.Errno;
import org.gardenhose.pipe.PipeFile;
import org.jspecify.annotations.Nullable;

/// What both kinds of end do alike: closing, asking, and turning results into exceptions.
///
/// **Always true.** Once closed, an end counts no more and every call through it fails.
/// **Guarded by.** the flags of [PipeFile], which are atomic
/// **Blocks.** never
abstract sealed class PipeEndFile extends PipeFile permits PipeReadEnd, PipeWriteEnd {
  private final Abandonment abandonment;

  @SuppressWarnings("this-escape") // The notice only compares the reference, it never calls.
  PipeEndFile(JavaPipe pipe, boolean writer) {
    super(pipe, 0);
    pipe.open(writer);
    abandonment =
        writer ? new Abandonment.OfWriter(this, pipe) : new Abandonment.OfReader(this, pipe);
  }

  final JavaPipe javaPipe() {
    return (JavaPipe) pipe();
  }

  final Abandonment abandonment() {
    return abandonment;
  }

  /// Returns whether this is a write end.
  final boolean writes() {
    return abandonment.writer();
  }

  // ---- Closing.

  public final boolean isOpen() {
    return !revoked();
  }

  public final void close() {
    if (revoke()) {
      abandonment.cancel();
      pipe().wakeRevoked(this);
      pipe().close(writes());
    }
  }

  public final void closeWithError(Throwable cause) {
    requireCause(cause);
    if (isOpen()) {
      javaPipe().fail(cause, writes());
      close();
    }
  }

  public final void abort(Throwable cause) {
    requireCause(cause);
    javaPipe().abort(cause);
    close();
  }

  private static void requireCause(Throwable cause) {
    if (cause == null) {
      throw new NullPointerException("cause");
    }
  }

  // ---- Asking.

  public final int capacity() {
    return pipe().size();
  }

  public final int setCapacity(int bytes) {
    if (bytes < 1 || bytes > PipeOptions.CAPACITY_MAX) {
      throw new IllegalArgumentException("bytes is not 1 to 1 GiB: " + bytes);
    }
    long result = pipe().resize(bytes, PipeOptions.CAPACITY_MAX);
    if (result == Errno.EBUSY.result()) {
      throw new IllegalStateException(
          "setCapacity: EBUSY (%d pages are in use, %d bytes do not hold them)"
              .formatted(pipe().occupancy(), bytes));
    }
    return (int) result;
  }

  public final long available() {
    return pipe().available();
  }

  public final long room() {
    return Math.max(0, pipe().size() - (long) pipe().occupancy() * PAGE_SIZE);
  }

  public final PipeStatistics statistics() {
    return javaPipe().statistics();
  }

  public final String name() {
    return javaPipe().name();
  }

  @Override
  public final String toString() {
    String end = writes() ? "write end of " : "read end of ";
    return end + pipe() + (isOpen() ? "" : " (closed)");
  }

  // ---- Results.

  final void requireOpen() throws ClosedChannelException {
    if (revoked()) {
      throw new ClosedChannelException();
    }
  }

  /// Returns the exception for a failed call that has moved `moved` bytes before.
  final IOException failure(String call, long result, long moved) {
    Errno errno = Errno.of(result);
    String message = call + ": " + errno + " on " + name();
    JavaPipe.Failure failure = javaPipe().failure();
    @Nullable Throwable cause = failure == null ? null : failure.cause();
    return switch (errno) {
      case EBADF -> new AsynchronousCloseException();
      case ECANCELED ->
          new PipeAbortedException(message, cause == null ? new IOException("aborted") : cause);
      case EPIPE -> {
        PipeEvents.broken(name(), moved);
        yield new BrokenPipeException(message, moved, failed(false));
      }
      case EINTR -> {
        InterruptedIOException interrupted = new InterruptedIOException(message);
        interrupted.bytesTransferred = (int) Math.min(moved, Integer.MAX_VALUE);
        yield interrupted;
      }
      case ETIMEDOUT -> new PipeTimeoutException(message, moved);
      default -> new IOException(message);
    };
  }

  /// Returns the cause that the writers or the readers gave, if they did.
  final @Nullable Throwable failed(boolean byWriter) {
    JavaPipe.Failure failure = javaPipe().failure();
    return failure != null && failure.byWriter() == byWriter ? failure.cause() : null;
  }
}
