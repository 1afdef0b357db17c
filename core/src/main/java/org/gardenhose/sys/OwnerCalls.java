package org.gardenhose.sys;

import org.gardenhose.abi.Errno;
import org.gardenhose.abi.Signal;
import org.gardenhose.file.OpenFileDescription;
import org.gardenhose.file.SignalOwner;
import org.gardenhose.proc.Proc;
import org.gardenhose.proc.ProcTable;
import org.jspecify.annotations.Nullable;

/// Who gets a file's signals, and which: `F_SETOWN`, `F_SETSIG` and their questions.
///
/// **Blocks.** never
/// **Not promised.** Signals from 32 on, which this kernel does not have: `F_SETSIG` refuses them.
/// **Learned from.** Linux `fs/fcntl.c`, `f_setown`, `send_sigio`; fcntl(2); L-121
final class OwnerCalls {
  private OwnerCalls() {}

  /// A process, or a group if `number` is negative. Numbers are not used again.
  private record Owner(ProcTable procs, int process) implements SignalOwner {
    @Override
    public int number() {
      boolean there = process > 0 ? procs.find(process) != null : procs.hasGroup(-(long) process);
      return there ? process : 0;
    }

    @Override
    public void send(int signal) {
      Signal sent = Signal.of(signal);
      if (sent == null) {
        return;
      }
      if (process > 0) {
        Proc proc = procs.find(process);
        if (proc != null) {
          proc.post(sent);
        }
        return;
      }
      for (Proc proc : procs.all()) {
        if (proc.group() == -process) {
          proc.post(sent);
        }
      }
    }
  }

  /// Sets the owner: a process, minus a group, or 0 for nobody. `EINVAL`, `ESRCH` if there is no
  /// such.
  static long setOwner(ProcTable procs, OpenFileDescription file, long argument) {
    int number = (int) argument;
    if (number == Integer.MIN_VALUE) {
      return Errno.EINVAL.result();
    }
    if (number == 0) {
      file.owner(null);
      return 0;
    }
    SignalOwner owner = new Owner(procs, number);
    if (owner.number() == 0) {
      return Errno.ESRCH.result();
    }
    file.owner(owner);
    return 0;
  }

  /// Returns the owner as it was set, 0 if there is none or it is no more. A group comes out
  /// negative, as from the bare call on Linux, and cannot be told from an errno.
  static long owner(OpenFileDescription file) {
    @Nullable SignalOwner owner = file.owner();
    return owner == null ? 0 : owner.number();
  }

  static long setSignal(OpenFileDescription file, long argument) {
    if (argument != 0 && (argument < 0 || argument > Signal.values().length)) {
      return Errno.EINVAL.result();
    }
    file.signal((int) argument);
    return 0;
  }
}
