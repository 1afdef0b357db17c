package org.gardenhose.wait;

import org.gardenhose.abi.Panic;
import org.jspecify.annotations.Nullable;

/// One thread asleep, or about to be, in a [WaitQueue].
///
/// ```
/// IDLE     -> QUEUED     // the thread, WaitQueue.enter
/// QUEUED   -> CHOSEN     // a waker, WaitQueue.wake and its like, or a writer that will copy into
///                        // the thread's own buffer, WaitQueue.takeOffer: taken off the queue
/// CHOSEN   -> SIGNALLED  // the same waker, done with it; unparks the thread next
/// QUEUED   -> IDLE       // the thread, which gives up or finds its condition true, withdraw
/// SIGNALLED -> IDLE      // the thread, release
/// ```
///
/// **Always true.** It is linked in its queue exactly while QUEUED.
/// **Guarded by.** the queue's lock for every step out of QUEUED; the rest belong to the one thread
/// named. The offer (`target`, `targetAt`, `targetLength`) is set before QUEUED and read by the
/// writer while CHOSEN.
/// **Learned from.** Linux `wait_queue_entry` with `autoremove_wake_function`; L-88, L-89
public final class Waiter {
  static final int IDLE = 0;
  static final int QUEUED = 1;
  static final int CHOSEN = 2;
  static final int SIGNALLED = 3;

  volatile int state;
  @Nullable Waiter previous;
  @Nullable Waiter next;
  @Nullable Thread thread;
  @Nullable Object owner;
  boolean exclusive;

  /// Whose place this is, for a watcher that lines up with the threads; it is never chosen.
  @Nullable Watcher watcher;

  private byte @Nullable [] target;
  private int targetAt;
  private int targetLength;
  private int handedOver;

  Waiter() {}

  /// Offers a part of the waiting thread's own array to whoever would wake it with data.
  void offer(byte @Nullable [] array, int at, int length) {
    target = array;
    targetAt = at;
    targetLength = length;
    handedOver = 0;
  }

  boolean offers() {
    return target != null;
  }

  /// Returns the array that is offered.
  public byte[] target() {
    byte[] array = target;
    if (array == null) {
      throw new Panic("a waiter without an offer was taken");
    }
    return array;
  }

  /// Returns where in [#target()] the offer begins.
  public int targetAt() {
    return targetAt;
  }

  /// Returns how many bytes are offered, at least 1.
  public int targetLength() {
    return targetLength;
  }

  /// Says how many bytes were copied to the offer.
  public void handedOver(int count) {
    handedOver = count;
  }

  /// Returns how many bytes were copied to the offer, once [#signalled()].
  public int handedOver() {
    return handedOver;
  }

  /// Returns whether a waker has chosen this waiter and is done with it.
  public boolean signalled() {
    return state == SIGNALLED;
  }
}
