package org.gardenhose.spec.model;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One sequence of calls: made on the model as it goes, and compared with what a subject makes of
/// them. Drawn from a seed, or given.
///
/// **Always true.** A call that would block is left out, so nobody ever waits.
final class Play {
  private final ListKernel model = new ListKernel();
  private final Caller caller = new OnModel(model);
  private final @Nullable Draw draw;
  private final Iterator<Action> given;
  private final int length;
  private final List<Action> made = new ArrayList<>();
  private final List<String> transcript = new ArrayList<>();
  private final int every;
  private boolean differs;

  /// @param every after how many calls all descriptors are looked at
  private Play(int length, int every, @Nullable Long seed, List<Action> given) {
    this.length = length;
    this.every = every;
    this.draw = seed == null ? null : new Draw(seed, model);
    this.given = given.iterator();
  }

  static Play drawn(long seed, int length, int every) {
    return new Play(length, every, seed, List.of());
  }

  static Play of(List<Action> actions) {
    return new Play(Integer.MAX_VALUE, 1, null, actions);
  }

  /// A process that calls the model.
  private static final class OnModel extends Caller {
    private final ListKernel model;

    OnModel(ListKernel model) {
      super(model);
      this.model = model;
    }

    @Override
    long limit(int count) {
      model.table.limit = count;
      return 0;
    }

    @Override
    int signals() {
      return model.signals;
    }
  }

  /// Makes the next call on the model and returns it; null at the end.
  @Nullable Action next() {
    while (made.size() < length && (draw != null || given.hasNext())) {
      Action action = draw != null ? draw.next() : given.next();
      if (caller.make(action) != ListKernel.BLOCKS) {
        made.add(action);
        if (looks()) {
          caller.look();
        }
        if (draw == null) {
          transcript.add(action + " = " + Report.result(caller.report.result));
        }
        return action;
      }
    }
    return null;
  }

  /// Returns whether all descriptors are looked at after the call that was made last.
  boolean looks() {
    return made.size() % every == 0;
  }

  /// Returns what the call should come to.
  Report expected() {
    return caller.report;
  }

  /// Returns whether `actual` is what the call should have come to, and if not, notes it.
  boolean agrees(Report actual) {
    if (caller.report.same(actual)) {
      return true;
    }
    differs(caller.report.line(), actual.line());
    return false;
  }

  /// Notes that the last call came to something else.
  void differs(String expected, String actual) {
    differs = true;
    transcript.add("  should come to " + expected);
    transcript.add("  but came to    " + actual);
  }

  boolean differs() {
    return differs;
  }

  /// Returns the calls made so far.
  List<Action> made() {
    return made;
  }

  /// Returns the calls and what they should come to, and at the end what differs; the calls only of
  /// one that was given.
  String transcript() {
    return String.join("\n", transcript);
  }
}
