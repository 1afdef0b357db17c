package org.gardenhose.pipe;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.gardenhose.abi.Errno;
import org.gardenhose.abi.PipeAbi;
import org.gardenhose.ring.Ring;
import org.gardenhose.wait.Deadlines;
import org.gardenhose.wait.Scheduler;

/// Real threads on a pipe, or on two that splicing threads join, with everything beside that may
/// happen to it: interrupts, deadlines, resizing, tees, and in the wild case ends that close.
///
/// @param wild whether the readers leave, or somebody aborts, at a random moment
record StressRun(
    long seed, boolean virtual, int writers, int readers, int splicers, boolean wild, int words) {
  /// Draws a run.
  static StressRun draw(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int[] counts = {1, 1, 2, 4, 16};
    return new StressRun(
        seed,
        random.nextBoolean(),
        counts[random.nextInt(counts.length)],
        counts[random.nextInt(counts.length)],
        random.nextInt(3) == 0 ? 1 + random.nextInt(3) : 0,
        random.nextInt(4) == 0,
        200_000);
  }

  /// Runs it to its end and checks all that was promised.
  void run() throws InterruptedException {
    new Stage().run();
  }

  /// One performance of the run.
  private final class Stage {
    final KernelPipe in = pipe(1 << new SplittableRandom(seed).nextInt(6));
    final KernelPipe out = splicers == 0 ? in : pipe(4);
    final KernelPipe copy = new KernelPipe(Scheduler.SMP, 2);
    final Words all = new Words(writers);
    final Crew crew = new Crew(virtual);
    final AtomicInteger working = new AtomicInteger(readers + writers);
    final AtomicBoolean over = new AtomicBoolean();
    final List<Thread> victims = new ArrayList<>();

    /// A pipe whose counters wrap before it is full for the second time, every other time.
    private KernelPipe pipe(int slots) {
      return seed % 2 == 0
          ? new KernelPipe(Scheduler.SMP, slots)
          : new KernelPipe(Scheduler.SMP, new Ring(slots, -2 * slots));
    }

    void run() throws InterruptedException {
      for (int i = 0; i < writers; i++) {
        int writer = i;
        End end = End.open(in, true);
        victims.add(crew.add("writer " + i, () -> ending(() -> write(writer, end), in, true)));
      }
      for (int i = 0; i < readers; i++) {
        SplittableRandom random = new SplittableRandom(seed * 31 + i);
        End end = End.open(out, false);
        victims.add(crew.add("reader " + i, () -> ending(() -> read(random, end), out, false)));
      }
      for (int i = 0; i < splicers; i++) {
        SplittableRandom random = new SplittableRandom(seed * 37 + i);
        End from = End.open(in, false);
        End to = End.open(out, true);
        crew.add("splicer " + i, () -> splice(random, from, to));
      }
      End from = End.open(in, false);
      End side = End.open(copy, true);
      End watched = End.open(copy, false);
      crew.add("disturber", () -> disturb(from, side, watched));
      crew.start();
      crew.join(() -> StressRun.this + "\nin  " + in + "\nout " + out + "\ncopy " + copy);
      if (!wild) {
        all.complete();
        in.ringOrNull().invariants();
        out.ringOrNull().invariants();
      }
    }

    private void ending(Crew.Work work, KernelPipe pipe, boolean writer) throws Exception {
      try {
        work.run();
      } finally {
        pipe.close(writer);
        if (working.decrementAndGet() == 0 || crew.failed()) {
          over.set(true);
        }
      }
    }

    private void write(int writer, End end) {
      SplittableRandom random = new SplittableRandom(seed * 41 + writer);
      byte[] bytes = new byte[1 << 17];
      long number = 0;
      long target = words / writers;
      while (number < target && !crew.failed()) {
        int count = (int) Math.min(count(random), (target - number) * 8);
        long n;
        if (random.nextInt(16) == 0) {
          byte[] given = new byte[count + 64];
          Words.make(given, 64, count, writer, number);
          n = in.gift(end, given, 64, count, deadline(random));
        } else {
          Words.make(bytes, 0, count, writer, number);
          n = in.write(end, bytes, 0, count, deadline(random));
        }
        if (n < 0 && ends(n)) {
          return;
        }
        number += Math.max(0, n) / 8;
        all.written(writer, number);
      }
    }

    private void read(SplittableRandom random, End end) {
      Words.Reader reader = all.new Reader();
      byte[] bytes = new byte[1 << 17];
      int left = wild ? random.nextInt(2000) : Integer.MAX_VALUE;
      while (left-- > 0 && !crew.failed()) {
        long n = out.read(end, bytes, 0, count(random), deadline(random));
        if (n == 0 || n < 0 && ends(n)) {
          return;
        }
        reader.check(bytes, Math.max(0, n));
      }
    }

    private void splice(SplittableRandom random, End from, End to) {
      try {
        while (!crew.failed()) {
          long n = in.splice(from, to, count(random), deadline(random));
          if (n == 0 || n < 0 && ends(n)) {
            return;
          }
        }
      } finally {
        in.close(false);
        out.close(true);
      }
    }

    /// Interrupts, resizes, polls and tees until the others are done.
    private void disturb(End from, End side, End watched) {
      SplittableRandom random = new SplittableRandom(seed * 43);
      byte[] bytes = new byte[8192];
      in.close(false); // counted only so that `from` may be used; the readers decide
      while (!over.get()) {
        switch (random.nextInt(8)) {
          case 0 -> victims.get(random.nextInt(victims.size())).interrupt();
          case 1 -> in.resize(4096L << random.nextInt(6), PipeAbi.PIPE_MAX_SIZE);
          case 2 -> out.resize(4096L << random.nextInt(6), PipeAbi.PIPE_MAX_SIZE);
          case 3, 4 -> {
            in.tee(from, side, count(random), Deadlines.NOW);
            copy.read(watched, bytes, 0, 8192, Deadlines.NOW);
          }
          case 5 -> {
            if (wild && random.nextInt(200) == 0) {
              out.abort();
              in.abort();
            }
          }
          default -> look(in);
        }
        LockSupport.parkNanos(virtual ? 20_000 : 1);
      }
      copy.abort();
    }

    private void look(KernelPipe pipe) {
      long available = pipe.available();
      if (available < 0) {
        throw new AssertionError("available: " + available);
      }
      pipe.occupancy();
    }

    /// Takes a failure that is no end as a reason to try again.
    private boolean ends(long result) {
      return switch (Errno.of(result)) {
        case EINTR -> !Thread.interrupted() && noInterrupt();
        case EAGAIN -> {
          Thread.yield();
          yield false;
        }
        case ETIMEDOUT -> false;
        case EPIPE, ECANCELED -> {
          if (!wild) {
            throw new AssertionError("came to " + Errno.of(result) + " with everybody there");
          }
          yield true;
        }
        default -> throw new AssertionError("came to " + Errno.of(result));
      };
    }

    private boolean noInterrupt() {
      throw new AssertionError("EINTR without the interrupt flag");
    }
  }

  private static int count(SplittableRandom random) {
    return switch (random.nextInt(8)) {
      case 0, 1 -> 8;
      case 2, 3 -> 8 * random.nextInt(1, 64);
      case 4 -> 4096;
      case 5 -> 8 * random.nextInt(1, 1025);
      case 6 -> 8 * random.nextInt(1, 4096);
      default -> random.nextInt(8) == 0 ? 1 << 17 : 65536;
    };
  }

  private static long deadline(SplittableRandom random) {
    return switch (random.nextInt(16)) {
      case 0, 1 -> Deadlines.NOW;
      case 2 -> Scheduler.SMP.nanoTime() + random.nextInt(200_000);
      default -> Deadlines.NEVER;
    };
  }
}
