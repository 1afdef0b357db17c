package org.gardenhose.ring;

import static org.gardenhose.abi.PipeAbi.PAGE_SIZE;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.gardenhose.abi.Panic;
import org.gardenhose.memory.Page;
import org.gardenhose.memory.PagePool;
import org.gardenhose.memory.UserMemory;
import org.jspecify.annotations.Nullable;

/// The pipe's circular array of slots: filled at `head`, drained at `tail`, which is **Linux's
/// sense of the two words and the reverse of `java.util.concurrent`'s**. Elsewhere in Gardenhose
/// one says *fill* and *drain*.
///
/// The ring has two sides. One thread at a time may be the filling side and one the draining side,
/// and these two may work at the same time; who they are is decided above, with the two lock bits
/// kept here. All that the sides tell each other is in two words of 64 bits:
///
/// ```
/// fill word    head:32 | unused:11 | length of the newest slot:13 | flags:8
/// drain word   tail:32 | unused:11 | consumed of the oldest slot:13 | flags:8
/// ```
///
/// **Always true.**
/// ```
/// 0 <= head - tail <= slots          counts only grow and wrap; reduced only when indexing
/// 0 <= consumed <= length <= 4096    of one and the same slot
/// consumed < length                  of a slot in the ring, but for the newest while APPENDING
/// MERGEABLE                          only if head != tail, the newest slot was made by a write of
///                                    a stream, and its page is not handed on
/// ```
/// **Guarded by.** `LOCKED` of the fill word: `slots[head...]` and FillSide. `LOCKED` of the drain
/// word: `slots[tail]` and DrainSide. Both: `slots`, the array.
/// **Blocks.** never
/// **Learned from.** Linux `fs/pipe.c`, `struct pipe_inode_info`; L-2 to L-7, L-12, L-43, L-44. The
/// kernel holds one lock while it copies; here a slot's end is settled by one compare-and-set, so
/// the sides need none in common (`docs/decisions/0003-two-sides.md`).
public final class Ring {
  /// Somebody is this side. In both words.
  public static final long LOCKED = 1;

  /// Somebody sleeps until this side is free. In both words.
  public static final long CONTENDED = 2;

  /// The filling side is about to lengthen the newest slot, which therefore must not be released.
  public static final long APPENDING = 4;

  /// The newest slot may be lengthened. The draining side takes the flag away when it has consumed
  /// the slot, and only then releases it: this is the one thing that both sides change.
  public static final long MERGEABLE = 8;

  /// What each side's [#spinCredit] is at first: hopeful.
  private static final int SPIN_CREDIT = 4;

  private static final VarHandle FILL;
  private static final VarHandle DRAIN;
  private static final VarHandle FILLED_BYTES;
  private static final VarHandle HANDED_BYTES;
  private static final VarHandle DRAINED_BYTES;
  private static final VarHandle WRITERS_BLOCKED;
  private static final VarHandle READERS_BLOCKED;

  static {
    try {
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      FILL = lookup.findVarHandle(FillSide.class, "word", long.class);
      DRAIN = lookup.findVarHandle(DrainSide.class, "word", long.class);
      FILLED_BYTES = lookup.findVarHandle(FillSide.class, "filledBytes", long.class);
      HANDED_BYTES = lookup.findVarHandle(FillSide.class, "handedBytes", long.class);
      DRAINED_BYTES = lookup.findVarHandle(DrainSide.class, "drainedBytes", long.class);
      WRITERS_BLOCKED = lookup.findVarHandle(FillSide.class, "blockedNanos", long.class);
      READERS_BLOCKED = lookup.findVarHandle(DrainSide.class, "blockedNanos", long.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final FillSide filling = new FillSide();
  private final DrainSide draining = new DrainSide();
  private final PagePool pool;
  private @Nullable Slot[] slots;

  /// Makes an empty ring.
  ///
  /// @param slots how many slots, a power of two
  public Ring(int slots) {
    this(slots, 0);
  }

  /// Makes an empty ring whose head and tail start at `first` instead of 0.
  public Ring(int slots, int first) {
    this(slots, first, null);
  }

  /// Makes an empty ring whose pages come from `pool`; null for the one that its kind shares.
  public Ring(int slots, int first, @Nullable PagePool pool) {
    if (Integer.bitCount(slots) != 1) {
      throw new Panic("slots are not a power of two");
    }
    this.slots = new Slot[slots];
    this.pool = pool == null ? PagePool.of(System.identityHashCode(filling)) : pool;
    long empty = word(first, 0);
    filling.word = empty;
    filling.tailSeen = first;
    filling.spinCredit = SPIN_CREDIT;
    draining.spinCredit = SPIN_CREDIT;
    draining.word = empty;
    draining.fillSeen = empty;
  }

  // ---- The two words.

  /// Returns a fill word for a head behind a slot just filled.
  public static long filled(int head, int length, int flags) {
    return word(head, length) | ((flags & Slot.CAN_MERGE) != 0 ? MERGEABLE : 0);
  }

  /// Returns a word with no flags.
  public static long word(int index, int bytes) {
    return (long) index << 32 | (long) bytes << 8;
  }

  /// Returns the head of a fill word, or the tail of a drain word.
  public static int index(long word) {
    return (int) (word >>> 32);
  }

  /// Returns the newest slot's length of a fill word, or what is consumed of the oldest of a drain
  /// word.
  public static int bytes(long word) {
    return (int) (word >>> 8) & 0x1fff;
  }

  /// Returns the fill word as of now, ordered with all volatile accesses.
  public long fillVolatile() {
    return filling.word;
  }

  /// Returns the drain word as of now, ordered with all volatile accesses.
  public long drainVolatile() {
    return draining.word;
  }

  /// Changes the fill word if it still is `expected`; a full fence.
  public boolean fillCompareAndSet(long expected, long word) {
    return FILL.compareAndSet(filling, expected, word);
  }

  /// Changes the drain word if it still is `expected`; a full fence.
  public boolean drainCompareAndSet(long expected, long word) {
    return DRAIN.compareAndSet(draining, expected, word);
  }

  /// Replaces the fill word and returns what it was; a full fence.
  public long fillGetAndSet(long word) {
    return (long) FILL.getAndSet(filling, word);
  }

  /// Replaces the drain word and returns what it was; a full fence.
  public long drainGetAndSet(long word) {
    return (long) DRAIN.getAndSet(draining, word);
  }

  /// Returns whether a reader with this view of the two words finds a byte.
  public static boolean readable(long fill, long drain) {
    int occupancy = index(fill) - index(drain);
    return occupancy > 1 || occupancy == 1 && bytes(fill) > bytes(drain);
  }

  /// Returns whether there is a byte to read. Needs neither side.
  public boolean readable() {
    // The drain word first: the ring can then only have become fuller in between.
    long drain = drainVolatile();
    return readable(fillVolatile(), drain);
  }

  /// Returns how many slots are in use. Needs neither side.
  public int occupancy() {
    long drain = drainVolatile();
    return index(fillVolatile()) - index(drain);
  }

  /// Returns how many slots there are.
  public int slots() {
    return slots.length;
  }

  /// Returns whether no slot is free. Needs neither side.
  public boolean full() {
    return occupancy() >= slots.length;
  }

  /// Returns where the ring's pages come from and go to.
  public PagePool pool() {
    return pool;
  }

  /// Returns the slot with this free-running index.
  public Slot slot(int index) {
    Slot slot = slots[index & (slots.length - 1)];
    if (slot == null) {
      throw new Panic("no slot where the ring should have one");
    }
    return slot;
  }

  // ---- The filling side.

  /// Returns whether `residue` bytes may be appended to the newest slot (L-43): all or nothing.
  /// May be asked without being the filling side; the answer holds if the fill word still is `fill`
  /// when the caller becomes it.
  public boolean appendable(long fill, int residue) {
    if ((fill & MERGEABLE) == 0 || residue == 0) {
      return false;
    }
    // Between the two reads the ring may have been resized, so the slot may be gone.
    @Nullable Slot[] now = slots;
    Slot newest = now[(index(fill) - 1) & (now.length - 1)];
    return newest != null && newest.start() + bytes(fill) + residue <= PAGE_SIZE;
  }

  /// Copies `residue` bytes of the caller's memory behind those of the newest slot. The caller has
  /// APPENDING; they are in the ring once it sets the fill word that is returned.
  public long append(long fill, Object memory, long at, int residue) {
    Slot newest = slot(index(fill) - 1);
    int length = bytes(fill);
    UserMemory.copyIn(memory, at, newest.page(), newest.start() + length, residue);
    newest.extend(length + residue);
    return word(index(fill), length + residue) | MERGEABLE;
  }

  /// Returns how many slots are free for the filling side at `head`, at least: it looks at the
  /// other side only when none was free when it last looked.
  public int freeSlots(int head) {
    int free = slots.length - (head - filling.tailSeen);
    if (free <= 0) {
      filling.tailSeen = index(drainVolatile());
      free = slots.length - (head - filling.tailSeen);
    }
    return free;
  }

  /// Fills the slot at `head`, which must be free, with `length` bytes of `page` from `start` on.
  /// It is not in the ring until a fill word with a later head is set.
  ///
  /// @param flags of [Slot]
  public void push(int head, Page page, int start, int length, int flags) {
    free(head).fill(page, start, length, flags);
  }

  private Slot free(int head) {
    int place = head & (slots.length - 1);
    Slot slot = slots[place];
    if (slot == null) {
      slot = new Slot();
      slots[place] = slot;
    }
    return slot;
  }

  /// Counts a call that has become the filling side to write.
  public void countWrite() {
    filling.writes++;
  }

  /// Counts `bytes` that the filling side has put in.
  public void countFilled(long bytes) {
    FillSide side = filling;
    long filled = side.filledBytes + bytes;
    FILLED_BYTES.setOpaque(side, filled);
    if (filled - side.drainedSeen > side.highWaterBytes) {
      // Only now is it worth fetching what the other side writes.
      side.drainedSeen = (long) DRAINED_BYTES.getOpaque(draining);
      side.highWaterBytes = Math.max(side.highWaterBytes, filled - side.drainedSeen);
    }
  }

  /// Counts `bytes` that the filling side has copied straight to a waiting reader.
  public void countHandedOver(long bytes) {
    filling.handedWrites++;
    HANDED_BYTES.setOpaque(filling, filling.handedBytes + bytes);
  }

  // ---- The draining side.

  /// Returns the fill word that the draining side looked at last.
  public long fillSeen() {
    return draining.fillSeen;
  }

  /// Looks at the fill word.
  public long seeFill() {
    long fill = fillVolatile();
    draining.fillSeen = fill;
    return fill;
  }

  /// Returns the length of the oldest slot, which is in the ring according to `fill`.
  public int oldestLength(long fill, int tail) {
    return tail + 1 == index(fill) ? bytes(fill) : slot(tail).length();
  }

  /// Takes the oldest slot, of which `consumed` bytes are consumed, out of reach of the filling
  /// side, so that it may be released.
  ///
  /// @return false if the slot has grown meanwhile or is about to, and stays
  public boolean seal(int tail, int consumed) {
    for (; ; ) {
      long fill = seeFill();
      if (tail + 1 != index(fill)) {
        return slot(tail).length() == consumed;
      }
      if (bytes(fill) != consumed || (fill & APPENDING) != 0) {
        return false;
      }
      if ((fill & MERGEABLE) == 0 || fillCompareAndSet(fill, fill & ~MERGEABLE)) {
        return true;
      }
    }
  }

  /// Counts `bytes` that the draining side has taken out, and one read.
  public void countDrained(long bytes) {
    draining.reads++;
    DRAINED_BYTES.setOpaque(draining, draining.drainedBytes + bytes);
  }

  // ---- Both sides at once.

  /// Moves all slots into an array of `count` slots, oldest first. Head and tail stay what they
  /// are, so whoever looks at the two words without being a side never sees them disagree (L-12;
  /// Linux starts them anew, which nobody can observe). The caller is both sides; `count` is a
  /// power of two and at least the occupancy.
  public void resize(int count) {
    int tail = index(draining.word);
    int occupancy = index(filling.word) - tail;
    if (count < occupancy || Integer.bitCount(count) != 1) {
      throw new Panic("slots dropped by a resize");
    }
    @Nullable Slot[] moved = new Slot[count];
    for (int i = 0; i < occupancy; i++) {
      moved[(tail + i) & (count - 1)] = slot(tail + i);
    }
    slots = moved;
  }

  // ---- Counters, as estimates while the ring is in use.

  /// Returns the bytes in the ring.
  public long heldBytes() {
    // What was drained first: the difference can then not be negative.
    long drained = (long) DRAINED_BYTES.getAcquire(draining);
    return (long) FILLED_BYTES.getOpaque(filling) - drained;
  }

  /// Returns the bytes ever written, also those that never were in the ring.
  public long writtenBytes() {
    return (long) FILLED_BYTES.getOpaque(filling) + handedBytes();
  }

  /// Returns the bytes ever read or thrown away, also those that never were in the ring.
  public long readBytes() {
    return (long) DRAINED_BYTES.getOpaque(draining) + handedBytes();
  }

  /// Returns the bytes copied straight from a writer to a waiting reader.
  public long handedBytes() {
    return (long) HANDED_BYTES.getOpaque(filling);
  }

  /// Returns how many calls came to write.
  public long writes() {
    return filling.writes;
  }

  /// Counts `nanos` that a thread has waited to write or to read. Needs neither side.
  public void countBlocked(boolean writer, long nanos) {
    if (writer) {
      WRITERS_BLOCKED.getAndAdd(filling, nanos);
    } else {
      READERS_BLOCKED.getAndAdd(draining, nanos);
    }
  }

  /// Returns the nanoseconds counted by [#countBlocked].
  public long blockedNanos(boolean writer) {
    return writer ? filling.blockedNanos : draining.blockedNanos;
  }

  /// Returns how many calls read bytes.
  public long reads() {
    return draining.reads + filling.handedWrites;
  }

  /// Returns the most bytes that the ring ever held.
  public long highWaterBytes() {
    return filling.highWaterBytes;
  }

  /// Returns how willing a thread of the filling or draining side is to watch before it parks.
  public int spinCredit(boolean fillingSide) {
    return fillingSide ? filling.spinCredit : draining.spinCredit;
  }

  /// Returns how long a reader pauses before it first looks, so that a burst can grow.
  public int burstPauses() {
    return draining.burstPauses;
  }

  /// Sets what [#burstPauses()] returns.
  public void burstPauses(int pauses) {
    draining.burstPauses = pauses;
  }

  /// Sets what [#spinCredit] returns; a lost update does no harm.
  public void spinCredit(boolean fillingSide, int credit) {
    if (fillingSide) {
      filling.spinCredit = credit;
    } else {
      draining.spinCredit = credit;
    }
  }

  /// Checks what must always be true. The caller is both sides, or the ring is at rest.
  public void invariants() {
    long fill = filling.word;
    long drain = draining.word;
    int tail = index(drain);
    int occupancy = index(fill) - tail;
    require(occupancy >= 0 && occupancy <= slots.length, "0 <= head - tail <= slots");
    require(occupancy > 0 || (fill & MERGEABLE) == 0, "an empty ring is not mergeable");
    require(occupancy > 0 || bytes(drain) == 0, "nothing consumed of no slot");
    long held = 0;
    for (int i = 0; i < occupancy; i++) {
      Slot slot = slot(tail + i);
      int length = i == occupancy - 1 ? bytes(fill) : slot.length();
      int consumed = i == 0 ? bytes(drain) : 0;
      require(consumed >= 0 && consumed < length, "consumed < length");
      require(slot.start() >= 0 && slot.start() + length <= PAGE_SIZE, "start + length <= 4096");
      require(slot.page().references() >= 1, "a slot's page is referenced");
      held += length - consumed;
    }
    require(
        held == filling.filledBytes - draining.drainedBytes, "held == filled - drained (L-175)");
  }

  private static void require(boolean holds, String invariant) {
    if (!holds) {
      throw new Panic(invariant);
    }
  }
}
