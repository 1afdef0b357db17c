package org.gardenhose.sys;

import static org.gardenhose.transcript.Argument.of;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;
import org.gardenhose.abi.EpollEvent;
import org.gardenhose.abi.FileAbi;
import org.gardenhose.abi.PollFd;
import org.gardenhose.abi.Stat;
import org.gardenhose.abi.Sys;
import org.gardenhose.abi.SystemCalls;
import org.gardenhose.transcript.Argument;
import org.gardenhose.transcript.Result;
import org.jspecify.annotations.Nullable;

/// The calls on files and descriptors, announced to a trace with their names and arguments before
/// they are made.
///
/// **Always true.** What C gets by reference and the call fills is shown when it returns, as strace
/// does, and everything else when it is entered.
abstract sealed class TracedFiles implements SystemCalls permits TracedSys {
  final Sys sys;
  final TracedTask traced;
  final TracedValues values;

  TracedFiles(Sys sys, TracedTask traced) {
    this.sys = sys;
    this.traced = traced;
    this.values = new TracedValues(traced);
  }

  /// Returns whether the trace shows calls of this name.
  final boolean shows(String name) {
    return traced.options().shows(name);
  }

  /// Announces a call on a descriptor, all of whose arguments are numbers.
  private void plain(String name, int fd, Argument... others) {
    if (shows(name)) {
      Argument[] all = new Argument[others.length + 1];
      all[0] = values.fd(fd);
      System.arraycopy(others, 0, all, 1, others.length);
      traced.announce(name, all);
    }
  }

  /// Announces a call that makes a descriptor.
  private void making(String name, Argument... arguments) {
    if (shows(name)) {
      traced.announce(name, arguments).result(values::made);
    }
  }

  // ---- Pipes.

  @Override
  public final long pipe(int @Nullable [] fds) {
    if (shows("pipe")) {
      traced.announce("pipe").then(result -> List.of(values.pair(fds, result)));
    }
    return sys.pipe2(fds, 0);
  }

  @Override
  public final long pipe2(int @Nullable [] fds, int flags) {
    if (shows("pipe2")) {
      traced
          .announce("pipe2")
          .then(result -> List.of(values.pair(fds, result), TracedFlags.pipe(flags)));
    }
    return sys.pipe2(fds, flags);
  }

  // ---- Moving bytes.

  @Override
  public final long read(int fd, @Nullable ByteBuffer memory) {
    if (shows("read")) {
      TracedValues.Room room = TracedValues.room(memory);
      traced
          .announce("read", values.fd(fd))
          .then(result -> List.of(values.filled(room, result), room.length()));
    }
    return sys.read(fd, memory);
  }

  @Override
  public final long write(int fd, @Nullable ByteBuffer memory) {
    plain("write", fd, values.full(memory), TracedValues.room(memory).length());
    return sys.write(fd, memory);
  }

  @Override
  public final long readv(int fd, @Nullable ByteBuffer @Nullable [] memory) {
    if (shows("readv")) {
      traced.announce("readv", values.fd(fd)).then(filling(memory));
    }
    return sys.readv(fd, memory);
  }

  @Override
  public final long writev(int fd, @Nullable ByteBuffer @Nullable [] memory) {
    plain("writev", fd, values.vector(memory), TracedValues.vectorCount(memory));
    return sys.writev(fd, memory);
  }

  @Override
  public final long pread(int fd, @Nullable ByteBuffer memory, long position) {
    if (shows("pread64")) {
      TracedValues.Room room = TracedValues.room(memory);
      traced
          .announce("pread64", values.fd(fd))
          .then(result -> List.of(values.filled(room, result), room.length(), of(position)));
    }
    return sys.pread(fd, memory, position);
  }

  @Override
  public final long pwrite(int fd, @Nullable ByteBuffer memory, long position) {
    Argument count = TracedValues.room(memory).length();
    plain("pwrite64", fd, values.full(memory), count, of(position));
    return sys.pwrite(fd, memory, position);
  }

  @Override
  public final long preadv2(
      int fd, @Nullable ByteBuffer @Nullable [] memory, long position, int flags) {
    if (shows("preadv2")) {
      traced
          .announce("preadv2", values.fd(fd))
          .then(filling(memory, of(position), TracedFlags.readWrite(flags)));
    }
    return sys.preadv2(fd, memory, position, flags);
  }

  @Override
  public final long pwritev2(
      int fd, @Nullable ByteBuffer @Nullable [] memory, long position, int flags) {
    Argument vector = values.vector(memory);
    Argument how = TracedFlags.readWrite(flags);
    plain("pwritev2", fd, vector, TracedValues.vectorCount(memory), of(position), how);
    return sys.pwritev2(fd, memory, position, flags);
  }

  private LongFunction<List<Argument>> filling(
      @Nullable ByteBuffer @Nullable [] memory, Argument... others) {
    List<TracedValues.Room> rooms = TracedValues.rooms(memory);
    return result -> {
      Argument vector = memory == null ? Argument.NULL : values.vector(rooms, result);
      List<Argument> all = new ArrayList<>(List.of(vector, of(rooms.size())));
      all.addAll(List.of(others));
      return all;
    };
  }

  // ---- Moving pages.

  @Override
  public final long splice(
      int in, long @Nullable [] offIn, int out, long @Nullable [] offOut, long length, int flags) {
    plain(
        "splice",
        in,
        TracedValues.number(offIn),
        values.fd(out),
        TracedValues.number(offOut),
        of(length),
        TracedFlags.splice(flags));
    return sys.splice(in, offIn, out, offOut, length, flags);
  }

  @Override
  public final long tee(int in, int out, long length, int flags) {
    plain("tee", in, values.fd(out), of(length), TracedFlags.splice(flags));
    return sys.tee(in, out, length, flags);
  }

  @Override
  public final long vmsplice(int fd, @Nullable ByteBuffer @Nullable [] memory, int flags) {
    Argument vector = values.vector(memory);
    plain("vmsplice", fd, vector, TracedValues.vectorCount(memory), TracedFlags.splice(flags));
    return sys.vmsplice(fd, memory, flags);
  }

  @Override
  public final long sendfile(int out, int in, long @Nullable [] offset, long count) {
    if (shows("sendfile") && offset != null) {
      Argument before = TracedValues.number(offset);
      traced
          .announce("sendfile", values.fd(out), values.fd(in))
          .then(
              result -> {
                Argument after = TracedValues.number(offset);
                Argument shown = result < 0 ? before : new Argument.Change(before, after);
                return List.of(shown, of(count));
              });
    } else {
      plain("sendfile", out, values.fd(in), Argument.NULL, of(count));
    }
    return sys.sendfile(out, in, offset, count);
  }

  // ---- Descriptors.

  @Override
  public final long close(int fd) {
    plain("close", fd);
    return sys.close(fd);
  }

  @Override
  public final long dup(int fd) {
    making("dup", values.fd(fd));
    return sys.dup(fd);
  }

  @Override
  public final long dup2(int fd, int target) {
    making("dup2", values.fd(fd), values.fd(target));
    return sys.dup2(fd, target);
  }

  @Override
  public final long dup3(int fd, int target, int flags) {
    making("dup3", values.fd(fd), values.fd(target), TracedFlags.pipe(flags));
    return sys.dup3(fd, target, flags);
  }

  @Override
  public final long fcntl(int fd, int command, long argument) {
    if (shows("fcntl")) {
      announceControl(fd, command, argument);
    }
    return sys.fcntl(fd, command, argument);
  }

  private void announceControl(int fd, int command, long argument) {
    Argument name = TracedFlags.command(command);
    Argument number = values.fd(fd);
    Argument cloexec = new Argument.Name("FD_CLOEXEC");
    switch (command) {
      case FileAbi.F_GETFD ->
          traced
              .announce("fcntl", number, name)
              .result(
                  r ->
                      r == 0
                          ? Result.of(0)
                          : new Result.Value(Argument.hex(r), "flags FD_CLOEXEC"));
      case FileAbi.F_SETFD ->
          traced.announce("fcntl", number, name, argument == 1 ? cloexec : of(argument));
      case FileAbi.F_GETFL ->
          traced
              .announce("fcntl", number, name)
              .result(
                  r ->
                      new Result.Value(
                          Argument.hex(r), "flags " + TracedFlags.open((int) r).toText()));
      case FileAbi.F_SETFL ->
          traced.announce("fcntl", number, name, TracedFlags.open((int) argument));
      case FileAbi.F_DUPFD, FileAbi.F_DUPFD_CLOEXEC ->
          traced.announce("fcntl", number, name, of(argument)).result(values::made);
      case FileAbi.F_GETPIPE_SZ, FileAbi.F_GETOWN -> traced.announce("fcntl", number, name);
      case FileAbi.F_SETPIPE_SZ, FileAbi.F_SETOWN ->
          traced.announce("fcntl", number, name, of(argument));
      default -> traced.announce("fcntl", number, name, Argument.hex(argument));
    }
  }

  @Override
  public final long ioctl(int fd, long request, int @Nullable [] argument) {
    if (shows("ioctl")) {
      Argument name = TracedFlags.request(request);
      if ((int) request == FileAbi.FIOCLEX || (int) request == FileAbi.FIONCLEX) {
        traced.announce("ioctl", values.fd(fd), name);
      } else if ((int) request == FileAbi.FIONREAD) {
        traced
            .announce("ioctl", values.fd(fd), name)
            .late(
                result ->
                    List.of(
                        result < 0 && argument != null
                            ? Argument.ADDR
                            : TracedValues.number(argument)));
      } else {
        traced.announce("ioctl", values.fd(fd), name, TracedValues.number(argument));
      }
    }
    return sys.ioctl(fd, request, argument);
  }

  // ---- Open files.

  @Override
  public final long fstat(int fd, Stat @Nullable [] stat) {
    if (shows("fstat")) {
      traced
          .announce("fstat", values.fd(fd))
          .then(result -> List.of(TracedValues.stat(stat, result)));
    }
    return sys.fstat(fd, stat);
  }

  @Override
  public final long lseek(int fd, long offset, int whence) {
    plain("lseek", fd, of(offset), TracedFlags.whence(whence));
    return sys.lseek(fd, offset, whence);
  }

  @Override
  public final long ftruncate(int fd, long length) {
    plain("ftruncate", fd, of(length));
    return sys.ftruncate(fd, length);
  }

  @Override
  public final long fsync(int fd) {
    plain("fsync", fd);
    return sys.fsync(fd);
  }

  @Override
  public final long fchmod(int fd, int mode) {
    plain("fchmod", fd, TracedFlags.permissions(mode));
    return sys.fchmod(fd, mode);
  }

  @Override
  public final long fchown(int fd, int uid, int gid) {
    plain("fchown", fd, of(uid), of(gid));
    return sys.fchown(fd, uid, gid);
  }

  // ---- Names.

  @Override
  public final long open(@Nullable String path, int flags, int mode) {
    Argument name = TracedValues.path(path);
    if ((flags & FileAbi.O_CREAT) != 0) {
      making("open", name, TracedFlags.open(flags), TracedFlags.permissions(mode));
    } else {
      making("open", name, TracedFlags.open(flags));
    }
    return sys.open(path, flags, mode);
  }

  private void named(String name, @Nullable String path, Argument... others) {
    if (shows(name)) {
      Argument[] all = new Argument[others.length + 1];
      all[0] = TracedValues.path(path);
      System.arraycopy(others, 0, all, 1, others.length);
      traced.announce(name, all);
    }
  }

  @Override
  public final long mknod(@Nullable String path, int mode, long device) {
    named("mknod", path, TracedFlags.mode(mode));
    return sys.mknod(path, mode, device);
  }

  @Override
  public final long mkdir(@Nullable String path, int mode) {
    named("mkdir", path, TracedFlags.permissions(mode));
    return sys.mkdir(path, mode);
  }

  @Override
  public final long unlink(@Nullable String path) {
    named("unlink", path);
    return sys.unlink(path);
  }

  @Override
  public final long rmdir(@Nullable String path) {
    named("rmdir", path);
    return sys.rmdir(path);
  }

  @Override
  public final long link(@Nullable String path, @Nullable String another) {
    named("link", path, TracedValues.path(another));
    return sys.link(path, another);
  }

  @Override
  public final long rename(@Nullable String path, @Nullable String another) {
    named("rename", path, TracedValues.path(another));
    return sys.rename(path, another);
  }

  @Override
  public final long stat(@Nullable String path, Stat @Nullable [] stat) {
    if (shows("stat")) {
      traced
          .announce("stat", TracedValues.path(path))
          .then(result -> List.of(TracedValues.stat(stat, result)));
    }
    return sys.stat(path, stat);
  }

  @Override
  public final long lstat(@Nullable String path, Stat @Nullable [] stat) {
    if (shows("lstat")) {
      traced
          .announce("lstat", TracedValues.path(path))
          .then(result -> List.of(TracedValues.stat(stat, result)));
    }
    return sys.lstat(path, stat);
  }

  @Override
  public final long readlink(@Nullable String path, @Nullable ByteBuffer memory) {
    if (shows("readlink")) {
      TracedValues.Room room = TracedValues.room(memory);
      traced
          .announce("readlink", TracedValues.path(path))
          .then(result -> List.of(values.filled(room, result), room.length()));
    }
    return sys.readlink(path, memory);
  }

  @Override
  public final long truncate(@Nullable String path, long length) {
    named("truncate", path, of(length));
    return sys.truncate(path, length);
  }

  @Override
  public final long getdents(int fd, @Nullable ByteBuffer memory) {
    Argument size = TracedValues.room(memory).length();
    plain("getdents64", fd, memory == null ? Argument.NULL : Argument.ADDR, size);
    return sys.getdents(fd, memory);
  }

  // ---- Waiting for one of several.

  @Override
  public final long poll(PollFd @Nullable [] fds, int timeoutMillis) {
    if (shows("poll")) {
      traced
          .announce("poll", values.asked(fds), TracedValues.count(fds), of(timeoutMillis))
          .result(result -> TracedValues.found(fds, result))
          .resumable();
    }
    return sys.poll(fds, timeoutMillis);
  }

  @Override
  public final long select(
      int count,
      long @Nullable [] readable,
      long @Nullable [] writable,
      long @Nullable [] exceptional,
      long timeoutNanos) {
    if (shows("select")) {
      traced
          .announce(
              "select",
              of(count),
              TracedValues.fdSet(count, readable),
              TracedValues.fdSet(count, writable),
              TracedValues.fdSet(count, exceptional),
              timeoutNanos < 0 ? Argument.NULL : TracedValues.micros(timeoutNanos))
          .result(result -> TracedValues.found(result, count, readable, writable, exceptional))
          .unlessHandled();
    }
    return sys.select(count, readable, writable, exceptional, timeoutNanos);
  }

  @Override
  public final long epollCreate1(int flags) {
    making("epoll_create1", TracedFlags.epollCreate(flags));
    return sys.epollCreate1(flags);
  }

  @Override
  public final long epollCtl(int epfd, int operation, int fd, @Nullable EpollEvent event) {
    Argument what = TracedFlags.epollOperation(operation);
    plain("epoll_ctl", epfd, what, values.fd(fd), TracedValues.event(event));
    return sys.epollCtl(epfd, operation, fd, event);
  }

  @Override
  public final long epollWait(int epfd, EpollEvent @Nullable [] events, int timeoutMillis) {
    if (shows("epoll_wait")) {
      Argument size = TracedValues.count(events);
      traced
          .announce("epoll_wait", values.fd(epfd))
          .then(result -> List.of(TracedValues.events(events, result), size, of(timeoutMillis)))
          .failsInterrupted();
    }
    return sys.epollWait(epfd, events, timeoutMillis);
  }
}
