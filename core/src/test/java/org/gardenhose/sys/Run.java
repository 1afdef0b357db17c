package org.gardenhose.sys;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.gardenhose.abi.EpollEvent;
import org.gardenhose.abi.PollAbi;
import org.gardenhose.abi.PollFd;
import org.gardenhose.abi.ProcAbi;
import org.gardenhose.abi.Sys;

/// A program that a test runs in a kernel, and what it threw, in whichever process.
final class Run {
  /// What a process of a test does.
  interface Body {
    void run(Sys sys);
  }

  static final int THREAD =
      ProcAbi.CLONE_VM
          | ProcAbi.CLONE_FS
          | ProcAbi.CLONE_FILES
          | ProcAbi.CLONE_SIGHAND
          | ProcAbi.CLONE_THREAD;

  private final ConcurrentLinkedQueue<Throwable> thrown = new ConcurrentLinkedQueue<>();
  private final Kernel kernel;

  Run(Kernel kernel) {
    this.kernel = kernel;
  }

  /// Runs `body` on a kernel with one processor.
  static void seeded(Body body) {
    new Run(Kernel.seeded(1)).first(body);
  }

  /// Runs `body` as the first process to its end, and fails as it or a child of it did.
  void first(Body body) {
    int status;
    try {
      status = kernel.run((sys, argv) -> guarded(sys, body));
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    for (Throwable one : thrown) {
      throw new AssertionError("in the kernel: " + one, one);
    }
    assertThat(status).isZero();
  }

  private int guarded(Sys sys, Body body) {
    try {
      body.run(sys);
      return 0;
    } catch (AssertionError | IllegalStateException e) {
      thrown.add(e);
      return 1;
    }
  }

  /// Starts a child; returns its number.
  long fork(Sys sys, Body body) {
    return sys.fork(child -> guarded(child, body));
  }

  /// Starts a thread of the same process.
  long thread(Sys sys, Body body) {
    return sys.clone(THREAD, other -> guarded(other, body));
  }

  // ---- Words of the tests.

  static int[] pipe(Sys sys) {
    int[] fds = new int[2];
    assertThat(sys.pipe2(fds, org.gardenhose.abi.PipeAbi.O_NONBLOCK)).isZero();
    return fds;
  }

  static int[] blockingPipe(Sys sys) {
    int[] fds = new int[2];
    assertThat(sys.pipe(fds)).isZero();
    return fds;
  }

  static long write(Sys sys, int fd, int count) {
    return sys.write(fd, ByteBuffer.allocate(count));
  }

  static long read(Sys sys, int fd, int count) {
    return sys.read(fd, ByteBuffer.allocate(count));
  }

  /// Returns the events of `fd` now.
  static int poll(Sys sys, int fd, int events) {
    PollFd entry = new PollFd(fd, events);
    long count = sys.poll(new PollFd[] {entry}, 0);
    assertThat(count).isEqualTo(entry.revents == 0 ? 0 : 1);
    return entry.revents;
  }

  static int epoll(Sys sys) {
    int fd = (int) sys.epollCreate1(0);
    assertThat(fd).isNotNegative();
    return fd;
  }

  static long add(Sys sys, int epfd, int fd, int events) {
    return sys.epollCtl(epfd, PollAbi.EPOLL_CTL_ADD, fd, new EpollEvent(events, fd));
  }

  static long mod(Sys sys, int epfd, int fd, int events) {
    return sys.epollCtl(epfd, PollAbi.EPOLL_CTL_MOD, fd, new EpollEvent(events, fd));
  }

  static long del(Sys sys, int epfd, int fd) {
    return sys.epollCtl(epfd, PollAbi.EPOLL_CTL_DEL, fd, null);
  }

  /// Returns what is ready now, as `fd:events`.
  static List<String> ready(Sys sys, int epfd) {
    return ready(sys, epfd, 8, 0);
  }

  static List<String> ready(Sys sys, int epfd, int room, int timeout) {
    EpollEvent[] events = new EpollEvent[room];
    long count = sys.epollWait(epfd, events, timeout);
    assertThat(count).isNotNegative();
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      texts.add(events[i].data() + ":" + events[i].events());
    }
    return texts;
  }
}
