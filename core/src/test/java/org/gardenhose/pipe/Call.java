package org.gardenhose.pipe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.LongSupplier;
import org.gardenhose.abi.Errno;
import org.gardenhose.wait.Uniprocessor;
import org.jspecify.annotations.Nullable;

/// A call that a task of a [Scene] makes, and what it has come to so far.
final class Call {
  private final Uniprocessor machine;
  private final String name;
  private final Thread thread;
  private @Nullable Long result;
  private @Nullable Throwable thrown;

  Call(Uniprocessor machine, String name, LongSupplier call) {
    this.machine = machine;
    this.name = name;
    this.thread =
        machine.spawn(
            name,
            () -> {
              try {
                result = call.getAsLong();
              } catch (RuntimeException e) {
                thrown = e;
              }
            });
    machine.settle();
  }

  /// Interrupts the task and lets it act on that.
  void interrupt() {
    machine.interrupt(thread);
    machine.settle();
  }

  /// Interrupts the task, on behalf of another one that is running.
  void interruptOnly() {
    machine.interrupt(thread);
  }

  /// Claims that the call is asleep.
  void blocks() {
    assertThat(result).as("result of %s, which is to be blocked\n%s", name, machine).isNull();
    assertThat(machine.asleep()).as("tasks asleep").contains(name);
  }

  boolean blocked() {
    return machine.asleep().contains(name);
  }

  /// Claims that the call has returned `expected`.
  void returns(long expected) {
    assertThat(thrown).as("thrown by %s", name).isNull();
    assertThat(result).as("result of %s\n%s", name, machine).isEqualTo(expected);
  }

  /// Claims that the call has returned minus the number of `errno`.
  void failsWith(Errno errno) {
    returns(errno.result());
  }

  /// Claims that the caller's memory has failed and the caller was told.
  void faults() {
    assertThat(thrown).as("thrown by %s\n%s", name, machine).isInstanceOf(RuntimeException.class);
  }
}
