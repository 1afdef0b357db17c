package org.gardenhose.ring;

import org.gardenhose.abi.Panic;
import org.gardenhose.memory.Page;
import org.jspecify.annotations.Nullable;

/// One place in the ring: a page, and which of its bytes are meant.
///
/// **Always true.** `start >= 0`, `start + length <= 4096`, and while the slot is in the ring
/// `page != null`. Every field is written anew when the slot is filled: a flag left over from the
/// slot's last use was Linux's Dirty Pipe.
/// **Guarded by.** the filling side until the slot is published, then nobody writes it but for
/// `length`, which grows while the slot is the newest; the draining side takes the length of the
/// newest slot from the fill word instead.
/// **Learned from.** Linux `struct pipe_buffer`; L-4, L-5; CVE-2022-0847
public final class Slot {
  /// A later write may append to the page: it was made by a stream's write and nobody shares it.
  public static final int CAN_MERGE = 1;

  /// A read stops after this slot and throws the rest of it away (L-66).
  public static final int PACKET = 2;

  private @Nullable Page page;
  private int start;
  private int length;
  private int flags;

  Slot() {}

  /// Makes the slot mean `length` bytes of `page` from `start` on.
  void fill(Page page, int start, int length, int flags) {
    this.page = page;
    this.start = start;
    this.length = length;
    this.flags = flags;
  }

  void extend(int length) {
    this.length = length;
  }

  /// Empties the slot and returns the page that it pointed at.
  public Page clear() {
    Page was = page();
    page = null;
    return was;
  }

  /// Returns the page.
  public Page page() {
    Page was = page;
    if (was == null) {
      throw new Panic("a slot in the ring has no page");
    }
    return was;
  }

  /// Returns where in the page the slot's bytes began when it was filled.
  public int start() {
    return start;
  }

  /// Returns how many bytes the slot had when it was last the newest.
  public int length() {
    return length;
  }

  /// Returns [#CAN_MERGE] and [#PACKET] as the slot was filled.
  public int flags() {
    return flags;
  }

  /// Returns whether the slot is a packet.
  public boolean packet() {
    return (flags & PACKET) != 0;
  }
}
