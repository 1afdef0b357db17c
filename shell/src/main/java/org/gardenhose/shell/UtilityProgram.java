package org.gardenhose.shell;

import java.nio.file.Path;
import java.util.List;
import org.gardenhose.abi.Program;
import org.gardenhose.abi.Sys;
import org.gardenhose.shell.program.DescriptorInput;
import org.gardenhose.shell.program.DescriptorOutput;
import org.gardenhose.shell.program.Streams;
import org.gardenhose.shell.program.Utility;

/// A utility as a program of the in-JVM kernel: its streams are descriptors 0, 1 and 2.
///
/// Files that it names as operands it still opens outside of the kernel.
///
/// @param directory where the names of its operands start from
record UtilityProgram(Utility utility, Path directory) implements Program {
  @Override
  public int main(Sys sys, List<String> argv) {
    Streams io =
        new Streams(
            new DescriptorInput(sys, 0, "-"),
            new DescriptorOutput(sys, 1),
            new DescriptorOutput(sys, 2),
            directory);
    return UtilityRun.run(utility, argv, io);
  }
}
