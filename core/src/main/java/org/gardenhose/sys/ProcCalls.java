package org.gardenhose.sys;

import static org.gardenhose.abi.ProcAbi.CLONE_SIGHAND;
import static org.gardenhose.abi.ProcAbi.CLONE_THREAD;
import static org.gardenhose.abi.ProcAbi.CLONE_VM;
import static org.gardenhose.abi.ProcAbi.WCONTINUED;
import static org.gardenhose.abi.ProcAbi.WNOHANG;
import static org.gardenhose.abi.ProcAbi.WUNTRACED;

import java.util.List;
import java.util.Map;
import org.gardenhose.abi.Errno;
import org.gardenhose.abi.ProcAbi;
import org.gardenhose.abi.ProcessCalls;
import org.gardenhose.abi.Program;
import org.gardenhose.abi.SigAction;
import org.gardenhose.abi.Signal;
import org.gardenhose.file.Inode;
import org.gardenhose.file.Namespace;
import org.gardenhose.proc.Proc;
import org.gardenhose.proc.Task;
import org.gardenhose.wait.Deadlines;
import org.jspecify.annotations.Nullable;

/// Processes and signals: the checks in Linux's order, then the process table.
///
/// **Blocks.** [#await], [#suspend], [#sleep] and `clone` with `CLONE_VFORK`
/// **Learned from.** Linux `kernel/fork.c`, `kernel/exit.c`, `kernel/signal.c`; L-56 to L-63,
/// L-107, L-126
final class ProcCalls {
  private ProcCalls() {}

  // ---- Making and ending.

  static long clone(Task task, Kernel kernel, int flags, ProcessCalls.Child child) {
    boolean thread = (flags & CLONE_THREAD) != 0;
    boolean sharesHandlers = (flags & CLONE_SIGHAND) != 0;
    if (thread && !sharesHandlers || sharesHandlers && (flags & CLONE_VM) == 0) {
      return Errno.EINVAL.result();
    }
    return kernel.procs().clone(task, flags, made -> child.run(kernel.door(made)));
  }

  static long exec(
      Task task,
      Namespace tree,
      @Nullable String path,
      List<String> argv,
      Map<String, String> environment) {
    if (path == null) {
      return Errno.EFAULT.result();
    }
    Inode[] found = new Inode[1];
    long result = tree.find(new TaskCaller(task), path, true, found);
    if (result < 0) {
      return result;
    }
    Inode file = found[0];
    if (file.kind() != org.gardenhose.abi.FileAbi.S_IFREG
        || file.permits(task.context().credentials(), 1) < 0) {
      return Errno.EACCES.result();
    }
    Program program = file.program();
    if (program == null) {
      return Errno.ENOEXEC.result();
    }
    String name = path.substring(path.lastIndexOf('/') + 1);
    task.exec(program, name, List.copyOf(argv), Map.copyOf(environment));
    throw new org.gardenhose.abi.Panic("exec returned");
  }

  static long await(Task task, Kernel kernel, long pid, int @Nullable [] status, int options) {
    if ((options & ~(WNOHANG | WUNTRACED | WCONTINUED)) != 0) {
      return Errno.EINVAL.result();
    }
    int[] word = new int[1];
    long result = kernel.procs().await(task, pid, word, options);
    if (result > 0 && status != null) {
      if (status.length == 0) {
        return Errno.EFAULT.result();
      }
      status[0] = word[0];
    }
    return result;
  }

  // ---- Numbers.

  static long parent(Task task) {
    return task.proc().parentPid();
  }

  private static @Nullable Proc find(Task task, Kernel kernel, long pid) {
    return pid == 0 ? task.proc() : kernel.procs().find(pid);
  }

  static long group(Task task, Kernel kernel, long pid) {
    Proc proc = find(task, kernel, pid);
    return proc == null ? Errno.ESRCH.result() : proc.group();
  }

  static long setGroup(Task task, Kernel kernel, long pid, long group) {
    if (group < 0) {
      return Errno.EINVAL.result();
    }
    Proc proc = find(task, kernel, pid);
    if (proc == null || proc != task.proc() && proc.parentPid() != task.proc().pid()) {
      return Errno.ESRCH.result();
    }
    long wanted = group == 0 ? proc.pid() : group;
    if (wanted != proc.pid() && !kernel.procs().hasGroup(wanted)) {
      return Errno.EPERM.result();
    }
    proc.group((int) wanted);
    return 0;
  }

  // ---- Signals.

  static long kill(Task task, Kernel kernel, long pid, int signal) {
    if (signal < 0 || signal > Signal.values().length) {
      return Errno.EINVAL.result();
    }
    Signal sent = Signal.of(signal);
    if (pid > 0) {
      Proc proc = kernel.procs().find(pid);
      return proc == null ? Errno.ESRCH.result() : post(proc, sent);
    }
    long group = pid == 0 ? task.proc().group() : -pid;
    boolean any = false;
    for (Proc proc : kernel.procs().all()) {
      boolean meant = pid == -1 ? proc.pid() != 1 && proc != task.proc() : proc.group() == group;
      if (meant) {
        post(proc, sent);
        any = true;
      }
    }
    return any ? 0 : Errno.ESRCH.result();
  }

  private static long post(Proc proc, @Nullable Signal signal) {
    if (signal != null) {
      proc.post(signal);
    }
    return 0;
  }

  static long killThread(Kernel kernel, long pid, long tid, int signal) {
    if (pid <= 0 || tid <= 0 || signal < 0 || signal > Signal.values().length) {
      return Errno.EINVAL.result();
    }
    Proc proc = kernel.procs().find(pid);
    Signal sent = Signal.of(signal);
    if (proc != null) {
      for (Task task : proc.tasks()) {
        if (task.tid() == tid) {
          if (sent != null) {
            task.post(sent);
          }
          return 0;
        }
      }
    }
    return Errno.ESRCH.result();
  }

  static long action(
      Task task, int signal, @Nullable SigAction action, SigAction @Nullable [] old) {
    Signal meant = Signal.of(signal);
    if (meant == null || meant.unstoppable() && action != null) {
      return Errno.EINVAL.result();
    }
    SigAction before =
        action == null ? task.proc().action(meant) : task.proc().action(meant, action);
    if (old != null) {
      if (old.length == 0) {
        return Errno.EFAULT.result();
      }
      old[0] = before;
    }
    return 0;
  }

  static long mask(Task task, int how, long @Nullable [] set, long @Nullable [] old) {
    long before = task.blocked();
    if (set != null) {
      if (set.length == 0) {
        return Errno.EFAULT.result();
      }
      switch (how) {
        case ProcAbi.SIG_BLOCK -> task.block(before | set[0]);
        case ProcAbi.SIG_UNBLOCK -> task.block(before & ~set[0]);
        case ProcAbi.SIG_SETMASK -> task.block(set[0]);
        default -> {
          return Errno.EINVAL.result();
        }
      }
    }
    if (old != null) {
      if (old.length == 0) {
        return Errno.EFAULT.result();
      }
      old[0] = before;
    }
    return 0;
  }

  static long pending(Task task, long @Nullable [] set) {
    if (set == null || set.length == 0) {
      return Errno.EFAULT.result();
    }
    set[0] = task.pendingBlocked();
    return 0;
  }

  static long suspend(Task task, long mask) {
    task.suspend(mask);
    return task.sleepUntil(Deadlines.NEVER);
  }

  static long alarm(Task task, long nanos) {
    return nanos < 0 ? Errno.EINVAL.result() : task.proc().setAlarm(nanos);
  }

  // ---- The rest.

  static long yield(Task task) {
    task.yield();
    return 0;
  }

  static long umask(Task task, int mask) {
    int before = task.context().umask();
    task.context().umask(mask);
    return before;
  }

  static long limit(Task task, int resource, long @Nullable [] limit, long @Nullable [] old) {
    if (resource != ProcAbi.RLIMIT_NOFILE) {
      return Errno.EINVAL.result();
    }
    Proc proc = task.proc();
    long before = proc.descriptorLimit();
    if (limit != null) {
      if (limit.length < 2) {
        return Errno.EFAULT.result();
      }
      if (limit[0] < 0 || limit[0] > limit[1]) {
        return Errno.EINVAL.result();
      }
      proc.descriptorLimit(limit[0]);
    }
    if (old != null) {
      if (old.length < 2) {
        return Errno.EFAULT.result();
      }
      old[0] = before;
      old[1] = before;
    }
    return 0;
  }
}
