package org.gardenhose.bench.run;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.gardenhose.bench.peers.Peer;
import org.gardenhose.bench.run.Goal.Value;

/// The table of goals: throughput T1 to T15, latency L1 to L6, pages Z1 to Z6, scale S1 to S10, the
/// kernel around the pipe K1 to K4.
final class Goals {
  private static final double NONE = Double.NaN;

  /// 20 GiB/s through a chain of utilities, in the MiB/s that results are given in.
  private static final double CHAIN_MIB = 20 * 1024;

  private static final List<String> CHUNKS = List.of("64", "512", "4096", "65536");

  private final List<Goal> goals = new ArrayList<>();

  private Goals() {}

  /// Returns the rows for which `samples` has what they need.
  static List<Goal> of(Samples samples) {
    Goals table = new Goals();
    table.againstTheKernel();
    table.againstPeers(samples);
    table.latency();
    table.pages();
    table.scale();
    table.kernelAround();
    return table.goals.stream()
        .filter(goal -> goal.spread(samples).count() > 0)
        .sorted(Comparator.comparing(Goals::place))
        .toList();
  }

  /// Returns what puts T2 before T10, and rows of the same name into the order in which they are
  /// written here.
  private static String place(Goal goal) {
    String row = goal.row();
    return row.length() == 2 ? row.charAt(0) + "0" + row.charAt(1) : row;
  }

  private void atLeast(String row, String what, Value value, double floor, double goal) {
    goals.add(new Goal(row, what, value, floor, goal, false));
  }

  private void atMost(String row, String what, Value value, double floor, double goal) {
    goals.add(new Goal(row, what, value, floor, goal, true));
  }

  private static String cell(String regime, Peer peer, String kind, String chunk) {
    return "%s throughput.%s.%s.65536.%s".formatted(regime, peer.label(), kind, chunk);
  }

  private static Value ours(String regime, String kind, String chunk) {
    return Value.cell(cell(regime, Peer.GARDENHOSE, kind, chunk));
  }

  private static Value kernel(String regime, String test) {
    return Value.cell(regime + " kernel." + test);
  }

  private static Value overKernel(String regime, String kind, String chunk) {
    return ours(regime, kind, chunk).over(kernel(regime, "pipe.65536." + chunk));
  }

  private void againstTheKernel() {
    String kernel = " / kernel pipe";
    atLeast("T1", "virtual, 1 CPU, 64 KiB" + kernel, overKernel("A", "virtual", "65536"), 5, 7.5);
    atLeast("T2", "virtual, 1 CPU, 4 KiB" + kernel, overKernel("A", "virtual", "4096"), 8, 13);
    atLeast("T3", "virtual, 1 CPU, 512 B" + kernel, overKernel("A", "virtual", "512"), 10, 17);
    atLeast("T4", "virtual, 1 CPU, 64 B" + kernel, overKernel("A", "virtual", "64"), 15, 27);
    Value nio =
        Value.best(cell("A", Peer.NIO, "platform", "1"), cell("A", Peer.NIO, "virtual", "1"));
    atLeast("T5", "virtual, 1 CPU, 1 B / nio Pipe", ours("A", "virtual", "1").over(nio), 20, 45);
    atLeast("T6", "virtual, 2 CPUs, 64 KiB" + kernel, overKernel("B", "virtual", "65536"), 6, 12);
    String one = "platform, 1 CPU, ";
    atLeast("T7", one + "64 KiB" + kernel, overKernel("A", "platform", "65536"), 1.5, 2.6);
    atLeast("T7", one + "4 KiB" + kernel, overKernel("A", "platform", "4096"), 1.2, 2.3);
    atLeast("T7", one + "512 B" + kernel, overKernel("A", "platform", "512"), 4, 7);
    atLeast("T7", one + "64 B" + kernel, overKernel("A", "platform", "64"), 6, 9);
    String two = "platform, 2 CPUs, ";
    atLeast("T8", two + "64 KiB" + kernel, overKernel("B", "platform", "65536"), 1, 5);
    Value large = Value.cell("B throughput.gardenhose.platform.1048576.65536");
    String mib = two + "64 KiB, 1 MiB pipe";
    atLeast("T9", mib + kernel, large.over(kernel("B", "pipe.1048576.65536")), 2, 5);
    atLeast(
        "T9", mib + " / C ring 64 KiB x 16", large.over(kernel("B", "ring.65536x16")), NONE, 0.9);
    atLeast("T10", two + "64 B" + kernel, overKernel("B", "platform", "64"), 2, 8);
    atLeast("T10", two + "512 B" + kernel, overKernel("B", "platform", "512"), 1.5, 5);
    String hogs = ", beside hogs, 64 KiB" + kernel;
    atLeast("T15", "virtual" + hogs, overKernel("C", "virtual", "65536"), 1.5, 3);
    atLeast("T15", "platform" + hogs, overKernel("C", "platform", "65536"), 0.5, 0.9);
  }

  private static Value overPeer(String regime, Peer peer, String kind, String chunk) {
    return ours(regime, kind, chunk).over(Value.cell(cell(regime, peer, kind, chunk)));
  }

  private void againstPeers(Samples samples) {
    Peer flushed = Peer.PIPED_64K_FLUSHED;
    String piped = ", 2 CPUs, 64 KiB / PipedStreams 64 KiB flushed";
    atLeast("T11", "platform" + piped, overPeer("B", flushed, "platform", "65536"), 1, 7);
    atLeast("T11", "virtual" + piped, overPeer("B", flushed, "virtual", "65536"), 1, 25);
    for (String chunk : List.of("4096", "65536")) {
      String plain = ", 2 CPUs, " + size(chunk) + " / PipedStreams 1 KiB";
      Value platform = overPeer("B", Peer.PIPED_1K, "platform", chunk);
      atLeast("T12", "platform" + plain, platform, 15, 300);
      atLeast("T12", "virtual" + plain, overPeer("B", Peer.PIPED_1K, "virtual", chunk), 15, 1000);
    }
    Value okio = overPeer("A", Peer.OKIO, "virtual", "65536");
    atLeast("T13", "virtual, 1 CPU, 64 KiB / Okio", okio, 1, 1.5);
    Value free = overPeer("B1", Peer.OKIO, "virtual", "65536");
    atLeast("T13", "virtual, 2 CPUs, one carrier, 64 KiB / Okio", free, 1, 3);
    for (String regime : List.of("A", "B")) {
      for (String kind : List.of("virtual", "platform")) {
        CHUNKS.forEach(chunk -> againstTheBest(samples, regime, kind, chunk));
      }
    }
  }

  private void againstTheBest(Samples samples, String regime, String kind, String chunk) {
    String where = kind + (regime.equals("A") ? ", 1 CPU, " : ", 2 CPUs, ") + size(chunk) + " / ";
    Peer best = Peer.GARDENHOSE;
    double most = 0;
    for (Peer peer : Peer.values()) {
      double rate = samples.spread(cell(regime, peer, kind, chunk)).median();
      boolean rival = peer != Peer.GARDENHOSE && peer.wakes() == Peer.Wakes.ON_WRITE;
      if (rival && rate > most) {
        best = peer;
        most = rate;
      }
    }
    if (best != Peer.GARDENHOSE) {
      Value value = overPeer(regime, best, kind, chunk);
      atLeast("T14", where + "best peer, " + best.label(), value, 0.9, 1.1);
    }
    Value flushed = overPeer(regime, Peer.PIPED_64K_FLUSHED, kind, chunk);
    atLeast("T11", where + "PipedStreams 64 KiB flushed", flushed, NONE, 1);
  }

  private static String size(String chunk) {
    int bytes = Integer.parseInt(chunk);
    return bytes < 1024 ? bytes + " B" : bytes / 1024 + " KiB";
  }

  private void latency() {
    Value one = Value.cell("A pingpong.gardenhose.virtual");
    atLeast("L1", "kernel pipe / virtual, 1 CPU", kernel("A", "pingpong.pipe").over(one), 5, 12);
    atMost("L1", "virtual, 1 CPU, ns", one, NONE, 450);
    Value two = Value.cell("B pingpong.gardenhose.virtual");
    atLeast("L2", "kernel pipe / virtual, 2 CPUs", kernel("B", "pingpong.pipe").over(two), 20, 55);
    atMost("L2", "virtual, 2 CPUs, ns", two, NONE, 1000);
    Value awake = Value.cell("B pingpong.gardenhose.platform");
    atMost("L3", "platform, awake / volatile", awake.over(Value.cell("B spin")), 12, 4);
    atMost("L3", "platform, awake, ns", awake, NONE, 350);
    Value futex = kernel("B", "wake.futex");
    Value parked = Value.cell("B wake.gardenhose.platform.p50");
    atMost("L4", "wake of a parked platform thread / C futex", parked.over(futex), 1.5, 1.05);
    Value platform = Value.cell("A pingpong.gardenhose.platform");
    Value pinned = platform.over(kernel("A", "pingpong.pipe"));
    atMost("L5", "platform, 1 CPU / kernel pipe", pinned, 1.2, 0.95);
    for (String kind : List.of("platform", "virtual")) {
      Value byByte = Value.cell("B wake.gardenhose." + kind + ".p50");
      Value end = Value.cell("B closes.end." + kind + ".p50");
      Value broken = Value.cell("B closes.broken." + kind + ".p50");
      atMost("L6", kind + ", end of stream / a byte", end.over(byByte), NONE, 1.5);
      atMost("L6", kind + ", broken pipe / a byte", broken.over(byByte), NONE, 1.5);
      Value p99 = Value.cell("B wake.gardenhose." + kind + ".p99");
      atMost("L6", kind + ", unflushed byte seen, p99, ns", p99, NONE, 100_000);
    }
  }

  private void pages() {
    Value splice = Value.cell("B pages.splice").over(kernel("B", "splice.65536"));
    atLeast("Z1", "splice of 16 pages / kernel", splice, NONE, 1);
    Value tee = Value.cell("B pages.tee").over(kernel("B", "tee.65536"));
    atLeast("Z2", "tee of 64 KiB, dropped / kernel", tee, NONE, 2);
    Value gift =
        Value.best(
            "B pages.gift.virtual.splice",
            "B pages.gift.platform.splice",
            "B pages.gift.virtual.sink",
            "B pages.gift.platform.sink");
    Value gifts = gift.over(kernel("B", "vmsplice-splice.65536"));
    atLeast("Z3", "gift, spliced away / kernel vmsplice, splice", gifts, NONE, 1.5);
    atMost("Z4", "tee to 8 pipes, ns a page and pipe", Value.cell("B pages.tee.8"), NONE, 30);
    Value chain = Value.cell("B pages.chain.8").over(Value.cell("B pages.chain.1"));
    atLeast("Z5", "8 stages by splice / 1 stage", chain, NONE, 0.8);
    String utilities = "yes | head -c | wc -c, ";
    atLeast("Z6", utilities + "1 CPU, MiB/s", Value.cell("A shell"), NONE, CHAIN_MIB);
    atLeast("Z6", utilities + "2 CPUs, MiB/s", Value.cell("B shell"), NONE, CHAIN_MIB);
  }

  private void scale() {
    atMost("S1", "idle pipe, bytes", Value.cell("B bytes.idle"), NONE, 192);
    atMost("S2", "pipe and parked virtual reader, bytes", Value.cell("B parked.bytes"), NONE, 1331);
    atLeast("S2", "of them in 1536 MiB", Value.cell("B parked.count"), NONE, 1e6);
    atMost("S3", "create and close, ns", Value.cell("B create"), NONE, 100);
    atMost("S4", "once used, empty, bytes", Value.cell("B bytes.used.1"), NONE, 4096);
    atMost("S5", "wake each of a million, ns", Value.cell("B woken.each"), NONE, 500);
    Value hackbench = kernel("B", "hackbench");
    for (String regime : List.of("B", "B1")) {
      Value virtual = Value.cell(regime + " hackbench.virtual").over(hackbench);
      atLeast("S6", "hackbench, virtual, " + carriers(regime) + " / kernel", virtual, NONE, 16);
    }
    Value platform = Value.cell("B hackbench.platform").over(hackbench);
    atLeast("S7", "hackbench, platform / kernel", platform, NONE, 1.3);
    crowd("virtual", 4);
    crowd("platform", 1.7);
    Value token = kernel("B", "token.64");
    for (String regime : List.of("B", "B1")) {
      Value pass = token.over(Value.cell(regime + " token.virtual.64"));
      atLeast("S9", "token of 64, kernel / virtual, " + carriers(regime), pass, NONE, 5);
    }
    for (String kind : List.of("virtual", "platform")) {
      Value bytes = Value.cell("B allocation." + kind);
      atMost("alloc", kind + ", bytes allocated a write and read of 512 B", bytes, NONE, 1);
    }
    atMost("idle", "CPU while 200 threads wait, %", Value.cell("B idle"), NONE, 1);
  }

  private void kernelAround() {
    for (String chunk : List.of("1", "64", "4096", "65536")) {
      Value calls = Value.cell("A sys.calls." + chunk).over(Value.cell("A sys.bare." + chunk));
      String what = "write and read of " + chunk + " B by descriptor / by Pipe";
      atMost("K1", what, calls, NONE, 1.3);
    }
    for (String regime : List.of("A", "B")) {
      String where = regime.equals("A") ? ", 1 CPU" : ", 2 CPUs";
      Value fork = Value.cell(regime + " sys.fork");
      atMost("K2", "fork, exit, wait, ns" + where, fork, NONE, 20_000);
      Value splice =
          Value.cell(regime + " sys.copy.splice").over(Value.cell(regime + " sys.copy.array"));
      atLeast("K4", "file copied by splice / through 64 KiB" + where, splice, NONE, 3);
    }
    atLeast("K3", "processes blocked in 1 GiB", Value.cell("B sys.blocked.count"), NONE, 1e5);
  }

  private static String carriers(String regime) {
    return regime.equals("B") ? "two carriers" : "one carrier";
  }

  private void crowd(String kind, double goal) {
    String cell = "B crowd." + kind + ".512.";
    for (String shape : List.of("16x16", "64x64")) {
      Value value = Value.cell(cell + shape).over(kernel("B", "crowd." + shape));
      atLeast("S8", kind + ", " + shape + ", 512 B / kernel", value, NONE, goal);
    }
    Value even = Value.cell(cell + "64x64").over(Value.cell(cell + "1x1"));
    atLeast("S8", kind + ", 64x64 / 1x1, 512 B", even, NONE, 0.8);
  }
}
