package org.gardenhose.sys;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.gardenhose.abi.ProcAbi;
import org.gardenhose.abi.SigAction;
import org.gardenhose.abi.Signal;
import org.gardenhose.abi.Sys;
import org.gardenhose.transcript.Line;
import org.gardenhose.transcript.Transcript;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// One processor: the same seed gives the same transcript, to the last byte.
///
/// More seeds with -Dtrace.seeds=N.
@Timeout(300)
class SameSeedSpec {
  private static final int SEEDS = Integer.getInteger("trace.seeds", 300);
  private static final int CHUNK = 30_000;
  private static final int CHUNKS = 4;
  private static final int WRITERS = 3;

  /// Writers fill a pipe that readers empty; one is signalled meanwhile, one ended.
  private static int workload(Sys sys, List<String> argv) {
    int[] fds = new int[2];
    sys.pipe(fds);
    List<Long> writers = new ArrayList<>();
    for (int i = 0; i < WRITERS; i++) {
      writers.add(sys.fork(child -> writer(child, fds)));
    }
    sys.fork(child -> reader(child, fds, 10_000));
    sys.fork(child -> reader(child, fds, 7_000));
    sys.close(fds[1]);
    sys.close(fds[0]);
    sys.kill(writers.get(0), Signal.SIGUSR1.number());
    sys.nanosleep(1000);
    sys.kill(writers.get(0), Signal.SIGUSR1.number());
    sys.kill(writers.get(1), Signal.SIGTERM.number());
    int[] word = new int[1];
    for (int left = WRITERS + 2; left > 0; left--) {
      sys.wait(word);
    }
    return 0;
  }

  private static int writer(Sys sys, int[] fds) {
    SigAction action = SigAction.handler(_ -> sys.getpid(), ProcAbi.SA_RESTART);
    sys.sigaction(Signal.SIGUSR1.number(), action, null);
    sys.close(fds[0]);
    for (int i = 0; i < CHUNKS; i++) {
      sys.write(fds[1], ByteBuffer.allocate(CHUNK));
    }
    return 0;
  }

  private static int reader(Sys sys, int[] fds, int size) {
    sys.close(fds[1]);
    ByteBuffer memory = ByteBuffer.allocate(size);
    while (sys.read(fds[0], memory.clear()) > 0) {
      sys.schedYield();
    }
    return 0;
  }

  private static String transcript(long seed) throws InterruptedException {
    List<Line> lines = new ArrayList<>();
    Kernel kernel = Kernel.seeded(seed);
    kernel.trace(TraceOptions.ALL.withFiles(), lines::add);
    kernel.run(SameSeedSpec::workload);
    return Transcript.print(lines);
  }

  @Test
  void the_same_seed_gives_the_same_transcript() throws InterruptedException {
    Set<String> distinct = new HashSet<>();

    for (long seed = 0; seed < SEEDS; seed++) {
      String first = transcript(seed);
      assertThat(transcript(seed)).as("seed " + seed).isEqualTo(first);
      distinct.add(first);
    }

    assertThat(distinct).as("different transcripts").hasSizeGreaterThan(SEEDS * 9 / 10);
  }

  @Test
  void every_transcript_can_be_read_again() throws Exception {
    for (long seed = 0; seed < 20; seed++) {
      String text = transcript(seed);

      assertThat(Transcript.print(Transcript.parse("seed " + seed, text))).isEqualTo(text);
    }
  }
}
