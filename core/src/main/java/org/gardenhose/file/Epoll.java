package org.gardenhose.file;

import static org.gardenhose.abi.FileAbi.O_RDWR;
import static org.gardenhose.abi.PollAbi.EPOLLET;
import static org.gardenhose.abi.PollAbi.EPOLLEXCLUSIVE;
import static org.gardenhose.abi.PollAbi.EPOLLIN;
import static org.gardenhose.abi.PollAbi.EPOLLONESHOT;
import static org.gardenhose.abi.PollAbi.EPOLLOUT;
import static org.gardenhose.abi.PollAbi.EPOLLRDNORM;

import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.gardenhose.abi.EpollEvent;
import org.gardenhose.abi.Errno;
import org.gardenhose.wait.Scheduler;
import org.gardenhose.wait.WaitQueue;
import org.gardenhose.wait.Waiter;
import org.gardenhose.wait.Watcher;
import org.jspecify.annotations.Nullable;

/// An epoll instance: descriptions that it watches, and those of them that may be ready.
///
/// A wake on a watched file puts its item into the ready list: that is the edge. Whoever takes
/// events goes along the list and looks at each file; a level-triggered item that was ready goes to
/// the end of the list, so it is looked at next time, after the others.
///
/// **Always true.** An item is in the ready list at most once. One that was woken is in the
/// list, or
/// has been looked at since. An instance stands on at most [#NESTS] others, and never on itself.
/// **Guarded by.** `lock` for the registrations and for going along the list; `readyLock` for the
/// list itself. Order: `nesting`, the lock of an outer instance, that of an inner one, `readyLock`.
/// Who wakes takes only `readyLock`.
/// **Blocks.** never; who waits for events does so in [#enter]'s queue
/// **Learned from.** Linux `fs/eventpoll.c`; epoll(7); L-80 to L-85
public final class Epoll extends FileOperations {
  /// How many steps there may be from an instance down to the lowest (`EP_MAX_NESTS`).
  private static final int NESTS = 4;

  /// The file system of files without a name or contents.
  private static final long DEVICE = 14;

  /// Descriptions are compared by identity: a dup with another number is another key.
  private record Key(OpenFileDescription file, int fd) {}

  /// The inode that all epoll instances share.
  private static final class Anonymous extends Inode {
    Anonymous(Credentials who, Scheduler clock) {
      super(DEVICE, 1, 0600, who, clock);
    }

    @Override
    public long open(int flags, Credentials who, FileOperations[] opened) {
      return Errno.ENXIO.result();
    }

    @Override
    public String toString() {
      return "anon_inode:[eventpoll]";
    }
  }

  private final Scheduler scheduler;
  private final ReentrantLock nesting;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Key, EpollItem> items = new LinkedHashMap<>();
  private final ReentrantLock readyLock = new ReentrantLock();
  private final ArrayDeque<EpollItem> ready = new ArrayDeque<>();

  /// Whether the list is not empty, or somebody goes along it and may put something back.
  private volatile boolean available;

  private boolean scanning;

  /// Tasks that wait for events here.
  private final WaitQueue waiters = new WaitQueue();

  /// Those that watch this instance as a file.
  private final WaitQueue pollers = new WaitQueue();

  private @Nullable OpenFileDescription self;

  private Epoll(Scheduler scheduler, ReentrantLock nesting) {
    this.scheduler = scheduler;
    this.nesting = nesting;
  }

  /// Makes an instance and opens it.
  ///
  /// @param nesting one lock for all instances of a kernel
  /// @return null if no more files may be open (`ENFILE`)
  public static @Nullable OpenFileDescription create(
      Scheduler scheduler, ReentrantLock nesting, FileCount count, Credentials who) {
    if (!count.tryOpen()) {
      return null;
    }
    Epoll made = new Epoll(scheduler, nesting);
    Inode inode = new Anonymous(who, scheduler);
    OpenFileDescription file = new OpenFileDescription(inode, made, O_RDWR, "", count);
    made.self = file;
    return file;
  }

  // ---- Registering.

  /// Starts to watch `file`, known by `fd`: `ELOOP`, `EEXIST`, or 0.
  public long add(OpenFileDescription file, int fd, EpollEvent event) {
    if (!(file.operations() instanceof Epoll inner)) {
      return insert(file, fd, event);
    }
    nesting.lock();
    try {
      int below = inner.depthTo(this, 0);
      return below < 0 || below + 1 + height() > NESTS
          ? Errno.ELOOP.result()
          : insert(file, fd, event);
    } finally {
      nesting.unlock();
    }
  }

  private long insert(OpenFileDescription file, int fd, EpollEvent event) {
    EpollItem item = new EpollItem(this, file, fd, event);
    lock.lock();
    try {
      if (items.putIfAbsent(new Key(file, fd), item) != null) {
        return Errno.EEXIST.result();
      }
      file.watches().add(item);
      // First watch, then look: what comes in between is seen by one of the two.
      item.watch();
      wakeIfReady(item);
      return 0;
    } finally {
      lock.unlock();
    }
  }

  /// Changes what is watched for: `ENOENT`, `EINVAL` if the item is exclusive, or 0.
  public long modify(OpenFileDescription file, int fd, EpollEvent event) {
    lock.lock();
    try {
      EpollItem item = items.get(new Key(file, fd));
      if (item == null) {
        return Errno.ENOENT.result();
      }
      if (item.has(EPOLLEXCLUSIVE)) {
        return Errno.EINVAL.result();
      }
      item.arm(event);
      wakeIfReady(item);
      return 0;
    } finally {
      lock.unlock();
    }
  }

  private void wakeIfReady(EpollItem item) {
    if (item.look() != 0 && enqueue(item, false)) {
      waiters.wake(scheduler);
      pollers.wake(scheduler, EPOLLIN);
    }
  }

  /// Watches `file` no longer: `ENOENT` or 0.
  public long remove(OpenFileDescription file, int fd) {
    lock.lock();
    try {
      EpollItem item = items.get(new Key(file, fd));
      if (item == null) {
        return Errno.ENOENT.result();
      }
      forget(item);
      return 0;
    } finally {
      lock.unlock();
    }
  }

  /// Takes `item` out.
  void forget(EpollItem item) {
    lock.lock();
    try {
      if (items.remove(new Key(item.file(), item.fd()), item)) {
        item.unwatch();
        item.file().watches().remove(item);
        drop(item);
      }
    } finally {
      lock.unlock();
    }
  }

  /// Returns how many steps it is down to the lowest instance; -1 if `top` is among them, or it is
  /// too many to go on counting.
  private int depthTo(Epoll top, int from) {
    if (this == top || from > NESTS) {
      return -1;
    }
    lock.lock();
    try {
      int deepest = 0;
      for (EpollItem item : items.values()) {
        if (item.file().operations() instanceof Epoll inner) {
          int depth = inner.depthTo(top, from + 1);
          if (depth < 0) {
            return -1;
          }
          deepest = Math.max(deepest, depth + 1);
        }
      }
      return deepest;
    } finally {
      lock.unlock();
    }
  }

  /// Returns how many steps it is up to the highest instance that watches this one.
  int height() {
    OpenFileDescription file = self;
    return file == null ? 0 : file.watches().height();
  }

  // ---- The ready list.

  /// Hears of a wake on the file of `item` (`ep_poll_callback`).
  ///
  /// @param about the events that the waker knows of, 0 for any
  /// @return whether an exclusive item has used the wake up: somebody waits here for such an event
  boolean wakened(EpollItem item, int about) {
    int wanted = item.events();
    if ((wanted & ~EpollItem.PRIVATE) == 0 || about != 0 && (about & wanted) == 0) {
      return false;
    }
    enqueue(item, false);
    int known = about & (EPOLLIN | EPOLLOUT);
    boolean used = !waiters.isEmpty() && (known == 0 || (known & wanted) != 0);
    waiters.wake(scheduler);
    pollers.wake(scheduler, EPOLLIN);
    return used;
  }

  /// Puts `item` into the list unless it is there; returns whether it was not.
  private boolean enqueue(EpollItem item, boolean first) {
    readyLock.lock();
    try {
      if (item.queued || item.removed) {
        return false;
      }
      item.queued = true;
      if (first) {
        ready.addFirst(item);
      } else {
        ready.addLast(item);
      }
      available = true;
      return true;
    } finally {
      readyLock.unlock();
    }
  }

  private void drop(EpollItem item) {
    readyLock.lock();
    try {
      if (item.queued) {
        item.queued = false;
        ready.remove(item);
        available = scanning || !ready.isEmpty();
      }
    } finally {
      readyLock.unlock();
    }
  }

  /// Begins to go along the list, or ends it; returns how many items are in it.
  private int scan(boolean on) {
    readyLock.lock();
    try {
      scanning = on;
      available = on || !ready.isEmpty();
      return ready.size();
    } finally {
      readyLock.unlock();
    }
  }

  /// Takes the first item off, so that a wake from now on puts it back.
  private @Nullable EpollItem next() {
    readyLock.lock();
    try {
      EpollItem item = ready.pollFirst();
      if (item != null) {
        item.queued = false;
      }
      return item;
    } finally {
      readyLock.unlock();
    }
  }

  // ---- Taking events.

  /// Returns whether it is worth while to [#take]. A volatile read.
  public boolean available() {
    return available;
  }

  /// Fills `events` with what is ready and returns how many; `EFAULT` if something is and `events`
  /// is null. Then wakes the next who waits if something is left in the list.
  public long take(EpollEvent @Nullable [] events) {
    int room = events == null ? 1 : events.length;
    int count = 0;
    long fault = 0;
    int left;
    lock.lock();
    try {
      // Level-triggered items come back to the end: go round once.
      for (int rest = scan(true); rest > 0 && count < room && fault == 0; rest--) {
        EpollItem item = next();
        int mask = item == null ? 0 : item.look();
        if (item == null || mask == 0) {
          continue;
        }
        if (events == null) {
          enqueue(item, true);
          fault = Errno.EFAULT.result();
          continue;
        }
        events[count++] = new EpollEvent(mask, item.data());
        if (item.has(EPOLLONESHOT)) {
          item.disarm();
        } else if (!item.has(EPOLLET)) {
          enqueue(item, false);
        }
      }
    } finally {
      left = scan(false);
      lock.unlock();
    }
    if (left > 0) {
      waiters.wake(scheduler);
    }
    return fault < 0 ? fault : count;
  }

  /// Enters the calling thread among those who wait for events; who came last is woken first.
  public Waiter enter(Object owner) {
    return waiters.enterExclusiveFirst(owner);
  }

  /// Ends what [#enter] began. Whoever leaves looks at the list again, so a wake that chose it is
  /// not lost.
  public void leave(Waiter waiter) {
    waiters.leave(waiter, scheduler, this);
    waiters.release(waiter);
  }

  // ---- As a file.

  @Override
  public int poll(OpenFileDescription file) {
    if (!available) {
      return 0;
    }
    lock.lock();
    try {
      for (int rest = scan(true); rest > 0; rest--) {
        EpollItem item = next();
        if (item != null && item.look() != 0) {
          enqueue(item, true);
          return EPOLLIN | EPOLLRDNORM;
        }
      }
      return 0;
    } finally {
      scan(false);
      lock.unlock();
    }
  }

  @Override
  public boolean watchable() {
    return true;
  }

  @Override
  public void watch(OpenFileDescription file, Watcher watcher) {
    pollers.watch(watcher);
  }

  @Override
  public void unwatch(OpenFileDescription file, Watcher watcher) {
    pollers.unwatch(watcher);
  }

  @Override
  public long seek(OpenFileDescription file, long offset, int whence) {
    return 0;
  }

  @Override
  public long available(OpenFileDescription file) {
    return Errno.EINVAL.result();
  }

  @Override
  public void release(OpenFileDescription file) {
    lock.lock();
    try {
      for (EpollItem item : items.values()) {
        item.unwatch();
        item.file().watches().remove(item);
      }
      items.clear();
    } finally {
      lock.unlock();
    }
    pollers.wakeAll(scheduler);
  }

  @Override
  public String toString() {
    return "anon_inode:[eventpoll]";
  }
}
