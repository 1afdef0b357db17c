package org.gardenhose.bench.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.gardenhose.bench.peers.Peer;

/// Which measurements a round consists of, in an order that keeps what is compared close together.
final class Plan {
  /// The chunks that are compared with every peer.
  private static final String CHUNKS = "64 512 4096 65536";

  private static final String QUICK_CHUNKS = "512 65536";

  private static final List<String> KINDS = List.of("virtual", "platform");

  /// The peers that wake their reader with every write, in the thread kinds that make sense.
  private static final List<Peer> RIVALS =
      List.of(Peer.PIPED_64K_FLUSHED, Peer.OKIO, Peer.ARRAY_QUEUE, Peer.NIO);

  private final List<Job> jobs = new ArrayList<>();
  private final boolean quick;

  private Plan(boolean quick) {
    this.quick = quick;
  }

  static List<Job> of(Options options) {
    Plan plan = new Plan(options.pace().quick());
    plan.throughput();
    plan.latency();
    plan.pages();
    plan.scale();
    plan.kernel();
    plan.beside();
    Set<String> regimes = options.only().regimes();
    return plan.jobs.stream()
        .filter(job -> job.serves(options.only().rows()))
        .filter(job -> regimes.isEmpty() || regimes.contains(job.regime().label()))
        .toList();
  }

  private void java(String rows, Regime regime, String words) {
    jobs.add(Job.java(rows, regime, words));
  }

  private void kernel(String rows, Regime regime, String tests) {
    jobs.add(Job.kernel(rows, regime, tests));
  }

  private String transfer(Peer peer, String kind, String chunks) {
    return "throughput " + peer.label() + " " + kind + " 65536 " + chunks;
  }

  private void throughput() {
    for (Regime regime : List.of(Regime.PINNED, Regime.FREE)) {
      boolean pinned = regime == Regime.PINNED;
      String chunks = quick ? QUICK_CHUNKS : CHUNKS;
      kernel(
          pinned ? "T1 T2 T3 T4 T7" : "T6 T8 T10",
          regime,
          "pipe.65536.64 pipe.65536.512 pipe.65536.4096 pipe.65536.65536");
      String rows = "T11 T14 " + (pinned ? "T1 T2 T3 T4 T5 T7 T13" : "T6 T8 T10 T12");
      for (String kind : KINDS) {
        java(rows, regime, transfer(Peer.GARDENHOSE, kind, "1 " + chunks + " 1048576"));
        for (Peer peer : RIVALS) {
          String bytes = pinned && peer == Peer.NIO ? "1 " : "";
          java(rowsOf(peer, pinned), regime, transfer(peer, kind, bytes + chunks));
        }
      }
    }
    for (Peer peer : List.of(Peer.GARDENHOSE, Peer.OKIO)) {
      java("T13", Regime.ONE_CARRIER, transfer(peer, "virtual", quick ? "65536" : "4096 65536"));
    }
    for (String kind : KINDS) {
      java("T12", Regime.FREE, transfer(Peer.PIPED_1K, kind, "4096 65536"));
    }
    java("T14", Regime.FREE, transfer(Peer.AGRONA, "platform", "64 4096 65536"));
    java("T14", Regime.FREE, transfer(Peer.COMMONS_IO, "platform", "4096"));
    java("T14", Regime.FREE, transfer(Peer.PIPED_64K, "platform", "4096 65536"));
    kernel("T9", Regime.FREE, "pipe.1048576.65536 ring.");
    java("T9", Regime.FREE, "throughput gardenhose platform 1048576 65536 1048576");
  }

  private static String rowsOf(Peer peer, boolean pinned) {
    return switch (peer) {
      case PIPED_64K_FLUSHED -> "T11 T14";
      case OKIO -> pinned ? "T13 T14" : "T14";
      case NIO -> pinned ? "T5 T14" : "T14";
      default -> "T14";
    };
  }

  private void latency() {
    kernel("L1 L5", Regime.PINNED, "pingpong.pipe pingpong.futex");
    java("L1", Regime.PINNED, "pingpong gardenhose virtual");
    java("L5", Regime.PINNED, "pingpong gardenhose platform");
    kernel("L2 L3", Regime.FREE, "pingpong.");
    java("L3", Regime.FREE, "spin");
    java("L3", Regime.FREE, "pingpong gardenhose platform");
    java("L2", Regime.FREE, "pingpong gardenhose virtual");
    java("L2", Regime.ONE_CARRIER, "pingpong gardenhose virtual");
    kernel("L4 L6", Regime.FREE, "wake.");
    java("L4 L6", Regime.FREE, "wake gardenhose platform");
    java("L6", Regime.FREE, "wake gardenhose virtual");
    for (String kind : KINDS) {
      java("L6", Regime.FREE, "closes " + kind);
    }
  }

  private void pages() {
    kernel("Z1 Z2 Z3", Regime.FREE, "splice. tee. vmsplice-splice. vmsplice-read. write-splice.");
    java("Z1 Z2 Z3 Z4 Z5", Regime.FREE, "pages");
    java("Z6", Regime.PINNED, "shell");
    java("Z6", Regime.FREE, "shell");
  }

  private void scale() {
    java("S1 S4", Regime.FREE, "bytes 100000");
    jobs.add(Job.java("S2", Regime.FREE, "parked 1000000").withMemory("-Xmx1536m -XX:+UseG1GC"));
    jobs.add(
        Job.java("S5", Regime.FREE, "parked-and-woken " + (quick ? "200000" : "1000000"))
            .withMemory("-Xms4g -Xmx4g -XX:+UseParallelGC"));
    kernel("S3", Regime.FREE, "create");
    java("S3", Regime.FREE, "create");
    String messages = quick ? " 400000" : " 2000000";
    kernel("S6 S7", Regime.FREE, "hackbench");
    for (String kind : KINDS) {
      java(kind.equals("virtual") ? "S6" : "S7", Regime.FREE, "hackbench " + kind + messages);
    }
    java("S6", Regime.ONE_CARRIER, "hackbench virtual" + messages);
    kernel("S8", Regime.FREE, "crowd.");
    for (String kind : KINDS) {
      String shapes = quick ? " 512 1x1 16x16 64x64" : " 512 1x1 4x1 1x4 16x16 64x64";
      java("S8 S10", Regime.FREE, "crowd " + kind + shapes);
    }
    kernel("S9", Regime.FREE, "token");
    java("S9", Regime.FREE, "token virtual 64");
    java("S9", Regime.ONE_CARRIER, "token virtual 64");
    java("S9", Regime.FREE, "token platform 64");
    java("idle", Regime.FREE, "idle");
    java("alloc", Regime.FREE, "allocation");
  }

  private void kernel() {
    String chunks = " 1 64 4096 65536";
    java("K1", Regime.PINNED, "kernel calls" + chunks);
    java("K1", Regime.PINNED, "kernel bare" + chunks);
    java("K2", Regime.PINNED, "kernel fork");
    java("K2", Regime.FREE, "kernel fork");
    jobs.add(
        Job.java("K3", Regime.FREE, "kernel blocked 100000").withMemory("-Xmx1g -XX:+UseG1GC"));
    for (Regime regime : List.of(Regime.PINNED, Regime.FREE)) {
      for (String how : List.of("splice", "copy")) {
        jobs.add(Job.java("K4", regime, "kernel " + how).withMemory("-Xmx2g -XX:+UseParallelGC"));
      }
    }
  }

  private void beside() {
    kernel("T15", Regime.HOGS, "pipe.65536.65536");
    for (String kind : KINDS) {
      java("T15", Regime.HOGS, transfer(Peer.GARDENHOSE, kind, "65536"));
    }
  }
}
