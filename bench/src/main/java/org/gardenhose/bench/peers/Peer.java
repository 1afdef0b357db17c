package org.gardenhose.bench.peers;

import java.io.IOException;
import org.gardenhose.bench.BytePipe;

/// Who takes part. Names are what the command line and the results say.
public enum Peer {
  /// Ours.
  GARDENHOSE("gardenhose", Wakes.ON_WRITE, true),
  /// `PipedInputStream` as it comes, with a kibibyte.
  PIPED_1K("piped-1k", Wakes.LATER, false),
  /// The same with the capacity of the others.
  PIPED_64K("piped-64k", Wakes.LATER, false),
  /// The same, flushed after each write, so that the reader hears of it.
  PIPED_64K_FLUSHED("piped-64k-flushed", Wakes.ON_WRITE, false),
  /// The kernel's pipe through the JDK.
  NIO("nio", Wakes.ON_WRITE, false),
  /// Okio's pipe.
  OKIO("okio", Wakes.ON_WRITE, false),
  /// The queue streams of commons-io.
  COMMONS_IO("commons-io", Wakes.ON_WRITE, false),
  /// `ArrayBlockingQueue` of byte arrays.
  ARRAY_QUEUE("array-queue", Wakes.ON_WRITE, false),
  /// Agrona's ring buffer.
  AGRONA("agrona", Wakes.NEVER, false);

  /// When a reader that waits hears of a write.
  public enum Wakes {
    /// The write wakes it.
    ON_WRITE,
    /// It looks by itself after up to a second, or when the pipe is full.
    LATER,
    /// It never sleeps.
    NEVER
  }

  private final String label;
  private final Wakes wakes;
  private final boolean shared;

  Peer(String label, Wakes wakes, boolean shared) {
    this.label = label;
    this.wakes = wakes;
    this.shared = shared;
  }

  /// Returns what the results call it.
  public String label() {
    return label;
  }

  /// Returns when a reader hears of a write.
  public Wakes wakes() {
    return wakes;
  }

  /// Returns whether any number of threads may use each side and small writes stay whole.
  public boolean shared() {
    return shared;
  }

  /// Returns the peer of that name.
  ///
  /// @throws IllegalArgumentException if there is none
  public static Peer named(String label) {
    for (Peer peer : values()) {
      if (peer.label.equals(label)) {
        return peer;
      }
    }
    throw new IllegalArgumentException("no peer is called " + label);
  }

  /// Makes a pipe. Those that cannot choose their capacity ignore it.
  ///
  /// @param chunkBytes what is going to be written at a time, for those that count arrays
  /// @throws IOException if the kernel gives no pipe
  public BytePipe open(int capacityBytes, int chunkBytes) throws IOException {
    return switch (this) {
      case GARDENHOSE -> new GardenhosePipe(capacityBytes);
      case PIPED_1K -> new PipedStreams(1024, false);
      case PIPED_64K -> new PipedStreams(capacityBytes, false);
      case PIPED_64K_FLUSHED -> new PipedStreams(capacityBytes, true);
      case NIO -> new NioPipe();
      case OKIO -> new OkioPipe(capacityBytes);
      case COMMONS_IO -> new CommonsIoPipe(capacityBytes);
      case ARRAY_QUEUE -> new ArrayQueuePipe(capacityBytes, chunkBytes);
      case AGRONA -> new AgronaPipe(capacityBytes);
    };
  }
}
