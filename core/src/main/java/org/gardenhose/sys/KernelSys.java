package org.gardenhose.sys;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.gardenhose.abi.EpollEvent;
import org.gardenhose.abi.Errno;
import org.gardenhose.abi.PollFd;
import org.gardenhose.abi.SigAction;
import org.gardenhose.abi.Stat;
import org.gardenhose.abi.Sys;
import org.gardenhose.file.Namespace;
import org.gardenhose.proc.Task;
import org.gardenhose.wait.Deadlines;
import org.jspecify.annotations.Nullable;

/// A task's door to its kernel: each call goes to those who know it, and on its return the task
/// sees to its signals and, where tasks take turns, lets others run.
///
/// **Always true.** Only the task's own thread uses it. A call that a signal interrupted is made
/// again if Linux would (signal(7)): with a deadline of its own it goes on, no call here has one
/// that starts anew.
/// **Blocks.** as the calls do
/// **Learned from.** Linux `arch/x86/entry`, `exit_to_user_mode_loop`
final class KernelSys implements Sys {
  private final Kernel kernel;
  private final Namespace tree;
  private final Task task;
  private final boolean takesTurns;

  /// What tells the trace of the task's calls; null if there is none.
  private final @Nullable TracedTask traced;

  KernelSys(Kernel kernel, Task task, @Nullable TracedTask traced) {
    this.kernel = kernel;
    this.tree = kernel.tree();
    this.task = task;
    this.takesTurns = kernel.takesTurns();
    this.traced = traced;
  }

  @Override
  public Map<String, String> environment() {
    return task.proc().environment();
  }

  private long call(LongSupplier body) {
    if (traced != null) {
      return traced.call(task, body, this::again);
    }
    task.enter();
    long result;
    do {
      result = body.getAsLong();
    } while (again(result));
    return result;
  }

  /// Makes a call that no handler restarts (signal(7)).
  private long callOnce(LongSupplier body) {
    if (traced != null) {
      return traced.call(task, body, this::againUnlessHandled);
    }
    task.enter();
    long result;
    do {
      result = body.getAsLong();
    } while (againUnlessHandled(result));
    return result;
  }

  /// Returns to user mode; whether the call is to be made again.
  private boolean again(long result) {
    if (takesTurns) {
      kernel.pause();
    }
    return task.again(result);
  }

  private boolean againUnlessHandled(long result) {
    if (takesTurns) {
      kernel.pause();
    }
    return task.againUnlessHandled(result);
  }

  // ---- Pipes, and moving bytes.

  @Override
  public long pipe2(int @Nullable [] fds, int flags) {
    return call(() -> DescriptorCalls.pipe(task, kernel.pipefs(), fds, flags));
  }

  @Override
  public long read(int fd, @Nullable ByteBuffer memory) {
    if (traced != null) {
      return traced.call(task, () -> FileCalls.read(task, fd, memory), this::again);
    }
    task.enter();
    long result;
    do {
      result = FileCalls.read(task, fd, memory);
    } while (again(result));
    return result;
  }

  @Override
  public long write(int fd, @Nullable ByteBuffer memory) {
    if (traced != null) {
      return traced.call(task, () -> FileCalls.write(task, fd, memory), this::again);
    }
    task.enter();
    long result;
    do {
      result = FileCalls.write(task, fd, memory);
    } while (again(result));
    return result;
  }

  @Override
  public long readv(int fd, @Nullable ByteBuffer @Nullable [] memory) {
    return call(() -> FileCalls.vector(task, fd, memory, -1, 0, false));
  }

  @Override
  public long writev(int fd, @Nullable ByteBuffer @Nullable [] memory) {
    return call(() -> FileCalls.vector(task, fd, memory, -1, 0, true));
  }

  @Override
  public long pread(int fd, @Nullable ByteBuffer memory, long position) {
    return call(() -> FileCalls.positioned(task, fd, memory, position, false));
  }

  @Override
  public long pwrite(int fd, @Nullable ByteBuffer memory, long position) {
    return call(() -> FileCalls.positioned(task, fd, memory, position, true));
  }

  @Override
  public long preadv2(int fd, @Nullable ByteBuffer @Nullable [] memory, long position, int flags) {
    return call(() -> FileCalls.vector(task, fd, memory, position, flags, false));
  }

  @Override
  public long pwritev2(int fd, @Nullable ByteBuffer @Nullable [] memory, long position, int flags) {
    return call(() -> FileCalls.vector(task, fd, memory, position, flags, true));
  }

  // ---- Moving pages.

  @Override
  public long splice(
      int in, long @Nullable [] offIn, int out, long @Nullable [] offOut, long length, int flags) {
    return call(() -> PageCalls.splice(task, in, offIn, out, offOut, length, flags));
  }

  @Override
  public long tee(int in, int out, long length, int flags) {
    return call(() -> PageCalls.tee(task, in, out, length, flags));
  }

  @Override
  public long vmsplice(int fd, @Nullable ByteBuffer @Nullable [] memory, int flags) {
    return call(() -> PageCalls.vmsplice(task, fd, memory, flags));
  }

  @Override
  public long sendfile(int out, int in, long @Nullable [] offset, long count) {
    return call(() -> PageCalls.sendfile(task, out, in, offset, count));
  }

  // ---- Descriptors and open files.

  @Override
  public long close(int fd) {
    return call(() -> task.table().close(fd));
  }

  @Override
  public long dup(int fd) {
    return call(() -> DescriptorCalls.duplicate(task, fd, 0, false));
  }

  @Override
  public long dup2(int fd, int target) {
    return call(() -> DescriptorCalls.dup2(task, fd, target));
  }

  @Override
  public long dup3(int fd, int target, int flags) {
    return call(() -> DescriptorCalls.dup3(task, fd, target, flags));
  }

  @Override
  public long fcntl(int fd, int command, long argument) {
    return call(() -> DescriptorCalls.control(task, kernel, fd, command, argument));
  }

  @Override
  public long ioctl(int fd, long request, int @Nullable [] argument) {
    return call(() -> DescriptorCalls.device(task, fd, request, argument));
  }

  @Override
  public long fstat(int fd, Stat @Nullable [] stat) {
    return call(() -> FileCalls.stat(task, fd, stat));
  }

  @Override
  public long lseek(int fd, long offset, int whence) {
    return call(() -> FileCalls.seek(task, fd, offset, whence));
  }

  @Override
  public long ftruncate(int fd, long length) {
    return call(() -> FileCalls.truncate(task, fd, length));
  }

  @Override
  public long fsync(int fd) {
    return call(() -> FileCalls.sync(task, fd));
  }

  @Override
  public long fchmod(int fd, int mode) {
    return call(() -> FileCalls.chmod(task, fd, mode));
  }

  @Override
  public long fchown(int fd, int uid, int gid) {
    return call(() -> FileCalls.chown(task, fd, uid, gid));
  }

  // ---- Names.

  @Override
  public long open(@Nullable String path, int flags, int mode) {
    return call(() -> NameCalls.open(task, tree, path, flags, mode));
  }

  @Override
  public long mknod(@Nullable String path, int mode, long device) {
    return call(() -> NameCalls.mknod(task, tree, path, mode));
  }

  @Override
  public long mkdir(@Nullable String path, int mode) {
    return call(() -> NameCalls.mkdir(task, tree, path, mode));
  }

  @Override
  public long unlink(@Nullable String path) {
    return call(() -> NameCalls.unlink(task, tree, path));
  }

  @Override
  public long rmdir(@Nullable String path) {
    return call(() -> NameCalls.rmdir(task, tree, path));
  }

  @Override
  public long link(@Nullable String path, @Nullable String another) {
    return call(() -> NameCalls.link(task, tree, path, another));
  }

  @Override
  public long rename(@Nullable String path, @Nullable String another) {
    return call(() -> NameCalls.rename(task, tree, path, another));
  }

  @Override
  public long stat(@Nullable String path, Stat @Nullable [] stat) {
    return call(() -> NameCalls.stat(task, tree, path, stat, true));
  }

  @Override
  public long lstat(@Nullable String path, Stat @Nullable [] stat) {
    return call(() -> NameCalls.stat(task, tree, path, stat, false));
  }

  @Override
  public long readlink(@Nullable String path, @Nullable ByteBuffer memory) {
    return call(() -> NameCalls.readlink(task, tree, path, memory));
  }

  @Override
  public long truncate(@Nullable String path, long length) {
    return call(() -> NameCalls.truncate(task, tree, path, length));
  }

  @Override
  public long getdents(int fd, @Nullable ByteBuffer memory) {
    return call(() -> NameCalls.getdents(task, fd, memory));
  }

  @Override
  public long chdir(@Nullable String path) {
    return call(() -> NameCalls.chdir(task, tree, path));
  }

  @Override
  public long getcwd(String @Nullable [] path) {
    return call(() -> NameCalls.getcwd(task, tree, path));
  }

  // ---- Waiting for one of several.

  @Override
  public long poll(PollFd @Nullable [] fds, int timeoutMillis) {
    long deadline = PollWait.deadline(task.scheduler(), timeoutMillis);
    return callOnce(() -> PollCalls.poll(task, fds, deadline));
  }

  @Override
  public long select(
      int count,
      long @Nullable [] readable,
      long @Nullable [] writable,
      long @Nullable [] exceptional,
      long timeoutNanos) {
    long deadline = PollWait.deadlineNanos(task.scheduler(), timeoutNanos);
    return callOnce(() -> PollCalls.select(task, count, readable, writable, exceptional, deadline));
  }

  @Override
  public long epollCreate1(int flags) {
    return call(() -> EpollCalls.create(task, kernel, flags));
  }

  @Override
  public long epollCtl(int epfd, int operation, int fd, @Nullable EpollEvent event) {
    return call(() -> EpollCalls.control(task, epfd, operation, fd, event));
  }

  @Override
  public long epollWait(int epfd, EpollEvent @Nullable [] events, int timeoutMillis) {
    long deadline = PollWait.deadline(task.scheduler(), timeoutMillis);
    return callOnce(() -> EpollCalls.await(task, epfd, events, deadline));
  }

  // ---- Processes.

  @Override
  public long fork(Child child) {
    return call(() -> ProcCalls.clone(task, kernel, 0, child));
  }

  @Override
  public long clone(int flags, Child child) {
    return call(() -> ProcCalls.clone(task, kernel, flags, child));
  }

  @Override
  public long execve(@Nullable String path, List<String> argv, Map<String, String> environment) {
    return call(() -> ProcCalls.exec(task, tree, path, argv, environment));
  }

  @Override
  public long wait4(long pid, int @Nullable [] status, int options) {
    return call(() -> ProcCalls.await(task, kernel, pid, status, options));
  }

  @Override
  public long getpid() {
    return call(() -> task.proc().pid());
  }

  @Override
  public long getppid() {
    return call(() -> ProcCalls.parent(task));
  }

  @Override
  public long gettid() {
    return call(() -> task.tid());
  }

  @Override
  public long getpgid(long pid) {
    return call(() -> ProcCalls.group(task, kernel, pid));
  }

  @Override
  public long setpgid(long pid, long group) {
    return call(() -> ProcCalls.setGroup(task, kernel, pid, group));
  }

  // ---- Signals.

  @Override
  public long kill(long pid, int signal) {
    return call(() -> ProcCalls.kill(task, kernel, pid, signal));
  }

  @Override
  public long tgkill(long pid, long tid, int signal) {
    return call(() -> ProcCalls.killThread(kernel, pid, tid, signal));
  }

  @Override
  public long sigaction(int signal, @Nullable SigAction action, SigAction @Nullable [] old) {
    return call(() -> ProcCalls.action(task, signal, action, old));
  }

  @Override
  public long sigprocmask(int how, long @Nullable [] set, long @Nullable [] old) {
    return call(() -> ProcCalls.mask(task, how, set, old));
  }

  @Override
  public long sigpending(long @Nullable [] set) {
    return call(() -> ProcCalls.pending(task, set));
  }

  @Override
  public long sigsuspend(long mask) {
    return callOnce(() -> ProcCalls.suspend(task, mask));
  }

  @Override
  public long pause() {
    return callOnce(() -> task.sleepUntil(Deadlines.NEVER));
  }

  @Override
  public long setitimer(long nanos) {
    return call(() -> ProcCalls.alarm(task, nanos));
  }

  @Override
  public long nanosleep(long nanos) {
    if (nanos < 0) {
      return Errno.EINVAL.result();
    }
    // A sleep that goes on after a stop goes on with what is left of it.
    long deadline = PollWait.deadlineNanos(task.scheduler(), nanos);
    return callOnce(() -> task.sleepUntil(deadline));
  }

  // ---- The rest.

  @Override
  public long schedYield() {
    return call(() -> ProcCalls.yield(task));
  }

  @Override
  public long prlimit(int resource, long @Nullable [] limit, long @Nullable [] old) {
    return call(() -> ProcCalls.limit(task, resource, limit, old));
  }

  @Override
  public void exit(int status) {
    task.exit(status);
  }

  @Override
  public int umask(int mask) {
    return (int) call(() -> ProcCalls.umask(task, mask));
  }
}
