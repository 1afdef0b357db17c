package org.gardenhose.spec.scenario;

import org.gardenhose.abi.Program;
import org.gardenhose.sys.Kernel;

/// The kernel inside this virtual machine.
public record Jvm(String name, Kernel kernel) implements Subject {
  @Override
  public int run(Program program) throws InterruptedException {
    return kernel.run(program);
  }

  @Override
  public boolean asleep(long tid) {
    return kernel.waits().stream().anyMatch(waiting -> waiting.tid() == tid);
  }

  @Override
  public boolean install(String path, Program program) {
    kernel.install(path, program);
    return true;
  }

  @Override
  public long openFiles() {
    return kernel.openFiles();
  }

  @Override
  public void close() {
    kernel.close();
  }
}
