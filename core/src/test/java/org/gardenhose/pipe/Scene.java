package org.gardenhose.pipe;

import static org.gardenhose.abi.PipeAbi.PAGE_SIZE;

import java.nio.charset.StandardCharsets;
import java.util.function.LongSupplier;
import org.gardenhose.abi.Errno;
import org.gardenhose.abi.PipeAbi;
import org.gardenhose.ring.Ring;
import org.gardenhose.wait.Deadlines;
import org.gardenhose.wait.Uniprocessor;

/// A pipe with a reader and a writer on a machine with one processor.
///
/// The test itself makes calls that do not wait, and has tasks make those that may: when a task has
/// been started or disturbed the machine runs until nobody can go on, so that "is blocked" is known
/// and not waited for.
final class Scene {
  static final long EAGAIN = Errno.EAGAIN.result();
  static final long EPIPE = Errno.EPIPE.result();
  static final long EBUSY = Errno.EBUSY.result();
  static final long EINVAL = Errno.EINVAL.result();
  static final long EPERM = Errno.EPERM.result();

  final Uniprocessor machine;
  final KernelPipe pipe;
  final End reader;
  final End writer;
  private long sequence;

  private Scene(Uniprocessor machine, KernelPipe pipe) {
    this.machine = machine;
    this.pipe = pipe;
    this.reader = End.open(pipe, false);
    this.writer = End.open(pipe, true);
  }

  /// A default pipe: 16 slots.
  static Scene open() {
    return open(PipeAbi.PIPE_DEF_BUFFERS);
  }

  static Scene open(int slots) {
    Uniprocessor machine = new Uniprocessor(1);
    return new Scene(machine, new KernelPipe(machine, slots));
  }

  /// Another pipe on the same machine.
  Scene another(int slots) {
    return new Scene(machine, new KernelPipe(machine, slots));
  }

  // ---- Calls that do not wait.

  long write(int count) {
    return write(next(count));
  }

  long write(byte[] bytes) {
    return settled(pipe.write(writer, bytes, 0, bytes.length, Deadlines.NOW));
  }

  long write(String text) {
    return write(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  /// Writes as one packet for each page.
  long packet(String text) {
    writer.setFlag(PipeAbi.O_DIRECT, true);
    long result = write(text);
    writer.setFlag(PipeAbi.O_DIRECT, false);
    return result;
  }

  long packet(int count) {
    return packet("p".repeat(count));
  }

  long read(int count) {
    return settled(pipe.read(reader, new byte[count], 0, count, Deadlines.NOW));
  }

  /// Reads and returns the bytes as text, or the name of what the call failed with.
  String text(int count) {
    byte[] bytes = new byte[count];
    long n = settled(pipe.read(reader, bytes, 0, count, Deadlines.NOW));
    return n < 0 ? Errno.of(n).name() : new String(bytes, 0, (int) n, StandardCharsets.ISO_8859_1);
  }

  /// Moves at most `count` bytes to the pipe of `out`.
  long splice(Scene out, long count) {
    return settled(pipe.splice(reader, out.writer, count, Deadlines.NOW));
  }

  long tee(Scene out, long count) {
    return settled(pipe.tee(reader, out.writer, count, Deadlines.NOW));
  }

  /// Gives away `count` bytes that begin `offset` bytes behind a page's start.
  long gift(int offset, int count) {
    return settled(pipe.gift(writer, new byte[offset + count], offset, count, Deadlines.NOW));
  }

  long resize(long bytes) {
    return settled(pipe.resize(bytes, PipeAbi.PIPE_MAX_SIZE));
  }

  void closeReader() {
    pipe.close(false);
    machine.settle();
  }

  void closeWriter() {
    pipe.close(true);
    machine.settle();
  }

  /// Fills every free slot to the last byte.
  Scene fill() {
    while (write(PAGE_SIZE) > 0) {
      invariants();
    }
    return this;
  }

  int pollRead() {
    return pipe.poll(false);
  }

  int pollWrite() {
    return pipe.poll(true);
  }

  long available() {
    return pipe.available();
  }

  int occupancy() {
    return pipe.occupancy();
  }

  void invariants() {
    Ring ring = pipe.ringOrNull();
    if (ring != null) {
      ring.invariants();
    }
  }

  private long settled(long result) {
    invariants();
    machine.settle();
    return result;
  }

  private byte[] next(int count) {
    byte[] bytes = Bytes.from(sequence, count);
    sequence += count;
    return bytes;
  }

  // ---- Calls that may wait.

  Call start(String name, LongSupplier call) {
    return new Call(machine, name, call);
  }

  Call writing(String name, int count) {
    return writing(name, count, Deadlines.NEVER);
  }

  Call writing(String name, int count, long deadline) {
    byte[] bytes = next(count);
    return start(name, () -> pipe.write(writer, bytes, 0, count, deadline));
  }

  Call reading(String name, int count) {
    return reading(name, count, Deadlines.NEVER);
  }

  Call reading(String name, int count, long deadline) {
    return start(name, () -> pipe.read(reader, new byte[count], 0, count, deadline));
  }
}
