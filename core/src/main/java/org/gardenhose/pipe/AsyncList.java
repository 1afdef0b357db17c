package org.gardenhose.pipe;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/// Those who want a signal when something comes, the descriptions with `O_ASYNC`; most pipes have
/// none.
///
/// **Guarded by.** nothing: the list is replaced as a whole
/// **Learned from.** Linux `struct fasync_struct`, `kill_fasync`; L-121
final class AsyncList {
  private static final Runnable[] NOBODY = {};

  private static final VarHandle LISTED;

  static {
    try {
      LISTED = MethodHandles.lookup().findVarHandle(AsyncList.class, "listed", Runnable[].class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private volatile Runnable[] listed = NOBODY;

  void add(Runnable told) {
    Runnable[] before;
    Runnable[] after;
    do {
      before = listed;
      after = java.util.Arrays.copyOf(before, before.length + 1);
      after[before.length] = told;
    } while (!LISTED.compareAndSet(this, before, after));
  }

  void remove(@Nullable Runnable told) {
    Runnable[] before;
    Runnable[] after;
    do {
      before = listed;
      after = java.util.Arrays.stream(before).filter(one -> one != told).toArray(Runnable[]::new);
    } while (!LISTED.compareAndSet(this, before, after));
  }

  void tell() {
    for (Runnable told : listed) {
      told.run();
    }
  }
}
