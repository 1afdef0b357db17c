package org.gardenhose.memory;

/// A pool that is empty and cannot always get memory; it knows how many of its pages are in use.
public final class FailingPool extends PagePool {
  private final int failing;
  private final boolean fromThenOn;
  private int asked;
  private int used;

  /// Fails the `failing`th time that it is asked for a page, counted from 1, and perhaps ever
  /// after.
  public FailingPool(int failing, boolean fromThenOn) {
    this.failing = failing;
    this.fromThenOn = fromThenOn;
  }

  @Override
  public Page take() {
    asked++;
    if (asked == failing || fromThenOn && asked > failing) {
      throw new OutOfMemoryError("no page, as the test wants");
    }
    used++;
    return allocate();
  }

  @Override
  public void put(Page page) {
    if (page.put()) {
      used--;
    }
  }

  /// Returns whether it was asked so often that it failed.
  public boolean failed() {
    return asked >= failing;
  }

  /// Returns how many pages are in use.
  public int used() {
    return used;
  }
}
