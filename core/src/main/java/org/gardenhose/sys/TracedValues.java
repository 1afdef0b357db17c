package org.gardenhose.sys;

import static org.gardenhose.transcript.Argument.field;
import static org.gardenhose.transcript.Argument.of;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.gardenhose.abi.EpollEvent;
import org.gardenhose.abi.FileAbi;
import org.gardenhose.abi.PollFd;
import org.gardenhose.abi.SigAction;
import org.gardenhose.abi.Stat;
import org.gardenhose.file.OpenFileDescription;
import org.gardenhose.transcript.Argument;
import org.gardenhose.transcript.Result;
import org.jspecify.annotations.Nullable;

/// What a task's calls are given, as a trace shows it.
///
/// **Learned from.** strace's decoders, `print_struct_stat`, `printsigaction`, `print_pollfd`
final class TracedValues {
  private final TracedTask traced;

  TracedValues(TracedTask traced) {
    this.traced = traced;
  }

  // ---- Descriptors.

  /// Shows a descriptor, with what it is open on if that is wanted.
  Argument fd(long fd) {
    Argument number = of(fd);
    if (!traced.options().files() || fd != (int) fd) {
      return number;
    }
    OpenFileDescription file = traced.task().table().peek((int) fd);
    return file == null ? number : new Argument.Descriptor(number, file.toString(), false);
  }

  /// Shows a result that is a descriptor.
  Result made(long fd) {
    return new Result.Value(fd(fd), "");
  }

  Argument pair(int @Nullable [] fds, long result) {
    if (fds == null) {
      return Argument.NULL;
    }
    return result < 0 || fds.length < 2 ? Argument.ADDR : Argument.array(fd(fds[0]), fd(fds[1]));
  }

  // ---- Memory.

  /// Shows `count` bytes from position `at`, cut to as many as are wanted.
  Argument bytes(@Nullable ByteBuffer memory, int at, long count) {
    if (memory == null) {
      return Argument.NULL;
    }
    int shown = (int) Math.min(count, traced.options().bytes());
    byte[] copy = new byte[shown];
    memory.get(at, copy);
    return new Argument.Bytes(new String(copy, StandardCharsets.ISO_8859_1), count > shown);
  }

  /// Shows memory that is written from.
  Argument full(@Nullable ByteBuffer memory) {
    return memory == null ? Argument.NULL : bytes(memory, memory.position(), memory.remaining());
  }

  /// Remembers memory that is read into.
  static Room room(@Nullable ByteBuffer memory) {
    return memory == null
        ? new Room(null, 0, 0)
        : new Room(memory, memory.position(), memory.remaining());
  }

  /// Memory that a call fills, as it was before.
  record Room(@Nullable ByteBuffer memory, int at, int size) {
    Argument length() {
      return of(size);
    }
  }

  /// Shows what was filled by a call that came to `result`.
  Argument filled(Room room, long result) {
    if (room.memory() == null) {
      return Argument.NULL;
    }
    return result < 0
        ? Argument.ADDR
        : bytes(room.memory(), room.at(), Math.min(result, room.size()));
  }

  static List<Room> rooms(@Nullable ByteBuffer @Nullable [] memory) {
    List<Room> rooms = new ArrayList<>();
    if (memory != null) {
      for (ByteBuffer one : memory) {
        rooms.add(room(one));
      }
    }
    return rooms;
  }

  static Argument vectorCount(@Nullable ByteBuffer @Nullable [] memory) {
    return of(memory == null ? 0 : memory.length);
  }

  static Argument count(Object @Nullable [] array) {
    return of(array == null ? 0 : array.length);
  }

  /// Shows buffers that are written from.
  Argument vector(@Nullable ByteBuffer @Nullable [] memory) {
    return memory == null ? Argument.NULL : vector(rooms(memory), Long.MAX_VALUE);
  }

  /// Shows buffers of which a call filled `result` bytes.
  Argument vector(List<Room> rooms, long result) {
    List<Argument> items = new ArrayList<>();
    long left = result;
    for (Room room : rooms) {
      if (items.size() == traced.options().bytes()) {
        items.add(new Argument.Elided());
        break;
      }
      long count = Math.min(Math.max(0, left), room.size());
      Argument base = result < 0 && room.memory() != null ? Argument.ADDR : bytes(room, count);
      items.add(Argument.struct(field("iov_base", base), field("iov_len", room.length())));
      left -= count;
    }
    return new Argument.Array(List.copyOf(items));
  }

  private Argument bytes(Room room, long count) {
    return bytes(room.memory(), room.at(), count);
  }

  // ---- Text.

  static Argument path(@Nullable String path) {
    return path == null ? Argument.NULL : text(path);
  }

  private static Argument text(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return new Argument.Bytes(new String(bytes, StandardCharsets.ISO_8859_1), false);
  }

  /// Shows a program's arguments, long ones cut.
  Argument words(List<String> argv) {
    List<Argument> words = new ArrayList<>();
    for (String word : argv) {
      ByteBuffer bytes = ByteBuffer.wrap(word.getBytes(StandardCharsets.UTF_8));
      words.add(words.size() == traced.options().bytes() ? new Argument.Elided() : full(bytes));
      if (words.size() > traced.options().bytes()) {
        break;
      }
    }
    return new Argument.Array(List.copyOf(words));
  }

  static Argument environment(Map<String, String> variables) {
    int n = variables.size();
    return new Argument.Commented(Argument.ADDR, n + (n == 1 ? " var" : " vars"));
  }

  // ---- Numbers in memory.

  static Argument number(long @Nullable [] cell) {
    if (cell == null) {
      return Argument.NULL;
    }
    return cell.length == 0 ? Argument.ADDR : Argument.array(of(cell[0]));
  }

  static Argument number(int @Nullable [] cell) {
    if (cell == null) {
      return Argument.NULL;
    }
    return cell.length == 0 ? Argument.ADDR : Argument.array(of(cell[0]));
  }

  /// Shows a set of signals in memory.
  static Argument mask(long @Nullable [] set) {
    if (set == null) {
      return Argument.NULL;
    }
    return set.length == 0 ? Argument.ADDR : TracedFlags.signals(set[0]);
  }

  static Argument limit(long @Nullable [] limit) {
    if (limit == null) {
      return Argument.NULL;
    }
    return limit.length < 2
        ? Argument.ADDR
        : Argument.struct(field("rlim_cur", of(limit[0])), field("rlim_max", of(limit[1])));
  }

  /// Shows the descriptors of a set of select, of which there are `count`: `[3 4]`.
  static Argument fdSet(int count, long @Nullable [] set) {
    if (set == null) {
      return Argument.NULL;
    }
    List<Argument> fds = new ArrayList<>();
    for (int fd = 0; fd < count && fd / 64 < set.length; fd++) {
      if ((set[fd / 64] & 1L << fd) != 0) {
        fds.add(of(fd));
      }
    }
    return fds.size() > 1 ? new Argument.Members(fds) : new Argument.Array(fds);
  }

  private static final long NANOS = 1_000_000_000L;

  static Argument nanos(long nanos) {
    return Argument.struct(field("tv_sec", of(nanos / NANOS)), field("tv_nsec", of(nanos % NANOS)));
  }

  static Argument micros(long nanos) {
    return Argument.struct(
        field("tv_sec", of(nanos / NANOS)), field("tv_usec", of(nanos % NANOS / 1000)));
  }

  static Argument timer(long nanos) {
    return Argument.struct(field("it_interval", micros(0)), field("it_value", micros(nanos)));
  }

  // ---- Structures.

  static Argument action(@Nullable SigAction action) {
    if (action == null) {
      return Argument.NULL;
    }
    Argument handler =
        action.kind() == SigAction.Kind.HANDLER
            ? Argument.ADDR
            : new Argument.Name(action.kind().name());
    return Argument.struct(
        field("sa_handler", handler),
        field("sa_mask", TracedFlags.signals(action.mask())),
        field("sa_flags", TracedFlags.action(action.flags())));
  }

  static Argument stat(Stat @Nullable [] stat, long result) {
    if (stat == null) {
      return Argument.NULL;
    }
    if (result < 0 || stat.length == 0) {
      return Argument.ADDR;
    }
    Stat found = stat[0];
    boolean device = (found.mode() & FileAbi.S_IFMT) == FileAbi.S_IFCHR;
    Argument macro =
        new Argument.Macro(
            "makedev", List.of(Argument.hex(found.rdev() >> 8), Argument.hex(found.rdev() & 0xff)));
    Argument size = device ? field("st_rdev", macro) : field("st_size", of(found.size()));
    return Argument.struct(
        field("st_mode", TracedFlags.mode(found.mode())), size, new Argument.Elided());
  }

  Argument asked(PollFd @Nullable [] fds) {
    if (fds == null) {
      return Argument.NULL;
    }
    List<Argument> items = new ArrayList<>();
    for (PollFd one : fds) {
      Argument events = TracedFlags.poll(one.events);
      items.add(
          one.fd < 0
              ? Argument.struct(field("fd", of(one.fd)))
              : Argument.struct(field("fd", fd(one.fd)), field("events", events)));
    }
    return new Argument.Array(items);
  }

  /// Shows what a poll found: `1 ([{fd=5, revents=POLLOUT}])`.
  static Result found(PollFd @Nullable [] fds, long result) {
    if (result == 0 || fds == null) {
      return new Result.Value(of(result), result == 0 ? "Timeout" : "");
    }
    List<Argument> items = new ArrayList<>();
    for (PollFd one : fds) {
      if (one.revents != 0) {
        Argument events = TracedFlags.poll(one.revents);
        items.add(Argument.struct(field("fd", of(one.fd)), field("revents", events)));
      }
    }
    return new Result.Value(of(result), new Argument.Array(items).toText());
  }

  /// Shows what a select found: `1 (in [3])`.
  static Result found(
      long result,
      int count,
      long @Nullable [] readable,
      long @Nullable [] writable,
      long @Nullable [] exceptional) {
    if (result == 0) {
      return new Result.Value(of(0), "Timeout");
    }
    List<String> sets = new ArrayList<>();
    addSet("in ", count, readable, sets);
    addSet("out ", count, writable, sets);
    addSet("exceptional ", count, exceptional, sets);
    return new Result.Value(of(result), String.join(", ", sets));
  }

  private static void addSet(String name, int count, long @Nullable [] set, List<String> sets) {
    Argument shown = fdSet(count, set);
    if (set != null && !shown.toText().equals("[]")) {
      sets.add(name + shown.toText());
    }
  }

  static Argument event(@Nullable EpollEvent event) {
    if (event == null) {
      return Argument.NULL;
    }
    Argument data =
        Argument.struct(
            field("u32", of(event.data() & 0xffffffffL)), field("u64", of(event.data())));
    return Argument.struct(field("events", TracedFlags.epoll(event.events())), field("data", data));
  }

  static Argument events(EpollEvent @Nullable [] events, long result) {
    if (events == null || result < 0) {
      return events == null ? Argument.NULL : Argument.ADDR;
    }
    List<Argument> items = new ArrayList<>();
    for (int i = 0; i < result; i++) {
      items.add(event(events[i]));
    }
    return new Argument.Array(items);
  }
}
