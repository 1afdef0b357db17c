package org.gardenhose.proc;

import org.gardenhose.abi.Signal;
import org.gardenhose.wait.Scheduler;

/// The scheduler of a kernel with processes: what ends a sleep is a signal to the task, not an
/// interrupt of its thread.
///
/// An interrupt that reaches a task's thread all the same is what ^C is to a process: SIGINT.
///
/// **Blocks.** [#park], as the scheduler below
final class KernelScheduler implements Scheduler {
  private final Scheduler machine;

  KernelScheduler(Scheduler machine) {
    this.machine = machine;
  }

  @Override
  public void park(Object blocker, long nanos) {
    machine.park(blocker, nanos);
    if (Thread.interrupted() && Task.CURRENT.isBound()) {
      Task.CURRENT.get().proc().post(Signal.SIGINT);
    }
  }

  @Override
  public boolean interrupted() {
    return Task.CURRENT.isBound() && Task.CURRENT.get().signalled();
  }

  @Override
  public void unpark(Thread thread) {
    machine.unpark(thread);
  }

  @Override
  public long spinNanos() {
    return machine.spinNanos();
  }

  @Override
  public long nanoTime() {
    return machine.nanoTime();
  }
}
