package org.gardenhose.pipe;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Predicate;

/// A sequence of calls on two pipes, drawn from a seed, which has exactly one right outcome
/// (L-182).
///
/// Sizes are drawn near those where something changes: a byte, a page, a pipeful.
record Script(long seed, List<Action> actions) {
  private static final int[] EDGES = {1, 2, 100, 2048, 4096, 8192, 12288, 65536};
  private static final long[] SIZES = {
    0, 4096, 4097, 8192, 12288, 16384, 32768, 65536, 131072, 0x80000001L, 0x100001000L
  };

  /// Draws `length` actions.
  static Script draw(long seed, int length) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Action> actions = new ArrayList<>();
    // A script has its own taste, so that full pipes and empty ones both come up.
    int filling = random.nextInt(20, 45);
    boolean small = random.nextInt(3) == 0;
    for (int i = 0; i < length; i++) {
      actions.add(action(random, filling, small));
    }
    return new Script(seed, List.copyOf(actions));
  }

  private static Action action(SplittableRandom random, int filling, boolean small) {
    int pipe = random.nextInt(2);
    int kind = random.nextInt(100);
    if (kind < filling) {
      return new Action.Write(pipe, count(random, small));
    }
    if (kind < 60) {
      return new Action.Read(pipe, count(random, small));
    }
    // Now and then both are one and the same pipe, which is refused.
    int out = random.nextInt(20) == 0 ? pipe : 1 - pipe;
    if (kind < 72) {
      return new Action.Splice(pipe, out, count(random, small));
    }
    if (kind < 79) {
      return new Action.Tee(pipe, out, count(random, small));
    }
    if (kind < 86) {
      return new Action.Gift(pipe, random.nextInt(4096), count(random, small));
    }
    if (kind < 90) {
      return new Action.Packets(pipe, random.nextBoolean());
    }
    if (kind < 94) {
      return new Action.Resize(pipe, SIZES[random.nextInt(SIZES.length)]);
    }
    boolean writer = random.nextBoolean();
    return kind < 96 ? new Action.Close(pipe, writer) : new Action.Open(pipe, writer);
  }

  private static int count(SplittableRandom random, boolean small) {
    int edge = EDGES[random.nextInt(small ? 4 : EDGES.length)];
    return switch (random.nextInt(4)) {
      case 0 -> edge;
      case 1 -> Math.max(0, edge + random.nextInt(-1, 2));
      case 2 -> random.nextInt(edge + 1);
      default -> edge + random.nextInt(100);
    };
  }

  /// Drops actions as long as the script still `fails`, halves first, single ones last.
  Script shrink(Predicate<Script> fails) {
    Script smallest = this;
    for (int part = actions.size() / 2; part >= 1; part = part > 1 ? part / 2 : 0) {
      for (int from = 0; from + part <= smallest.actions.size(); ) {
        List<Action> fewer = new ArrayList<>(smallest.actions);
        fewer.subList(from, from + part).clear();
        Script candidate = new Script(seed, fewer);
        if (fails.test(candidate)) {
          smallest = candidate;
        } else {
          from += part;
        }
      }
    }
    return smallest;
  }

  /// Returns the actions, one a line.
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    actions.forEach(action -> text.append(action).append('\n'));
    return text.toString();
  }
}
