package org.gardenhose.bench.measure;

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
    long[] times = game.times(windows.windowNanos());
    print(name + ".p50", times[times.length / 2], "ns");
    print(name + ".p99", times[(int) (times.length * 0.99)], "ns");
  }
}
