package org.gardenhose.pipe;

import java.util.SplittableRandom;
import org.gardenhose.abi.PipeAbi;
import org.gardenhose.wait.Deadlines;
import org.gardenhose.wait.Scheduler;
import org.junit.jupiter.api.Test;

/// Writes of at most `PIPE_BUF` bytes by many writers at once are never torn (L-50, L-181).
///
/// `-Dgardenhose.records=N` writes N records altogether.
class PipeAtomicitySpec {
  private static final int RECORDS = 100_000;
  private static final int WRITERS = 8;

  private final KernelPipe pipe = new KernelPipe(Scheduler.SMP, PipeAbi.PIPE_DEF_BUFFERS);

  @Test
  void eight_writers_of_whole_pages_are_never_torn_L50_L181() throws Exception {
    run(true, 4096);
  }

  @Test
  void eight_writers_of_whole_pages_on_virtual_threads_are_never_torn_L50_L181() throws Exception {
    run(true, 4096, true);
  }

  @Test
  void eight_writers_of_anything_up_to_a_page_are_never_torn_L50_L181() throws Exception {
    run(false, 4096);
  }

  @Test
  void eight_writers_of_short_lines_on_virtual_threads_are_never_torn_L50_L181() throws Exception {
    run(false, 256, true);
  }

  private void run(boolean fixed, int longest) throws Exception {
    run(fixed, longest, false);
  }

  private void run(boolean fixed, int longest, boolean virtual) throws Exception {
    Crew crew = new Crew(virtual);
    int each = Integer.getInteger("gardenhose.records", RECORDS) / WRITERS;
    for (int i = 0; i < WRITERS; i++) {
      int writer = i;
      End end = End.open(pipe, true);
      crew.add("writer " + i, () -> write(writer, end, each, fixed ? longest : -longest));
    }
    End reader = End.open(pipe, false);
    crew.add("reader", () -> read(reader, each * (long) WRITERS));
    crew.start();
    crew.join(pipe::toString);
  }

  /// Writes records whose first word says who wrote it, as what number, and how long it is, and
  /// whose every other word follows from the first and its place.
  private void write(int writer, End end, int records, int longest) {
    SplittableRandom random = new SplittableRandom(writer);
    byte[] bytes = new byte[4096];
    for (int number = 0; number < records; number++) {
      int length = longest > 0 ? longest : 8 * random.nextInt(1, -longest / 8 + 1);
      long first = (long) writer << 56 | (long) length << 40 | number;
      for (int at = 0; at < length; at += 8) {
        Words.LONGS.set(bytes, at, first + at);
      }
      long n = pipe.write(end, bytes, 0, length, Deadlines.NEVER);
      if (n != length) {
        throw new AssertionError("write of " + length + " came to " + n);
      }
    }
    pipe.close(true);
  }

  private void read(End end, long records) {
    SplittableRandom random = new SplittableRandom();
    byte[] bytes = new byte[1 << 16];
    long[] next = new long[WRITERS];
    long seen = 0;
    long first = 0;
    int at = 0;
    int length = 0;
    for (; ; ) {
      int wanted = random.nextBoolean() ? bytes.length : 8 * random.nextInt(1, 1024);
      int n = (int) pipe.read(end, bytes, 0, wanted, Deadlines.NEVER);
      for (int i = 0; i < n; i += 8) {
        long word = (long) Words.LONGS.get(bytes, i);
        if (at == length) {
          first = word;
          at = 0;
          length = (int) (first >>> 40 & 0xffff);
          int writer = (int) (first >>> 56);
          if (length == 0 || (first & 0xff_ffff_ffffL) != next[writer]++) {
            throw new AssertionError("torn before record %x".formatted(first));
          }
          seen++;
        }
        if (word != first + at) {
          throw new AssertionError("torn in record %x at %d: %x".formatted(first, at, word));
        }
        at += 8;
      }
      if (n == 0) {
        break;
      }
    }
    if (seen != records || at != length) {
      throw new AssertionError(seen + " records of " + records);
    }
    pipe.close(false);
  }
}
