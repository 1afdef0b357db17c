package org.gardenhose.pipe;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.gardenhose.abi.PipeAbi;
import org.gardenhose.memory.IoVector;
import org.gardenhose.ring.Ring;
import org.gardenhose.wait.Deadlines;
import org.gardenhose.wait.Scheduler;
import org.jspecify.annotations.Nullable;

/// Runs a script on two [KernelPipe]s, with memory of every kind, and checks their invariants.
final class EngineSubject implements Subject {
  private final KernelPipe[] pipes = new KernelPipe[2];
  private final @Nullable End[] readEnds = new End[2];
  private final @Nullable End[] writeEnds = new End[2];
  private long sequence;
  private long hash;
  private int calls;

  @Override
  public List<String> run(Script script) {
    List<String> lines = new ArrayList<>();
    start(script.seed());
    for (Action action : script.actions()) {
      lines.add(step(action));
    }
    return lines;
  }

  /// Makes two new pipes, with some seeds such whose counters soon pass the largest int, or wrap.
  void start(long seed) {
    int[] firsts = {0, 0, Integer.MAX_VALUE - 20, -20};
    for (int p = 0; p < 2; p++) {
      Ring ring = new Ring(PipeAbi.PIPE_DEF_BUFFERS, firsts[(int) (seed >> 2 * p) & 3]);
      pipes[p] = new KernelPipe(Scheduler.SMP, ring);
      readEnds[p] = End.open(pipes[p], false);
      writeEnds[p] = End.open(pipes[p], true);
    }
    sequence = 0;
    calls = 0;
  }

  KernelPipe pipe(int index) {
    return pipes[index];
  }

  String step(Action action) {
    hash = 0;
    calls++;
    long result = act(action);
    for (KernelPipe pipe : pipes) {
      Ring ring = pipe.ringOrNull();
      if (ring != null) {
        ring.invariants();
      }
    }
    return Subject.line(result, hash, state(0), state(1));
  }

  private String state(int p) {
    KernelPipe pipe = pipes[p];
    int in = readEnds[p] != null ? pipe.poll(false) : -1;
    int out = writeEnds[p] != null ? pipe.poll(true) : -1;
    return "%d %d %d %d".formatted(pipe.available(), pipe.size(), in, out);
  }

  private long act(Action action) {
    return switch (action) {
      case Action.Write(int p, int count) -> write(p, count);
      case Action.Read(int p, int count) -> read(p, count);
      case Action.Packets(int p, boolean on) -> {
        End end = writeEnds[p];
        if (end != null) {
          end.setFlag(PipeAbi.O_DIRECT, on);
        }
        yield 0;
      }
      case Action.Resize(int p, long bytes) -> pipes[p].resize(bytes, PipeAbi.PIPE_MAX_SIZE);
      case Action.Splice(int p, int out, int count) -> {
        End to = writeEnds[out];
        End from = readEnds[p];
        yield from == null || to == null ? 0 : pipes[p].splice(from, to, count, Deadlines.NOW);
      }
      case Action.Tee(int p, int out, int count) -> {
        End to = writeEnds[out];
        End from = readEnds[p];
        yield from == null || to == null ? 0 : pipes[p].tee(from, to, count, Deadlines.NOW);
      }
      case Action.Gift(int p, int offset, int count) -> gift(p, offset, count);
      case Action.Close(int p, boolean writer) -> close(p, writer);
      case Action.Open(int p, boolean writer) -> open(p, writer);
    };
  }

  private long write(int p, int count) {
    byte[] bytes = Bytes.from(sequence, count);
    sequence += count;
    End end = writeEnds[p];
    if (end == null) {
      return 0;
    }
    Object memory =
        switch (calls % 4) {
          case 0 -> MemorySegment.ofArray(bytes);
          case 1 -> direct(bytes);
          case 2 -> pieces(bytes);
          default -> bytes;
        };
    return pipes[p].write(end, memory, 0, count, Deadlines.NOW);
  }

  private long read(int p, int count) {
    End end = readEnds[p];
    if (end == null) {
      return 0;
    }
    byte[] bytes = new byte[count];
    ByteBuffer outside = ByteBuffer.allocateDirect(calls % 4 == 1 ? count : 0);
    Object memory =
        switch (calls % 4) {
          case 0 -> MemorySegment.ofArray(bytes);
          case 1 -> outside;
          case 2 -> pieces(bytes);
          default -> bytes;
        };
    long n = pipes[p].read(end, memory, 0, count, Deadlines.NOW);
    if (memory == outside && n > 0) {
      outside.get(0, bytes, 0, (int) n);
    }
    hash = Bytes.hash(bytes, (int) Math.max(0, n));
    return n;
  }

  private static ByteBuffer direct(byte[] bytes) {
    return ByteBuffer.allocateDirect(bytes.length).put(0, bytes);
  }

  /// Returns the array as three buffers, one of which is often empty.
  private static IoVector pieces(byte[] bytes) {
    int third = bytes.length / 3;
    ByteBuffer[] buffers = {
      ByteBuffer.wrap(bytes, 0, third),
      ByteBuffer.wrap(bytes, third, third),
      ByteBuffer.wrap(bytes, 2 * third, bytes.length - 2 * third)
    };
    return new IoVector(buffers, 0, 3);
  }

  private long gift(int p, int offset, int count) {
    byte[] bytes = new byte[offset + count];
    System.arraycopy(Bytes.from(sequence, count), 0, bytes, offset, count);
    sequence += count;
    End end = writeEnds[p];
    return end == null ? 0 : pipes[p].gift(end, bytes, offset, count, Deadlines.NOW);
  }

  private long close(int p, boolean writer) {
    if (readEnds[p] != null && writeEnds[p] != null) {
      (writer ? writeEnds : readEnds)[p] = null;
      pipes[p].close(writer);
    }
    return 0;
  }

  private long open(int p, boolean writer) {
    @Nullable End[] ends = writer ? writeEnds : readEnds;
    if (ends[p] == null) {
      ends[p] = End.open(pipes[p], writer);
    }
    return 0;
  }
}
