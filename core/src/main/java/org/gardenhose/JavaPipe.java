package org.gardenhose;

import static org.gardenhose.abi.PipeAbi.PAGE_SIZE;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import org.gardenhose.pipe.KernelPipe;
import org.gardenhose.ring.Ring;
import org.gardenhose.wait.Scheduler;
import org.jspecify.annotations.Nullable;

/// The pipe behind the Java API: the kernel's, and why it ended, what it is called, and what to do
/// when somebody forgets an end.
///
/// **Always true.** `failure` is set at most once: the first error wins. Nothing here leads to an
/// end except [Abandonment], which does not keep it alive.
/// **Guarded by.** `failure` is atomic; the rest is not changed after opening
/// **Blocks.** never
final class JavaPipe extends KernelPipe {
  private static final VarHandle FAILURE;

  static {
    try {
      FAILURE = MethodHandles.lookup().findVarHandle(JavaPipe.class, "failure", Failure.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /// The first error that somebody gave this pipe.
  ///
  /// @param byWriter whether a writer gave it
  record Failure(Throwable cause, boolean byWriter) {}

  /// Where a pipe comes from, shared by all that have nothing of their own to say.
  ///
  /// @param opened a trace of where it was opened, if that was asked for
  private record Origin(PipeOptions options, @Nullable Throwable opened) {
    static final Origin DEFAULT = new Origin(PipeOptions.DEFAULT, null);

    static Origin of(PipeOptions options) {
      boolean plain =
          options.withCapacity(PipeOptions.DEFAULT.capacityBytes()).equals(PipeOptions.DEFAULT);
      if (plain) {
        return DEFAULT;
      }
      return new Origin(
          options, options.traceAbandoned() ? new Throwable("the pipe was opened here") : null);
    }
  }

  private final Origin origin;
  private volatile @Nullable Failure failure;

  // What notices that one of the first two ends is abandoned, kept reachable as long as the pipe.
  private @Nullable Abandonment reader;
  private @Nullable Abandonment writer;

  JavaPipe(PipeOptions options) {
    super(Scheduler.SMP, slots(options.capacityBytes()));
    this.origin = Origin.of(options);
  }

  private static int slots(int capacityBytes) {
    int pages = (capacityBytes + PAGE_SIZE - 1) / PAGE_SIZE;
    return Integer.highestOneBit(2 * pages - 1);
  }

  void watch(PipeReadEnd readEnd, PipeWriteEnd writeEnd) {
    reader = readEnd.abandonment();
    writer = writeEnd.abandonment();
  }

  String name() {
    String name = origin.options().name();
    return name.isEmpty() ? "pipe:[%x]".formatted(System.identityHashCode(this)) : name;
  }

  /// Returns a trace of where the pipe was opened, if it was asked for.
  @Nullable Throwable opened() {
    return origin.opened();
  }

  @Nullable Failure failure() {
    return failure;
  }

  void fail(Throwable cause, boolean byWriter) {
    FAILURE.compareAndSet(this, (Failure) null, new Failure(cause, byWriter));
  }

  void abort(Throwable cause) {
    fail(cause, false);
    abort();
  }

  @Override
  protected @Nullable Wait beginWait(boolean writing) {
    Object event = PipeEvents.beginWait(this, writing);
    return event == null && !origin.options().timed() ? null : new TimedWait(writing, event);
  }

  /// A wait that is counted, and perhaps recorded.
  private final class TimedWait implements Wait {
    private final boolean writing;
    private final @Nullable Object event;
    private final long began = Scheduler.SMP.nanoTime();

    TimedWait(boolean writing, @Nullable Object event) {
      this.writing = writing;
      this.event = event;
    }

    @Override
    public void ended() {
      ring().countBlocked(writing, Scheduler.SMP.nanoTime() - began);
      if (event != null) {
        PipeEvents.endWait(event);
      }
    }
  }

  PipeStatistics statistics() {
    Ring ring = ringOrNull();
    if (ring == null) {
      return new PipeStatistics(0, 0, 0, 0, 0, 0, Duration.ZERO, Duration.ZERO);
    }
    return new PipeStatistics(
        ring.writtenBytes(),
        ring.readBytes(),
        ring.handedBytes(),
        ring.writes(),
        ring.reads(),
        ring.highWaterBytes(),
        Duration.ofNanos(ring.blockedNanos(false)),
        Duration.ofNanos(ring.blockedNanos(true)));
  }

  @Override
  public String toString() {
    return name() + " " + super.toString();
  }
}
