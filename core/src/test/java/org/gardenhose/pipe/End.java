package org.gardenhose.pipe;

/// An open file description with nothing but what the kernel asks of one.
final class End extends PipeFile {
  private End(KernelPipe pipe, int flags) {
    super(pipe, flags);
  }

  static End open(KernelPipe pipe, boolean writer) {
    pipe.open(writer);
    return new End(pipe, 0);
  }
}
