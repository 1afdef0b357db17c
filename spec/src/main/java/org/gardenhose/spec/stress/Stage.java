package org.gardenhose.spec.stress;

import java.lang.foreign.MemorySegment;
import org.gardenhose.pipe.KernelPipe;
import org.gardenhose.pipe.PipeFile;
import org.gardenhose.wait.Deadlines;
import org.gardenhose.wait.Scheduler;

/// A pipe with a reader and a writer, and the calls that the races make on it.
///
/// Its threads never watch before they park: a watch would hide a wake-up that is lost.
final class Stage {
  private static final Scheduler PARKING =
      new Scheduler() {
        @Override
        public void park(Object blocker, long nanos) {
          SMP.park(blocker, nanos);
        }

        @Override
        public void unpark(Thread thread) {
          SMP.unpark(thread);
        }

        @Override
        public long spinNanos() {
          return 0;
        }

        @Override
        public long nanoTime() {
          return SMP.nanoTime();
        }
      };

  /// An open file description with nothing of its own.
  private static final class End extends PipeFile {
    End(KernelPipe pipe) {
      super(pipe, 0);
    }
  }

  final KernelPipe pipe;
  private final PipeFile reader;
  private final PipeFile writer;

  Stage(int slots) {
    pipe = new KernelPipe(PARKING, slots);
    pipe.open(false);
    pipe.open(true);
    reader = new End(pipe);
    writer = new End(pipe);
  }

  /// Writes `count` bytes, and waits if need be.
  long write(int count) {
    return pipe.write(writer, new byte[count], 0, count, Deadlines.NEVER);
  }

  long tryWrite(int count) {
    return pipe.write(writer, new byte[count], 0, count, Deadlines.NOW);
  }

  long tryRead(int count) {
    return pipe.read(reader, new byte[count], 0, count, Deadlines.NOW);
  }

  /// Reads through the ring, and waits if need be.
  long read(int count) {
    MemorySegment memory = MemorySegment.ofArray(new byte[count]);
    return pipe.read(reader, memory, 0, count, Deadlines.NEVER);
  }

  /// Reads, and while it waits offers its array to a writer.
  long readOffering(int count) {
    return pipe.read(reader, new byte[count], 0, count, Deadlines.NEVER);
  }

  long trySplice(Stage out, int count) {
    return pipe.splice(reader, out.writer, count, Deadlines.NOW);
  }

  void closeReader() {
    pipe.close(false);
  }

  void closeWriter() {
    pipe.close(true);
  }
}
