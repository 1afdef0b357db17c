package org.gardenhose.spec.model;

import java.util.ArrayList;
import java.util.List;

/// Makes a sequence that differs as short as it will go, by dropping calls.
final class Shrink {
  private Shrink() {}

  /// Returns the shortest sequence found that still differs on `subject`.
  static Play shrink(Subject subject, List<Action> actions) throws InterruptedException {
    List<Action> smallest = actions;
    boolean dropped = true;
    while (dropped) {
      dropped = false;
      for (int part = Math.max(1, smallest.size() / 2); part >= 1; part /= 2) {
        for (int from = Math.max(0, smallest.size() - part); from >= 0; from -= part) {
          List<Action> fewer = new ArrayList<>(smallest);
          fewer.subList(from, Math.min(smallest.size(), from + part)).clear();
          if (replay(subject, fewer).differs()) {
            smallest = fewer;
            dropped = true;
          }
        }
      }
    }
    return replay(subject, smallest);
  }

  static Play replay(Subject subject, List<Action> actions) throws InterruptedException {
    Play play = Play.of(actions);
    subject.run(play);
    return play;
  }
}
