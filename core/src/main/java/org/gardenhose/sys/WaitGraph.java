package org.gardenhose.sys;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.gardenhose.file.DescriptorTable;
import org.gardenhose.file.OpenFileDescription;
import org.gardenhose.pipe.SystemPipe;
import org.gardenhose.proc.Proc;
import org.gardenhose.proc.ProcTable;
import org.gardenhose.proc.Sleep;
import org.gardenhose.proc.Task;
import org.jspecify.annotations.Nullable;

/// Who waits for whom, as far as it can be seen at one moment, and who can never run again.
///
/// A task can run again if it runs now, has a signal, a deadline or an alarm, if what it waits for
/// has happened, or if somebody who can run again holds the other end of its pipe. Everybody else
/// is dead: nothing that any process does by itself can wake it.
///
/// **Always true.** No false report, also while others run: a task counts as dead only if it slept
/// from before the look to after it, what it waits for had not happened at the end of the look, and
/// every reference to the ends of its pipe was found in the table of a task that is dead as well. A
/// reference that was found nowhere belongs to somebody who can run. Not counted are signals and
/// re-opening through another process's `/proc`.
/// **Guarded by.** one look is one thread's
/// **Blocks.** never
/// **Learned from.** R. C. Holt, "Some Deadlock Properties of Computer Systems" (1972): a wait for
/// any one of several that all are in the set
final class WaitGraph {
  /// A descriptor of an end of a pipe.
  private record Holder(Task task, int fd, OpenFileDescription file) {}

  /// A task that slept when the look began.
  private record Sleeper(Task task, Sleep sleep, long sleeps) {}

  private final List<Sleeper> sleepers = new ArrayList<>();
  private final Set<Task> awake = new HashSet<>();
  private final Map<SystemPipe, List<Holder>> holders = new IdentityHashMap<>();
  private final Map<OpenFileDescription, Integer> found = new IdentityHashMap<>();
  private final boolean idle;

  /// Looks at all processes.
  ///
  /// @param idle whether it is known that no task can run at this moment
  WaitGraph(ProcTable procs, boolean idle) {
    this.idle = idle;
    List<Proc> all = new ArrayList<>(procs.all());
    all.sort(Comparator.comparingInt(Proc::pid));
    for (Proc proc : all) {
      for (Task task : proc.tasks()) {
        Sleep sleep = task.sleep();
        if (sleep == null) {
          awake.add(task);
        } else {
          sleepers.add(new Sleeper(task, sleep, task.sleeps()));
        }
      }
    }
    Set<DescriptorTable> counted = new HashSet<>();
    for (Proc proc : all) {
      proc.tasks().forEach(task -> look(task, counted.add(task.table())));
    }
  }

  private void look(Task task, boolean count) {
    for (int fd : task.table().inUse()) {
      OpenFileDescription file = task.table().peek(fd);
      SystemPipe pipe = file == null ? null : file.operations().pipe();
      if (file != null && pipe != null) {
        holders.computeIfAbsent(pipe, _ -> new ArrayList<>()).add(new Holder(task, fd, file));
        if (count) {
          found.merge(file, 1, Integer::sum);
        }
      }
    }
  }

  /// Returns all waits, in the order of the processes' numbers.
  List<Waiting> waits() {
    Set<Task> dead = dead();
    List<Waiting> waits = new ArrayList<>();
    for (Sleeper sleeper : sleepers) {
      waits.add(describe(sleeper, dead.contains(sleeper.task)));
    }
    return waits;
  }

  // ---- Who is dead.

  private Set<Task> dead() {
    Set<Task> dead = new HashSet<>();
    sleepers.forEach(sleeper -> dead.add(sleeper.task));
    if (idle) {
      return dead;
    }
    for (boolean changed = true; changed; ) {
      changed = false;
      for (Sleeper sleeper : sleepers) {
        if (dead.contains(sleeper.task) && mayRun(sleeper, dead)) {
          dead.remove(sleeper.task);
          changed = true;
        }
      }
    }
    // At the end of the look: whoever did not sleep all the time takes all conclusions with it.
    boolean slept = sleepers.stream().filter(s -> dead.contains(s.task)).allMatch(this::sleptOn);
    return slept ? dead : Set.of();
  }

  private boolean sleptOn(Sleeper sleeper) {
    return sleeper.task.sleeps() == sleeper.sleeps
        && !sleeper.task.signalled()
        && !happened(sleeper.sleep);
  }

  private boolean mayRun(Sleeper sleeper, Set<Task> dead) {
    Task task = sleeper.task;
    if (!sleptOn(sleeper) || task.proc().alarmed()) {
      return true;
    }
    boolean othersRun = !awake.isEmpty() || dead.size() < sleepers.size();
    return switch (sleeper.sleep) {
      case Sleep.OnTime _ -> true;
      case Sleep.OnPoll poll -> poll.timed() || othersRun;
      case Sleep.OnSignal _, Sleep.Stopped _ -> othersRun;
      case Sleep.OnChild _ ->
          task.proc().childrenNow().stream()
              .anyMatch(child -> !dead.containsAll(child.tasks()) || child.tasks().isEmpty());
      case Sleep.OnPipe on ->
          switch (on.what()) {
            case OPEN_READ, OPEN_WRITE -> othersRun;
            case READ, WRITE -> heldByOthers(on.pipe(), dead);
          };
    };
  }

  /// Returns whether somebody who may run has an end of the pipe, or somebody unknown.
  private boolean heldByOthers(SystemPipe pipe, Set<Task> dead) {
    int readers = 0;
    int writers = 0;
    Set<OpenFileDescription> seen = new HashSet<>();
    for (Holder holder : holders.getOrDefault(pipe, List.of())) {
      if (!dead.contains(holder.task)) {
        return true;
      }
      if (seen.add(holder.file)) {
        readers += holder.file.readable() ? 1 : 0;
        writers += holder.file.writable() ? 1 : 0;
        if (holder.file.references() > found.getOrDefault(holder.file, 0)) {
          return true;
        }
      }
    }
    return pipe.readers() > readers || pipe.writers() > writers;
  }

  private static boolean happened(Sleep sleep) {
    if (!(sleep instanceof Sleep.OnPipe on)) {
      return false;
    }
    SystemPipe pipe = on.pipe();
    return switch (on.what()) {
      case READ -> pipe.readReady();
      case WRITE -> pipe.writeReady();
      case OPEN_READ -> pipe.writers() > 0;
      case OPEN_WRITE -> pipe.readers() > 0;
    };
  }

  // ---- Saying it.

  private Waiting describe(Sleeper sleeper, boolean dead) {
    Task task = sleeper.task;
    Proc proc = task.proc();
    @Nullable SystemPipe pipe = sleeper.sleep instanceof Sleep.OnPipe on ? on.pipe() : null;
    List<Holder> others = pipe == null ? List.of() : otherEnds(pipe, (Sleep.OnPipe) sleeper.sleep);
    Set<Integer> pids = new TreeSet<>();
    others.forEach(holder -> pids.add(holder.task.proc().pid()));
    if (sleeper.sleep instanceof Sleep.OnChild) {
      proc.childrenNow().forEach(child -> pids.add(child.pid()));
    }
    String what = what(sleeper.sleep, onlyItself(others, proc));
    String reason = task + " " + what + because(sleeper.sleep, others, proc);
    return new Waiting(proc.pid(), task.tid(), proc.name(), what, List.copyOf(pids), dead, reason);
  }

  private List<Holder> otherEnds(SystemPipe pipe, Sleep.OnPipe on) {
    boolean reads = on.what() == SystemPipe.Sleep.READ || on.what() == SystemPipe.Sleep.OPEN_READ;
    return holders.getOrDefault(pipe, List.of()).stream()
        .filter(holder -> reads ? holder.file.writable() : holder.file.readable())
        .toList();
  }

  private static boolean onlyItself(List<Holder> others, Proc proc) {
    return !others.isEmpty() && others.stream().allMatch(holder -> holder.task.proc() == proc);
  }

  private static String what(Sleep sleep, boolean onlyItself) {
    return switch (sleep) {
      case Sleep.OnChild _ -> "waits for a child";
      case Sleep.OnPoll _ -> "waits for one of several descriptors";
      case Sleep.OnSignal _ -> "waits for a signal";
      case Sleep.OnTime _ -> "waits for a moment";
      case Sleep.Stopped _ -> "is stopped";
      case Sleep.OnPipe on ->
          switch (on.what()) {
            case READ ->
                (onlyItself ? "waits for end of file on " : "waits for bytes of ") + name(on);
            case WRITE -> "waits for room in " + name(on);
            case OPEN_READ -> "waits for a writer to open " + name(on);
            case OPEN_WRITE -> "waits for a reader to open " + name(on);
          };
    };
  }

  private static String name(Sleep.OnPipe on) {
    return "pipe:[" + on.pipe().number() + "]";
  }

  private static String because(Sleep sleep, List<Holder> others, Proc proc) {
    if (!(sleep instanceof Sleep.OnPipe on)) {
      return "";
    }
    boolean reads = on.what() == SystemPipe.Sleep.READ;
    String end = reads ? "write end" : "read end";
    String full = on.what() == SystemPipe.Sleep.WRITE ? ", which is full" : "";
    if (others.isEmpty()) {
      return full;
    }
    if (onlyItself(others, proc)) {
      String only = others.size() == 1 ? "its only " + end : "all its " + end + "s";
      return full + ", and holds " + only + " open as " + fds(others);
    }
    StringBuilder text =
        new StringBuilder(full).append(", whose ").append(end).append(" is held by ");
    Map<Proc, List<Holder>> byProc = new java.util.LinkedHashMap<>();
    others.forEach(
        holder -> byProc.computeIfAbsent(holder.task.proc(), _ -> new ArrayList<>()).add(holder));
    String separator = "";
    for (Map.Entry<Proc, List<Holder>> entry : byProc.entrySet()) {
      text.append(separator).append(entry.getKey()).append(" as ").append(fds(entry.getValue()));
      separator = " and ";
    }
    return text.toString();
  }

  private static String fds(List<Holder> held) {
    Set<Integer> fds = new TreeSet<>();
    held.forEach(holder -> fds.add(holder.fd));
    return String.join(" and ", fds.stream().map(fd -> "fd " + fd).toList());
  }
}
