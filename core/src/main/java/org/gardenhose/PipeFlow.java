package org.gardenhose;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Flow;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/// Bridges between pipe ends and reactive streams of byte buffers.
///
/// **Always true.** No thread of the other party ever blocks: a virtual thread of ours reads or
/// writes the pipe. Demand is counted in buffers of at most 64 KiB.
/// **Learned from.** [Flow]; Reactive Streams 1.0.4, rules 1 to 3
public final class PipeFlow {
  private PipeFlow() {}

  /// Returns a publisher of what is read from `in`, for one subscriber; it begins when that
  /// subscribes. End of stream completes it, a failed writer fails it with the writer's cause, and
  /// a cancel closes `in`.
  public static Flow.Publisher<ByteBuffer> publisher(ReadEnd in) {
    Objects.requireNonNull(in, "in");
    Reading reading = new Reading(in);
    return reading::subscribe;
  }

  /// Returns a subscriber that writes what it gets to `out`, asking for one buffer after the other.
  /// Completion closes `out`, an error closes it with that error, and a broken pipe cancels.
  public static Flow.Subscriber<ByteBuffer> subscriber(WriteEnd out) {
    return new Writing(Objects.requireNonNull(out, "out"));
  }

  /// Reads the pipe for a subscriber.
  private static final class Reading implements Flow.Subscription {
    private final ReadEnd in;
    private final Semaphore demand = new Semaphore(0);
    private volatile Flow.@Nullable Subscriber<? super ByteBuffer> subscriber;
    private volatile boolean cancelled;
    private volatile boolean demandInvalid;

    Reading(ReadEnd in) {
      this.in = in;
    }

    synchronized void subscribe(Flow.Subscriber<? super ByteBuffer> newcomer) {
      Objects.requireNonNull(newcomer, "subscriber");
      if (subscriber != null) {
        newcomer.onSubscribe(new Refused());
        newcomer.onError(new IllegalStateException("the pipe has a subscriber already"));
        return;
      }
      subscriber = newcomer;
      newcomer.onSubscribe(this);
      Thread.ofVirtual().name("publisher of " + in.name()).start(() -> publish(newcomer));
    }

    @Override
    public void request(long n) {
      if (n <= 0) {
        demandInvalid = true;
        demand.release();
      } else {
        // More demand than a pipe can ever meet is as good as endless.
        int room = Integer.MAX_VALUE - demand.availablePermits() - 1;
        demand.release((int) Math.min(n, Math.max(room, 0)));
      }
    }

    @Override
    public void cancel() {
      cancelled = true;
      in.close();
      demand.release();
    }

    private void publish(Flow.Subscriber<? super ByteBuffer> to) {
      try (in) {
        for (; ; ) {
          demand.acquireUninterruptibly();
          if (demandInvalid) {
            to.onError(new IllegalArgumentException("request of less than 1 buffer"));
            return;
          }
          ByteBuffer buffer = ByteBuffer.allocate(bufferBytes());
          int n = cancelled ? 0 : in.read(buffer);
          if (cancelled) {
            return;
          }
          if (n == ReadEnd.END_OF_STREAM) {
            to.onComplete();
            return;
          }
          to.onNext(buffer.flip().asReadOnlyBuffer());
        }
      } catch (PeerFailedException e) {
        to.onError(e.getCause());
      } catch (IOException e) {
        if (!cancelled) {
          to.onError(e);
        }
      }
    }

    /// As large as what is there, so that a slow trickle does not cost 64 KiB a byte.
    private int bufferBytes() {
      return Math.clamp(in.available(), 4096, Bridges.CHUNK_BYTES);
    }
  }

  /// A subscription that gives nothing.
  private static final class Refused implements Flow.Subscription {
    @Override
    public void request(long n) {}

    @Override
    public void cancel() {}
  }

  /// Writes to the pipe what a publisher sends.
  private static final class Writing implements Flow.Subscriber<ByteBuffer> {
    private final WriteEnd out;
    private final ExecutorService writer =
        Executors.newSingleThreadExecutor(Thread.ofVirtual().name("pipe subscriber").factory());
    private volatile Flow.@Nullable Subscription subscription;

    Writing(WriteEnd out) {
      this.out = out;
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      if (this.subscription != null) {
        subscription.cancel();
        return;
      }
      this.subscription = subscription;
      subscription.request(1);
    }

    @Override
    public void onNext(ByteBuffer buffer) {
      Objects.requireNonNull(buffer, "buffer");
      Flow.Subscription from = Objects.requireNonNull(subscription, "subscription");
      writer.execute(
          () -> {
            // A publisher that has been cancelled may still send what was under way.
            if (!out.isOpen()) {
              return;
            }
            try {
              out.write(buffer);
              from.request(1);
            } catch (IOException e) {
              from.cancel();
              out.close();
            }
          });
    }

    @Override
    public void onError(Throwable cause) {
      Objects.requireNonNull(cause, "cause");
      finish(() -> out.closeWithError(cause));
    }

    @Override
    public void onComplete() {
      finish(out::close);
    }

    private void finish(Runnable last) {
      writer.execute(last);
      writer.shutdown();
    }
  }
}
