package org.gardenhose.spec.simulation;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.gardenhose.abi.Errno;
import org.gardenhose.abi.FileAbi;
import org.gardenhose.abi.PipeAbi;
import org.gardenhose.abi.ProcAbi;
import org.gardenhose.abi.SigAction;
import org.gardenhose.abi.Signal;
import org.gardenhose.abi.Sys;

/// Some writers and readers of one pipe, each a process, and a troublemaker beside them.
///
/// Bytes go in records of 64 with their writer's number and their own, so that whatever is lost,
/// invented or out of order shows. 64 divides every size at which the pipe may cut a stream.
final class Workload {
  static final int RECORD = 64;

  /// What the troublemaker may do.
  enum Fault {
    SIGNALS,
    STOPS,
    RESIZES,
    KILLED_WRITER,
    KILLED_READER,
    EARLY_CLOSE
  }

  final int writers;
  final int readers;
  final int records;
  final List<Fault> faults = new ArrayList<>();
  private final long seed;

  /// Records that each writer has been told are written; set by the writer.
  final int[] acknowledged;

  /// What each reader got, in order: the writer's number and the record's.
  final List<List<int[]>> got = new ArrayList<>();

  Workload(long seed) {
    this.seed = seed;
    SplittableRandom random = new SplittableRandom(seed);
    writers = 1 + random.nextInt(3);
    readers = 1 + random.nextInt(3);
    records = 50 + random.nextInt(400);
    acknowledged = new int[writers];
    for (int i = 0; i < readers; i++) {
      got.add(new ArrayList<>());
    }
    for (Fault fault : Fault.values()) {
      if (random.nextInt(3) == 0) {
        faults.add(fault);
      }
    }
  }

  boolean has(Fault fault) {
    return faults.contains(fault);
  }

  // ---- The processes.

  int main(Sys sys, List<String> argv) {
    int[] fds = new int[2];
    sys.pipe(fds);
    SplittableRandom random = new SplittableRandom(seed + 1);
    int flags = random.nextBoolean() ? ProcAbi.SA_RESTART : 0;
    sys.sigaction(Signal.SIGUSR1.number(), SigAction.handler(_ -> {}, flags), null);
    List<Long> pids = new ArrayList<>();
    for (int i = 0; i < writers; i++) {
      int id = i;
      pids.add(sys.fork(child -> write(child, fds, id)));
    }
    for (int i = 0; i < readers; i++) {
      int id = i;
      pids.add(sys.fork(child -> read(child, fds, id)));
    }
    long trouble = sys.fork(child -> trouble(child, fds, pids));
    sys.close(fds[0]);
    sys.close(fds[1]);
    for (int left = pids.size() + 1; left > 0; ) {
      left -= sys.wait(null) > 0 ? 1 : 0;
    }
    return trouble > 0 ? 0 : 1;
  }

  private int write(Sys sys, int[] fds, int id) {
    SplittableRandom random = new SplittableRandom(seed + 100 + id);
    sys.close(fds[0]);
    if (random.nextInt(4) == 0) {
      sys.fcntl(fds[1], FileAbi.F_SETFL, PipeAbi.O_NONBLOCK);
    }
    for (int next = 0; next < records; ) {
      int count = Math.min(records - next, random.nextInt(8) == 0 ? 200 : 1 + random.nextInt(64));
      ByteBuffer memory = ByteBuffer.allocate(count * RECORD);
      for (int i = 0; i < count; i++) {
        memory.putInt(i * RECORD, id).putInt(i * RECORD + 4, next + i);
      }
      while (memory.hasRemaining()) {
        long result = sys.write(fds[1], memory);
        if (result == Errno.EAGAIN.result()) {
          sys.schedYield();
        } else if (result < 0 && result != Errno.EINTR.result()) {
          return 1;
        }
        acknowledged[id] = next + memory.position() / RECORD;
      }
      next += count;
    }
    return 0;
  }

  private int read(Sys sys, int[] fds, int id) {
    SplittableRandom random = new SplittableRandom(seed + 200 + id);
    sys.close(fds[1]);
    int limit = has(Fault.EARLY_CLOSE) ? random.nextInt(records) : Integer.MAX_VALUE;
    ByteBuffer memory = ByteBuffer.allocate(256 * RECORD);
    while (got.get(id).size() < limit) {
      memory.clear().limit((1 + random.nextInt(random.nextBoolean() ? 256 : 8)) * RECORD);
      long result = sys.read(fds[0], memory);
      if (result == 0) {
        return 0;
      }
      for (int at = 0; at < result; at += RECORD) {
        got.get(id).add(new int[] {memory.getInt(at), memory.getInt(at + 4)});
      }
      if (result % RECORD > 0) {
        throw new AssertionError("a read of " + result + " bytes cut a record");
      }
    }
    return 0;
  }

  private int trouble(Sys sys, int[] fds, List<Long> pids) {
    SplittableRandom random = new SplittableRandom(seed + 300);
    sys.close(fds[1]);
    if (!has(Fault.RESIZES)) {
      sys.close(fds[0]);
    }
    for (int i = 0; i < 60; i++) {
      long pid = pids.get(random.nextInt(pids.size()));
      if (has(Fault.SIGNALS)) {
        sys.kill(pid, Signal.SIGUSR1.number());
      }
      if (has(Fault.RESIZES)) {
        sys.fcntl(fds[0], FileAbi.F_SETPIPE_SZ, 4096L << random.nextInt(6));
      }
      if (has(Fault.STOPS) && random.nextInt(4) == 0) {
        sys.kill(pid, Signal.SIGSTOP.number());
        sys.schedYield();
        sys.kill(pid, Signal.SIGCONT.number());
      }
      if (i == 30 && has(Fault.KILLED_WRITER) && writers > 1) {
        sys.kill(pids.getFirst(), Signal.SIGKILL.number());
      }
      if (i == 30 && has(Fault.KILLED_READER) && readers > 1) {
        sys.kill(pids.getLast(), Signal.SIGKILL.number());
      }
      sys.schedYield();
    }
    return 0;
  }
}
