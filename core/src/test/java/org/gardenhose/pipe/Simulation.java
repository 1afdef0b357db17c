package org.gardenhose.pipe;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.gardenhose.abi.Errno;
import org.gardenhose.abi.PipeAbi;
import org.gardenhose.ring.Ring;
import org.gardenhose.wait.Deadlines;
import org.gardenhose.wait.Scheduler;
import org.gardenhose.wait.Uniprocessor;

/// Writers and readers on a pipe of a machine with one processor, with faults beside them, all of
/// it drawn from a seed: the same seed gives the same events in the same order.
final class Simulation {
  private final SplittableRandom random;
  private final Uniprocessor machine;
  private final KernelPipe in;
  private final KernelPipe out;
  private final List<String> events = new ArrayList<>();
  private final List<Thread> victims = new ArrayList<>();
  private final int writers;
  private final int readers;
  private final int splicers;
  private final Words words;
  private int working;

  /// Prepares the run with this seed.
  Simulation(long seed) {
    random = new SplittableRandom(seed);
    machine = new Uniprocessor(seed);
    Scheduler scheduler = random.nextBoolean() ? machine : new Jitter(machine, seed);
    in = pipe(scheduler);
    splicers = random.nextInt(4) == 0 ? random.nextInt(1, 3) : 0;
    out = splicers > 0 ? pipe(scheduler) : in;
    writers = random.nextInt(1, 5);
    readers = random.nextInt(1, 5);
    words = new Words(writers);
  }

  private KernelPipe pipe(Scheduler scheduler) {
    int slots = 1 << random.nextInt(4);
    return new KernelPipe(scheduler, new Ring(slots, random.nextInt(-2 * slots, 1)));
  }

  /// Runs it and checks that every word arrived once, in order, and that nobody is asleep.
  ///
  /// @return what happened, an event a line
  List<String> run() {
    working = writers + readers;
    for (int i = 0; i < writers; i++) {
      int writer = i;
      String name = "writer " + i;
      End end = End.open(in, true);
      victims.add(machine.spawn(name, () -> write(name, writer, end)));
    }
    for (int i = 0; i < readers; i++) {
      String name = "reader " + i;
      End end = End.open(out, false);
      victims.add(machine.spawn(name, () -> read(name, end)));
    }
    for (int i = 0; i < splicers; i++) {
      String name = "splicer " + i;
      End from = End.open(in, false);
      End to = End.open(out, true);
      machine.spawn(name, () -> splice(name, from, to));
    }
    machine.spawn("disturber", this::disturb);
    try {
      machine.run();
    } catch (IllegalStateException e) {
      throw new AssertionError(e.getCause() + "\n" + this, e);
    }
    if (!machine.asleep().isEmpty()) {
      throw new AssertionError("stuck for ever\n" + this);
    }
    words.complete();
    in.ringOrNull().invariants();
    out.ringOrNull().invariants();
    return events;
  }

  private void write(String name, int writer, End end) {
    byte[] bytes = new byte[20000];
    long number = 0;
    while (number < 10_000) {
      int count = (int) Math.min(count(), (10_000 - number) * 8);
      Words.make(bytes, 0, count, writer, number);
      long n = in.write(end, bytes, 0, count, deadline());
      number += moved(name, "write", count, n);
      words.written(writer, number);
    }
    in.close(true);
    working--;
  }

  private void read(String name, End end) {
    Words.Reader reader = words.new Reader();
    byte[] bytes = new byte[20000];
    for (; ; ) {
      int count = count();
      long n = out.read(end, bytes, 0, count, deadline());
      if (n == 0) {
        break;
      }
      reader.check(bytes, 8 * moved(name, "read", count, n));
    }
    out.close(false);
    working--;
  }

  private void splice(String name, End from, End to) {
    for (; ; ) {
      int count = count();
      long n = in.splice(from, to, count, deadline());
      if (n == 0) {
        break;
      }
      moved(name, "splice", count, n);
    }
    in.close(false);
    out.close(true);
  }

  /// Interrupts, resizes, polls, gives up waiting, until the others are done.
  private void disturb() {
    while (working > 0) {
      switch (random.nextInt(4)) {
        case 0 -> machine.interrupt(victims.get(random.nextInt(victims.size())));
        case 1 -> note("disturber", "resize", in.resize(4096L << random.nextInt(4), 1 << 20));
        case 2 -> note("disturber", "resize", out.resize(4096L << random.nextInt(4), 1 << 20));
        default -> polls(out);
      }
      machine.park(this, random.nextInt(1, 2000));
    }
  }

  private void polls(KernelPipe pipe) {
    boolean in = (pipe.poll(false) & PipeAbi.POLLIN) != 0;
    if (in != pipe.available() > 0) {
      throw new AssertionError("IN is " + in + " with " + pipe.available() + " bytes");
    }
  }

  /// Notes what a call came to, and returns how many words it moved.
  private long moved(String name, String call, int count, long n) {
    note(name, call + " " + count, n);
    if (random.nextInt(4) == 0) {
      machine.pause();
    }
    if (n >= 0) {
      return n / 8;
    }
    switch (Errno.of(n)) {
      case EAGAIN -> machine.pause();
      case ETIMEDOUT -> {}
      case EINTR -> {
        if (!Thread.interrupted()) {
          throw new AssertionError("EINTR without the flag");
        }
      }
      default -> throw new AssertionError(name + ": " + call + " came to " + Errno.of(n));
    }
    return 0;
  }

  private void note(String name, String call, long n) {
    events.add("[%s] %s = %s".formatted(name, call, n < 0 ? Errno.of(n).name() : "" + n));
  }

  private int count() {
    return switch (random.nextInt(6)) {
      case 0 -> 8;
      case 1, 2 -> 8 * random.nextInt(1, 64);
      case 3 -> 4096;
      case 4 -> 8 * random.nextInt(1, 1025);
      default -> 8 * random.nextInt(1, 2501);
    };
  }

  private long deadline() {
    return switch (random.nextInt(12)) {
      case 0 -> Deadlines.NOW;
      case 1 -> machine.nanoTime() + random.nextInt(3000);
      default -> Deadlines.NEVER;
    };
  }

  @Override
  public String toString() {
    int from = Math.max(0, events.size() - 40);
    return "in %s%nout %s%n%s%n%s"
        .formatted(in, out, machine, String.join("\n", events.subList(from, events.size())));
  }
}
