package org.gardenhose.sys;

import java.util.List;

/// One task that waits, and for whom: an arrow, or several, of the graph of waits.
///
/// @param pid the process's number
/// @param tid the task's own number, the same unless the process has several
/// @param program the name of what it runs
/// @param what what it waits for, as in "waits for bytes of pipe:[3]"
/// @param holders the numbers of the processes that could end the wait: those that hold the other
///     end of the pipe, or the children
/// @param dead whether neither it nor any of them can run again, so that only a signal or a new
///     descriptor from outside could help
/// @param reason the whole in one sentence
public record Waiting(
    int pid,
    int tid,
    String program,
    String what,
    List<Integer> holders,
    boolean dead,
    String reason) {
  @Override
  public String toString() {
    return reason;
  }
}
