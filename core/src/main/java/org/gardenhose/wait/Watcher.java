package org.gardenhose.wait;

/// Somebody who wants to hear of every wake on a [WaitQueue] without waiting in it: each call is
/// one edge (L-81).
public interface Watcher {
  /// Hears of a wake. Called by the waker, on any thread, with no lock held; must not block.
  void wakened();
}
