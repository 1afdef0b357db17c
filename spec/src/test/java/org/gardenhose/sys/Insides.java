package org.gardenhose.sys;

import org.gardenhose.file.DescriptorTable;
import org.gardenhose.file.OpenFileDescription;
import org.gardenhose.file.PipeOperations;
import org.gardenhose.proc.Proc;
import org.gardenhose.ring.Ring;

/// What a test may want to know of a kernel and no caller can see.
public final class Insides {
  /// More than any random sequence has open.
  private static final int DESCRIPTORS = 16;

  private Insides() {}

  /// Checks the invariants of every pipe that a process has open.
  public static void invariants(Kernel kernel) {
    for (Proc proc : kernel.procs().all()) {
      DescriptorTable table = proc.tasks().getFirst().table();
      for (int fd = 0; fd < DESCRIPTORS; fd++) {
        OpenFileDescription file = table.peek(fd);
        if (file != null && file.operations() instanceof PipeOperations pipe) {
          Ring ring = pipe.pipe().ringOrNull();
          if (ring != null) {
            ring.invariants();
          }
        }
      }
    }
  }
}
