package org.gardenhose.sys;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicReference;
import org.gardenhose.abi.Errno;
import org.gardenhose.abi.FileAbi;
import org.gardenhose.abi.Stat;
import org.gardenhose.abi.Sys;

/// A first process that makes the calls of a test, with words for what they come to.
final class FileScene {
  final Sys sys;

  FileScene(Sys sys) {
    this.sys = sys;
  }

  /// What a test does as the first process.
  @FunctionalInterface
  interface Body {
    void run(FileScene scene) throws Exception;
  }

  /// Runs the test on a kernel with one processor.
  static void play(Body body) {
    play(Kernel.seeded(1), body);
  }

  /// Runs the test on `kernel`; what it throws is thrown here.
  static void play(Kernel kernel, Body body) {
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    try {
      kernel.run(
          (sys, _) -> {
            try {
              body.run(new FileScene(sys));
            } catch (AssertionError | Exception e) {
              thrown.set(e);
            }
            return 0;
          });
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    if (thrown.get() != null) {
      throw new AssertionError(thrown.get().getMessage(), thrown.get());
    }
  }

  /// Returns the name of the errno, or the number if it is none.
  static String named(long result) {
    return result < 0 ? Errno.of(result).name() : Long.toString(result);
  }

  String open(String path, int flags) {
    return named(sys.open(path, flags, 0644));
  }

  /// Opens what must open.
  int fd(String path, int flags) {
    long fd = sys.open(path, flags, 0644);
    if (fd < 0) {
      throw new AssertionError("open(" + path + ") came to " + named(fd));
    }
    return (int) fd;
  }

  /// Makes a file with this text and returns a descriptor to read and write it.
  int file(String path, String text) {
    int fd = fd(path, FileAbi.O_CREAT | FileAbi.O_RDWR);
    write(fd, text);
    return fd;
  }

  long write(int fd, String text) {
    return sys.write(fd, bytes(text));
  }

  static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
  }

  /// Reads at most 64 KiB and returns the text, or the name of the errno.
  String read(int fd) {
    ByteBuffer memory = ByteBuffer.allocate(1 << 16);
    long result = sys.read(fd, memory);
    return result < 0 ? named(result) : text(memory);
  }

  String pread(int fd, long position, int count) {
    ByteBuffer memory = ByteBuffer.allocate(count);
    long result = sys.pread(fd, memory, position);
    return result < 0 ? named(result) : text(memory);
  }

  static String text(ByteBuffer memory) {
    return new String(memory.array(), 0, memory.position(), StandardCharsets.UTF_8);
  }

  String readlink(String path) {
    ByteBuffer memory = ByteBuffer.allocate(4096);
    long result = sys.readlink(path, memory);
    return result < 0 ? named(result) : text(memory);
  }

  Stat stat(String path) {
    Stat[] stat = new Stat[1];
    long result = sys.stat(path, stat);
    if (result < 0) {
      throw new AssertionError("stat(" + path + ") came to " + named(result));
    }
    return stat[0];
  }

  Stat fstat(int fd) {
    Stat[] stat = new Stat[1];
    sys.fstat(fd, stat);
    return stat[0];
  }

  int[] pipe() {
    int[] ends = new int[2];
    sys.pipe(ends);
    return ends;
  }

  /// Runs `body` in a child and returns its number.
  long fork(Body body) {
    return sys.fork(
        child -> {
          try {
            body.run(new FileScene(child));
            return 0;
          } catch (Exception e) {
            return 1;
          }
        });
  }

  /// Waits for a child; returns the status word.
  int await() {
    int[] status = new int[1];
    sys.wait(status);
    return status[0];
  }
}
