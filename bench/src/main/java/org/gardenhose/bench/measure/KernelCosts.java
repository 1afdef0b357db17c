package org.gardenhose.bench.measure;

import java.nio.ByteBuffer;
import java.util.concurrent.CountDownLatch;
import org.gardenhose.Pipe;
import org.gardenhose.abi.FileAbi;
import org.gardenhose.abi.Sys;
import org.gardenhose.sys.Kernel;

/// What the kernel around the pipe costs: a call through a descriptor beside the bare pipe's, a
/// process made and waited for, many blocked processes, a file passed on by splice beside one that
/// is copied.
final class KernelCosts {
  /// Calls between two looks at the clock.
  private static final int BURST = 256;

  private static final int BUFFER = 1 << 16;

  /// Larger than a processor's nearest caches, as a file that is copied is.
  private static final int FILE_BYTES = 64 << 20;

  /// A process or a copied file goes through so much code that the compiler needs this many times
  /// longer for it.
  private static final int SLOW_TO_WARM = 10;

  private KernelCosts() {}

  /// Something to repeat in a process of a kernel.
  private interface Work {
    void run(Sys sys) throws Exception;
  }

  /// Returns how many runs a second.
  private static double repeat(Sys sys, int burst, long nanos, Work work) throws Exception {
    long began = Stopwatch.nanos();
    long spent = 0;
    long runs = 0;
    while (spent < nanos) {
      for (int i = 0; i < burst; i++) {
        work.run(sys);
      }
      runs += burst;
      spent = Stopwatch.nanos() - began;
    }
    return runs / (spent / 1e9);
  }

  /// Measures in the first process of a kernel of its own, and prints from there.
  private static void inKernel(Work work) throws Exception {
    Exception[] failure = new Exception[1];
    int status =
        Kernel.parallel()
            .run(
                (sys, _) -> {
                  try {
                    work.run(sys);
                  } catch (Exception e) {
                    failure[0] = e;
                  }
                  return 0;
                });
    if (failure[0] != null || status != 0) {
      throw new IllegalStateException("the measured process failed", failure[0]);
    }
  }

  private static void require(long expected, long result) {
    if (result != expected) {
      throw new IllegalStateException("a call came to " + result + " instead of " + expected);
    }
  }

  /// Writes and reads `chunk` bytes, by turns, through descriptors.
  static void calls(Windows windows, int chunk) throws Exception {
    inKernel(
        sys -> {
          int[] fds = new int[2];
          require(0, sys.pipe(fds));
          ByteBuffer memory = ByteBuffer.allocate(chunk);
          double rate =
              windows.median(
                  nanos ->
                      repeat(
                          sys,
                          BURST,
                          nanos,
                          door -> {
                            require(chunk, door.write(fds[1], memory.clear()));
                            require(chunk, door.read(fds[0], memory.clear()));
                          }));
          Measure.print("sys.calls." + chunk, 1e9 / rate, "ns");
        });
  }

  /// The same on the bare pipe, on a virtual thread as well.
  static void bare(Windows windows, int chunk) throws Exception {
    inKernel(
        sys -> {
          Pipe pipe = Pipe.open();
          ByteBuffer memory = ByteBuffer.allocate(chunk);
          double rate =
              windows.median(
                  nanos ->
                      repeat(
                          sys,
                          BURST,
                          nanos,
                          _ -> {
                            require(chunk, pipe.writeEnd().write(memory.clear()));
                            require(chunk, pipe.readEnd().read(memory.clear()));
                          }));
          Measure.print("sys.bare." + chunk, 1e9 / rate, "ns");
        });
  }

  private static Windows slowly(Windows windows) {
    return windows.warm(SLOW_TO_WARM * windows.warmNanos());
  }

  /// Makes a process that ends at once, and waits for it.
  static void fork(Windows windows) throws Exception {
    inKernel(
        sys -> {
          int[] word = new int[1];
          double rate =
              slowly(windows)
                  .median(
                      nanos ->
                          repeat(
                              sys,
                              BURST,
                              nanos,
                              door -> {
                                long pid = door.fork(_ -> 0);
                                require(pid, door.wait4(pid, word, 0));
                              }));
          Measure.print("sys.fork", 1e9 / rate, "ns");
        });
  }

  /// Blocks `count` processes, each in a read of a pipe of its own.
  static void blocked(int count) throws Exception {
    long before = Footprint.usedHeap();
    Kernel kernel = Kernel.parallel();
    CountDownLatch forked = new CountDownLatch(1);
    Thread first =
        Thread.startVirtualThread(
            () -> {
              try {
                kernel.run((sys, _) -> forkReaders(sys, count, forked));
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
            });
    forked.await();
    while (kernel.waits().size() < count) {
      Thread.yield();
    }
    double each = (Footprint.usedHeap() - before) / (double) count;
    Measure.print("sys.blocked.bytes", each, "B");
    Measure.print("sys.blocked.count", count, "processes");
    kernel.close();
    first.join();
  }

  private static int forkReaders(Sys sys, int count, CountDownLatch forked) {
    for (int i = 0; i < count; i++) {
      int[] fds = new int[2];
      require(0, sys.pipe(fds));
      sys.fork(child -> (int) child.read(fds[0], ByteBuffer.allocate(1)));
      require(0, sys.close(fds[0]));
      // The child holds the write end itself: nothing will ever come.
      require(0, sys.close(fds[1]));
    }
    forked.countDown();
    while (sys.wait(null) > 0) {
      // They only end with the kernel.
    }
    return 0;
  }

  /// Copies a large file by splice through a pipe.
  static void splice(Windows windows) throws Exception {
    inKernel(
        sys -> {
          int in = file(sys);
          int[] fds = new int[2];
          require(0, sys.pipe(fds));
          double rate =
              slowly(windows)
                  .median(
                      nanos ->
                          repeat(
                              sys,
                              1,
                              nanos,
                              door -> {
                                int out = fresh(door);
                                require(0, door.lseek(in, 0, FileAbi.SEEK_SET));
                                for (long left = FILE_BYTES; left > 0; ) {
                                  long n = door.splice(in, null, fds[1], null, left, 0);
                                  require(n, door.splice(fds[0], null, out, null, n, 0));
                                  left -= n;
                                }
                                require(0, door.close(out));
                              }));
          Measure.print("sys.copy.splice", rate * FILE_BYTES / Transfer.MIB, "MiB/s");
        });
  }

  /// Copies it by read and write through an array of 64 KiB.
  static void copy(Windows windows) throws Exception {
    inKernel(
        sys -> {
          int in = file(sys);
          ByteBuffer memory = ByteBuffer.allocate(BUFFER);
          double rate =
              slowly(windows)
                  .median(
                      nanos ->
                          repeat(
                              sys,
                              1,
                              nanos,
                              door -> {
                                int out = fresh(door);
                                require(0, door.lseek(in, 0, FileAbi.SEEK_SET));
                                for (long left = FILE_BYTES; left > 0; left -= BUFFER) {
                                  require(BUFFER, door.read(in, memory.clear()));
                                  require(BUFFER, door.write(out, memory.flip()));
                                }
                                require(0, door.close(out));
                              }));
          Measure.print("sys.copy.array", rate * FILE_BYTES / Transfer.MIB, "MiB/s");
        });
  }

  private static int file(Sys sys) {
    int fd = (int) sys.open("/large", FileAbi.O_RDWR | FileAbi.O_CREAT, 0600);
    ByteBuffer memory = ByteBuffer.wrap(Pattern.chunk(BUFFER));
    for (int left = FILE_BYTES; left > 0; left -= BUFFER) {
      require(BUFFER, sys.write(fd, memory.clear()));
    }
    return fd;
  }

  private static int fresh(Sys sys) {
    return (int) sys.open("/copy", FileAbi.O_WRONLY | FileAbi.O_CREAT | FileAbi.O_TRUNC, 0600);
  }
}
