package org.gardenhose.bench.measure;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.gardenhose.bench.peers.Peer;

/// The main program of a measurement: `Measure [--fast] WHAT ARGUMENT...`, which prints lines of
/// `name value unit`.
///
/// One JVM measures one peer with one kind of thread, so that no peer profits or suffers from what
/// the compiler learned about another.
public final class Measure {
  private static final Windows FAST = new Windows(200_000_000, 100_000_000, 3);

  private static final long SECOND_NANOS = 1_000_000_000;

  /// Pipes with somebody waiting at them while the processor time is taken.
  private static final int IDLE_PAIRS = 100;

  /// Readers that share pages by tee.
  private static final int TEE_READERS = 8;

  private static final int STAGES = 8;

  /// Bytes through a chain of utilities: enough for its start not to count.
  private static final long CHAIN_BYTES = 1L << 29;

  /// Enough for the pipe and the threads themselves not to count.
  private static final int ALLOCATION_CHUNKS = 5_000_000;

  /// What a peer's latency is measured with that answers once a second.
  private static final long PATIENT_NANOS = 3 * SECOND_NANOS;

  private final Windows windows;

  private Measure(Windows windows) {
    this.windows = windows;
  }

  /// Measures what the arguments say.
  ///
  /// @throws Exception whatever goes wrong; the status is then not 0
  public static void main(String[] args) throws Exception {
    List<String> words = Arrays.asList(args);
    boolean fast = words.getFirst().equals("--fast");
    Measure measure = new Measure(fast ? FAST : Windows.DEFAULT);
    measure.run(fast ? words.subList(1, words.size()) : words);
    System.exit(0);
  }

  private void run(List<String> words) throws Exception {
    List<String> arguments = words.subList(1, words.size());
    switch (words.getFirst()) {
      case "throughput" -> throughput(arguments);
      case "pingpong" -> pingPong(arguments);
      case "wake" -> wake(arguments);
      case "closes" -> closes(arguments);
      case "crowd" -> crowd(arguments);
      case "hackbench" -> hackbench(arguments);
      case "token" -> token(arguments);
      case "allocation" -> allocation();
      case "spin" -> print("spin", 1e9 / windows.median(Spin::run), "ns");
      case "pages" -> pages();
      case "shell" -> print("shell", windows.median(n -> ShellChain.run(CHAIN_BYTES, n)), "MiB/s");
      case "create" -> print("create", 1e9 / windows.median(Footprint::create), "ns");
      case "bytes" -> bytes(Integer.parseInt(arguments.getFirst()));
      case "parked" -> Parked.park(Integer.parseInt(arguments.getFirst()));
      case "parked-and-woken" -> Parked.wake(Integer.parseInt(arguments.getFirst()));
      case "kernel" -> kernel(arguments);
      case "idle" -> print("idle", 100 * Footprint.idle(IDLE_PAIRS, SECOND_NANOS), "%");
      default -> throw new IllegalArgumentException("no measurement is called " + words.getFirst());
    }
  }

  static void print(String name, double value, String unit) {
    System.out.printf(Locale.ROOT, "%s %.6g %s%n", name, value, unit);
  }

  private static ThreadKind kind(String word) {
    return ThreadKind.valueOf(word.toUpperCase(Locale.ROOT));
  }

  /// `throughput PEER KIND CAPACITY CHUNK...`.
  private void throughput(List<String> arguments) throws Exception {
    Peer peer = Peer.named(arguments.get(0));
    ThreadKind kind = kind(arguments.get(1));
    int capacity = Integer.parseInt(arguments.get(2));
    for (String word : arguments.subList(3, arguments.size())) {
      Transfer transfer = new Transfer(peer, kind, capacity, Integer.parseInt(word));
      String name = "throughput.%s.%s.%d.%s".formatted(peer.label(), kind.label(), capacity, word);
      print(name, windows.median(transfer::run), "MiB/s");
    }
  }

  /// `pingpong PEER KIND`.
  private void pingPong(List<String> arguments) throws Exception {
    Peer peer = Peer.named(arguments.get(0));
    ThreadKind kind = kind(arguments.get(1));
    PingPong game = new PingPong(peer, kind);
    String name = "pingpong.%s.%s".formatted(peer.label(), kind.label());
    print(name, 1e9 / windows.median(game::run), "ns");
    percentiles(name, game.times(windows.windowNanos()));
  }

  private static void percentiles(String name, long[] times) {
    print(name + ".p50", times[times.length / 2], "ns");
    print(name + ".p99", times[(int) (times.length * 0.99)], "ns");
  }

  /// `wake PEER KIND`: until an unflushed byte is seen by a parked reader.
  private void wake(List<String> arguments) throws Exception {
    Peer peer = Peer.named(arguments.get(0));
    Wake wake = new Wake(kind(arguments.get(1)));
    boolean slow = peer.wakes() == Peer.Wakes.LATER;
    if (!slow) {
      wake.bytes(peer, windows.warmNanos());
    }
    String name = "wake.%s.%s".formatted(peer.label(), arguments.get(1));
    percentiles(name, wake.bytes(peer, slow ? PATIENT_NANOS : 2 * windows.windowNanos()));
  }

  /// `closes KIND`: until a parked thread hears that the other end is gone.
  private void closes(List<String> arguments) throws Exception {
    Wake wake = new Wake(kind(arguments.get(0)));
    for (Wake.By by : Wake.By.values()) {
      wake.closes(by, windows.warmNanos());
      String word = by == Wake.By.BROKEN_PIPE ? "broken" : "end";
      String name = "closes.%s.%s".formatted(word, arguments.get(0));
      percentiles(name, wake.closes(by, windows.windowNanos()));
    }
  }

  /// `crowd KIND MESSAGE WRITERSxREADERS...`.
  private void crowd(List<String> arguments) throws Exception {
    ThreadKind kind = kind(arguments.get(0));
    int message = Integer.parseInt(arguments.get(1));
    for (String word : arguments.subList(2, arguments.size())) {
      String[] sides = word.split("x");
      int writers = Integer.parseInt(sides[0]);
      Crowd crowd = new Crowd(kind, writers, Integer.parseInt(sides[1]), message);
      String name = "crowd.%s.%d.%s".formatted(kind.label(), message, word);
      print(name, windows.median(crowd::run), "MiB/s");
    }
  }

  /// `hackbench KIND MESSAGES`, again and again while it gets better.
  private void hackbench(List<String> arguments) throws Exception {
    ThreadKind kind = kind(arguments.get(0));
    Hackbench whole = new Hackbench(kind, Integer.parseInt(arguments.get(1)));
    print("hackbench." + kind.label(), windows.median(nanos -> whole.run()), "M/s");
  }

  /// `token KIND THREADS`.
  private void token(List<String> arguments) throws Exception {
    Token token = new Token(kind(arguments.get(0)), Integer.parseInt(arguments.get(1)));
    String name = "token.%s.%s".formatted(arguments.get(0), arguments.get(1));
    print(name, 1e9 / windows.median(token::run), "ns");
  }

  /// `pages`: everything that passes pages by reference.
  private void pages() throws Exception {
    print("pages.splice", windows.median(ZeroCopy::splice), "MiB/s");
    print("pages.tee", windows.median(ZeroCopy::teeAndDrop), "MiB/s");
    for (int pipes : new int[] {1, TEE_READERS}) {
      double rate = windows.median(nanos -> 1 / ZeroCopy.teeToMany(pipes, nanos));
      print("pages.tee." + pipes, 1 / rate, "ns");
    }
    for (ThreadKind kind : ThreadKind.values()) {
      String name = "pages.gift." + kind.label();
      print(name + ".splice", windows.median(n -> ZeroCopy.gift(kind, true, n)), "MiB/s");
      print(name + ".sink", windows.median(n -> ZeroCopy.gift(kind, false, n)), "MiB/s");
    }
    for (int stages : new int[] {1, STAGES}) {
      Windows.Rate chain = nanos -> ZeroCopy.chain(ThreadKind.VIRTUAL, stages, nanos);
      print("pages.chain." + stages, windows.median(chain), "MiB/s");
    }
  }

  /// `kernel calls CHUNK...`, `kernel bare CHUNK...`, `kernel blocked COUNT`, `kernel fork`,
  /// `kernel splice`, `kernel copy`: what the kernel around the pipe costs.
  private void kernel(List<String> arguments) throws Exception {
    List<Integer> numbers =
        arguments.subList(1, arguments.size()).stream().map(Integer::valueOf).toList();
    switch (arguments.getFirst()) {
      case "calls" -> {
        for (int chunk : numbers) {
          KernelCosts.calls(windows, chunk);
        }
      }
      case "bare" -> {
        for (int chunk : numbers) {
          KernelCosts.bare(windows, chunk);
        }
      }
      case "blocked" -> KernelCosts.blocked(numbers.getFirst());
      case "fork" -> KernelCosts.fork(windows);
      case "splice" -> KernelCosts.splice(windows);
      case "copy" -> KernelCosts.copy(windows);
      default -> throw new IllegalArgumentException("kernel does not measure " + arguments);
    }
  }

  /// `allocation`: bytes that a write and a read of 512 bytes leave to the collector.
  private void allocation() throws Exception {
    com.sun.management.ThreadMXBean threads =
        (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    for (ThreadKind kind : ThreadKind.values()) {
      Transfer transfer = new Transfer(Peer.GARDENHOSE, kind, 1 << 16, 512);
      windows.median(transfer::run);
      long before = threads.getTotalThreadAllocatedBytes();
      transfer.move(ALLOCATION_CHUNKS);
      double bytes = threads.getTotalThreadAllocatedBytes() - before;
      print("allocation." + kind.label(), bytes / ALLOCATION_CHUNKS, "B");
    }
  }

  /// `bytes PIPES`: heap bytes of a pipe that was never used, and of one that was.
  private static void bytes(int pipes) throws Exception {
    Footprint.bytes(pipes / 10, pipe -> Footprint.pass(pipe, 1));
    print("bytes.idle", Footprint.bytes(pipes, pipe -> {}), "B");
    print("bytes.used.1", Footprint.bytes(pipes / 10, pipe -> Footprint.pass(pipe, 1)), "B");
    print(
        "bytes.used.65536", Footprint.bytes(pipes / 10, pipe -> Footprint.pass(pipe, 65536)), "B");
  }
}
