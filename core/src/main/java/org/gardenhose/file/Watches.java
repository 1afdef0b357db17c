package org.gardenhose.file;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// The registrations of one description with epoll instances; they go when it goes (L-80).
///
/// **Always true.** Whoever adds one has a reference to the description, so none is added once
/// [#end] runs.
/// **Blocks.** [#end], while an instance that has it registered looks at its files
/// **Learned from.** Linux `eventpoll_release_file`
final class Watches {
  private final List<EpollItem> items = new CopyOnWriteArrayList<>();

  void add(EpollItem item) {
    items.add(item);
  }

  void remove(EpollItem item) {
    items.remove(item);
  }

  /// Takes the description out of every instance: nobody refers to it any more.
  void end() {
    for (EpollItem item : items) {
      item.epoll().forget(item);
    }
  }

  /// Returns how many instances up from the watched file stand on each other at most.
  int height() {
    int height = 0;
    for (EpollItem item : items) {
      height = Math.max(height, 1 + item.epoll().height());
    }
    return height;
  }
}
