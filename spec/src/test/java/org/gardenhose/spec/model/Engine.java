package org.gardenhose.spec.model;

import java.util.function.Supplier;
import org.gardenhose.abi.ProcAbi;
import org.gardenhose.abi.SigAction;
import org.gardenhose.abi.Signal;
import org.gardenhose.abi.Sys;
import org.gardenhose.abi.SystemCalls;
import org.gardenhose.sys.Insides;
import org.gardenhose.sys.Kernel;

/// The kernel inside this virtual machine, its invariants checked after every call.
class Engine implements Subject {
  private final Supplier<Kernel> kernels;

  Engine(Supplier<Kernel> kernels) {
    this.kernels = kernels;
  }

  /// Returns the calls as the sequence is to see them: those of the kernel, unless a fault is
  /// planted.
  SystemCalls calls(Sys sys) {
    return sys;
  }

  /// A process that calls the engine.
  private static final class OnEngine extends Caller {
    private final Sys sys;
    private int signals;

    OnEngine(Sys sys, SystemCalls calls) {
      super(calls);
      this.sys = sys;
      sys.sigaction(Signal.SIGPIPE.number(), SigAction.handler(_ -> signals++, 0), null);
    }

    @Override
    long limit(int count) {
      return sys.prlimit(ProcAbi.RLIMIT_NOFILE, new long[] {count, 64}, null);
    }

    @Override
    int signals() {
      return signals;
    }
  }

  @Override
  public int run(Play play) throws InterruptedException {
    int[] count = new int[1];
    try (Kernel kernel = kernels.get()) {
      int status =
          kernel.run(
              (sys, _) -> {
                count[0] = perform(play, kernel, new OnEngine(sys, calls(sys)));
                return 0;
              });
      if (!play.differs() && (status != 0 || kernel.openFiles() != 0)) {
        play.differs("0 files open", "status " + status + ", " + kernel.openFiles() + " files");
      }
    }
    return count[0];
  }

  private static int perform(Play play, Kernel kernel, Caller caller) {
    int count = 0;
    for (Action action = play.next(); action != null; action = play.next()) {
      count++;
      try {
        caller.make(action);
        if (play.looks()) {
          caller.look();
        }
        Insides.invariants(kernel);
      } catch (RuntimeException | Error e) {
        play.differs(play.expected().line(), trace(e));
        return count;
      }
      if (!play.agrees(caller.report)) {
        return count;
      }
    }
    return count;
  }

  private static String trace(Throwable thrown) {
    StringBuilder text = new StringBuilder(thrown.toString());
    for (StackTraceElement element : thrown.getStackTrace()) {
      text.append("\n      at ").append(element);
    }
    return text.toString();
  }
}
