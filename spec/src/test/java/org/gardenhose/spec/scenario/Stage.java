package org.gardenhose.spec.scenario;

import static org.gardenhose.abi.PipeAbi.O_NONBLOCK;
import static org.gardenhose.abi.ProcAbi.CLONE_FILES;
import static org.gardenhose.abi.ProcAbi.CLONE_FS;
import static org.gardenhose.abi.ProcAbi.CLONE_SIGHAND;
import static org.gardenhose.abi.ProcAbi.CLONE_THREAD;
import static org.gardenhose.abi.ProcAbi.CLONE_VM;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;
import org.gardenhose.abi.Errno;
import org.gardenhose.abi.FileAbi;
import org.gardenhose.abi.PipeAbi;
import org.gardenhose.abi.PollFd;
import org.gardenhose.abi.Program;
import org.gardenhose.abi.SigAction;
import org.gardenhose.abi.Signal;
import org.gardenhose.abi.Sys;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/// Where a scenario plays: a process's door to a kernel, with what every scenario needs.
///
/// Calls that block are made by other threads or processes; that one blocks is known from the
/// kernel and not waited for.
public final class Stage {
  /// Stands in for a stage outside of a kernel; nobody calls it.
  static final Stage OUTSIDE = new Stage();

  private final Subject subject;
  private final Sys sys;
  private final List<Call> calls = new ArrayList<>();

  Stage(Subject subject, Sys sys) {
    this.subject = subject;
    this.sys = sys;
  }

  @SuppressWarnings("NullAway") // Never used: the method runs with another one.
  private Stage() {
    subject = null;
    sys = null;
  }

  /// Returns the process's calls.
  public Sys sys() {
    return sys;
  }

  Subject subject() {
    return subject;
  }

  // ---- Claims.

  /// Begins a claim on what a call came to.
  public Outcome expect(String call, long result) {
    return new Outcome(call, result);
  }

  /// Ends the scenario here if the limits on ordinary users do not hold for the process.
  public void assumeOrdinaryUser() {
    Assumptions.assumeTrue(subject.ordinaryUser(), "the process may go beyond every limit");
  }

  /// Makes `program` what the file at `path` is, or ends the scenario here.
  public void install(String path, Program program) {
    Assumptions.assumeTrue(subject.install(path, program), "this kernel runs no Java programs");
  }

  // ---- Files.

  /// Opens `path` and returns the descriptor.
  public int open(String path, int flags) {
    return (int) expect("open(\"" + path + "\")", sys.open(path, flags)).succeeds();
  }

  /// Makes a FIFO in the working directory and returns its path.
  public String fifo() {
    String path = "fifo";
    expect("mkfifo", sys.mkfifo(path, 0600)).returns(0);
    return path;
  }

  // ---- Pipes.

  /// Makes a pipe with these flags.
  public int[] pipe(int flags) {
    int[] fds = new int[2];
    expect("pipe2", sys.pipe2(fds, flags)).returns(0);
    return fds;
  }

  /// Makes a pipe.
  public int[] pipe() {
    return pipe(0);
  }

  /// Writes `count` bytes in one call.
  public Outcome write(int fd, int count) {
    return expect("write(%d, .., %d)".formatted(fd, count), sys.write(fd, bytes(count)));
  }

  /// Writes these bytes in one call.
  public Outcome write(int fd, String text) {
    return expect("write(%d, \"%s\")".formatted(fd, text), sys.write(fd, bytes(text)));
  }

  /// Reads up to `count` bytes in one call.
  public Outcome read(int fd, int count) {
    ByteBuffer memory = ByteBuffer.allocate(count);
    return expect("read(%d, .., %d)".formatted(fd, count), sys.read(fd, memory));
  }

  /// Reads up to `count` bytes in one call and returns them, or the error's name.
  public String text(int fd, int count) {
    ByteBuffer memory = ByteBuffer.allocate(count);
    long result = sys.read(fd, memory);
    return result < 0 ? Errno.of(result).name() : text(memory.flip());
  }

  /// Writes what these buffers have in one call; null is one byte that nobody has mapped.
  public Outcome writev(int fd, @Nullable ByteBuffer... memory) {
    return expect("writev(%d, .., %d)".formatted(fd, memory.length), sys.writev(fd, memory));
  }

  /// Reads into these buffers in one call; null is one byte that nobody has mapped.
  public Outcome readv(int fd, @Nullable ByteBuffer... memory) {
    return expect("readv(%d, .., %d)".formatted(fd, memory.length), sys.readv(fd, memory));
  }

  /// Moves up to `count` bytes from one pipe to another, without waiting.
  public Outcome splice(int in, int out, int count) {
    String call = "splice(%d, %d, %d)".formatted(in, out, count);
    return expect(call, sys.splice(in, null, out, null, count, FileAbi.SPLICE_F_NONBLOCK));
  }

  /// Shares up to `count` bytes of one pipe with another, without waiting.
  public Outcome tee(int in, int out, int count) {
    String call = "tee(%d, %d, %d)".formatted(in, out, count);
    return expect(call, sys.tee(in, out, count, FileAbi.SPLICE_F_NONBLOCK));
  }

  /// Returns the capacity in bytes (`F_GETPIPE_SZ`).
  public long size(int fd) {
    return expect("F_GETPIPE_SZ", sys.fcntl(fd, FileAbi.F_GETPIPE_SZ, 0)).succeeds();
  }

  /// Changes the capacity (`F_SETPIPE_SZ`).
  public Outcome resize(int fd, long bytes) {
    String call = "fcntl(%d, F_SETPIPE_SZ, %d)".formatted(fd, bytes);
    return expect(call, sys.fcntl(fd, FileAbi.F_SETPIPE_SZ, bytes));
  }

  /// Makes a pipe of one slot, whose calls do not wait.
  public int[] slot() {
    int[] fds = pipe(O_NONBLOCK);
    resize(fds[1], PipeAbi.PAGE_SIZE).returns(PipeAbi.PAGE_SIZE);
    return fds;
  }

  /// Returns what is in the pipe (`FIONREAD`).
  public int available(int fd) {
    int[] bytes = new int[1];
    expect("ioctl FIONREAD", sys.ioctl(fd, FileAbi.FIONREAD, bytes)).returns(0);
    return bytes[0];
  }

  /// Returns what poll says of `fd` at once when asked for `events`.
  public int poll(int fd, int events) {
    PollFd asked = new PollFd(fd, events);
    expect("poll", sys.poll(new PollFd[] {asked}, 0)).succeeds();
    return asked.revents;
  }

  /// Closes `fd`.
  public void close(int fd) {
    expect("close(" + fd + ")", sys.close(fd)).returns(0);
  }

  /// Makes `fd` one whose calls do not wait.
  public void nonBlocking(int fd) {
    long flags = expect("F_GETFL", sys.fcntl(fd, FileAbi.F_GETFL, 0)).succeeds();
    expect("F_SETFL", sys.fcntl(fd, FileAbi.F_SETFL, flags | O_NONBLOCK)).returns(0);
  }

  /// Replaces the flags that can change (`F_SETFL`).
  public void flags(int fd, int flags) {
    expect("F_SETFL", sys.fcntl(fd, FileAbi.F_SETFL, flags)).returns(0);
  }

  // ---- Signals.

  /// Has `signal` counted from now on instead of what it would do.
  public int[] count(Signal signal, int flags) {
    int[] count = new int[1];
    expect(
            "sigaction",
            sys.sigaction(signal.number(), SigAction.handler(_ -> count[0]++, flags), null))
        .returns(0);
    return count;
  }

  // ---- Others who act.

  /// Has another thread of the process make a call.
  public Call thread(String name, ToLongFunction<Sys> body) {
    Call call = new Call(this, name);
    int flags = CLONE_VM | CLONE_FS | CLONE_FILES | CLONE_SIGHAND | CLONE_THREAD;
    calls.add(call);
    call.started(sys.clone(flags, s -> call.make(s, body)));
    return call;
  }

  /// Has another thread write `count` bytes in one call.
  public Call writing(int fd, int count) {
    return thread("write(%d, .., %d)".formatted(fd, count), s -> s.write(fd, bytes(count)));
  }

  /// Has another thread read up to `count` bytes in one call.
  public Call reading(int fd, int count) {
    String call = "read(%d, .., %d)".formatted(fd, count);
    return thread(call, s -> s.read(fd, ByteBuffer.allocate(count)));
  }

  /// Has a child make a call, and then end.
  public Call child(String name, ToLongFunction<Sys> body) {
    Call call = new Call(this, name);
    calls.add(call);
    call.started(sys.fork(s -> call.make(s, body)));
    return call;
  }

  /// Lets others run until each of them has come to an end or is asleep.
  public void settle() {
    while (!calls.stream().allMatch(Call::settled)) {
      sys.schedYield();
    }
  }

  // ---- Bytes.

  /// Returns `count` bytes that count up.
  public static ByteBuffer bytes(int count) {
    ByteBuffer memory = ByteBuffer.allocate(count);
    for (int i = 0; i < count; i++) {
      memory.put(i, (byte) i);
    }
    return memory;
  }

  /// Returns the bytes of an ASCII text.
  public static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  /// Returns the remaining bytes as text.
  public static String text(ByteBuffer memory) {
    return StandardCharsets.ISO_8859_1.decode(memory.duplicate()).toString();
  }
}
