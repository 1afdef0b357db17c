package org.gardenhose.spec.scenario;

import java.nio.ByteBuffer;
import org.gardenhose.abi.FileAbi;
import org.gardenhose.abi.Stat;

/// Words of the scenarios in which files have names, or pages are passed.
final class FileWords {
  /// A page, which is what a slot holds.
  static final int PAGE = 4096;

  /// What a new pipe holds.
  static final int FULL = 65536;

  private FileWords() {}

  /// Makes a FIFO and returns its name.
  static String fifo(Stage on) {
    on.expect("mkfifo", on.sys().mkfifo("/fifo", 0600)).returns(0);
    return "/fifo";
  }

  /// Opens what must open.
  static int open(Stage on, String path, int flags) {
    return (int) on.expect("open(" + path + ")", on.sys().open(path, flags, 0644)).succeeds();
  }

  /// Opens what may not open.
  static Outcome opening(Stage on, String path, int flags) {
    return on.expect("open(" + path + ")", on.sys().open(path, flags, 0644));
  }

  /// Opens the file that `fd` means anew.
  static int reopen(Stage on, int fd, int flags) {
    return open(on, "/proc/self/fd/" + fd, flags);
  }

  /// Makes a file of this text and returns a descriptor to read and write it, at its beginning.
  static int file(Stage on, String path, String text) {
    int fd = open(on, path, FileAbi.O_CREAT | FileAbi.O_RDWR);
    on.write(fd, text).returns(text.length());
    on.expect("lseek", on.sys().lseek(fd, 0, FileAbi.SEEK_SET)).returns(0);
    return fd;
  }

  /// Returns where the file stands.
  static long position(Stage on, int fd) {
    return on.expect("lseek", on.sys().lseek(fd, 0, FileAbi.SEEK_CUR)).succeeds();
  }

  /// Returns what is known of the file.
  static Stat stat(Stage on, int fd) {
    Stat[] stat = new Stat[1];
    on.expect("fstat", on.sys().fstat(fd, stat)).returns(0);
    return stat[0];
  }

  /// Splices without offsets and flags.
  static Outcome splice(Stage on, int in, int out, long length) {
    return on.expect("splice", on.sys().splice(in, null, out, null, length, 0));
  }

  /// Duplicates without flags.
  static Outcome tee(Stage on, int in, int out, long length) {
    return on.expect("tee", on.sys().tee(in, out, length, 0));
  }

  /// Passes memory without flags.
  static Outcome vmsplice(Stage on, int fd, ByteBuffer... memory) {
    return on.expect("vmsplice", on.sys().vmsplice(fd, memory, 0));
  }

  /// Fills a pipe that does not wait with a page a slot; returns how many slots were free.
  static int fill(Stage on, int fd) {
    int slots = 0;
    while (on.sys().write(fd, memory(PAGE)) == PAGE) {
      slots++;
    }
    return slots;
  }

  /// Returns memory of `count` bytes that begins where a page does.
  static ByteBuffer memory(int count) {
    return ByteBuffer.allocate(count);
  }
}
