package org.gardenhose.wait;

/// Somebody who wants to hear of every wake on a [WaitQueue] without waiting in it: each call is
/// one edge (L-81).
///
/// **Blocks.** never
/// **Learned from.** Linux `wait_queue_entry.func`, `ep_poll_callback`
public interface Watcher {
  /// Hears of a wake. Called by the waker, on any thread, not under the queue's lock; must not
  /// block.
  void wakened();

  /// Hears of a wake, and what it is about.
  ///
  /// @param events those of poll(2) that the waker knows of; 0 if it may be about any
  /// @return whether that uses the wake up, if this watcher is an exclusive one
  default boolean wakened(int events) {
    wakened();
    return true;
  }
}
