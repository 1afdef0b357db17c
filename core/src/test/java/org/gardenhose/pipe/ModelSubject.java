package org.gardenhose.pipe;

import java.util.ArrayList;
import java.util.List;

/// Runs a script on two [PipeModel]s.
final class ModelSubject implements Subject {
  private final PipeModel[] pipes = new PipeModel[2];
  private long sequence;
  private long hash;

  @Override
  public List<String> run(Script script) {
    List<String> lines = new ArrayList<>();
    start();
    for (Action action : script.actions()) {
      lines.add(step(action));
    }
    return lines;
  }

  void start() {
    pipes[0] = new PipeModel();
    pipes[1] = new PipeModel();
    sequence = 0;
  }

  PipeModel pipe(int index) {
    return pipes[index];
  }

  String step(Action action) {
    hash = 0;
    long result = act(action);
    return Subject.line(result, hash, pipes[0].state(), pipes[1].state());
  }

  private long act(Action action) {
    return switch (action) {
      case Action.Write(int p, int count) -> {
        byte[] bytes = next(count);
        yield pipes[p].writeOpen ? pipes[p].write(bytes) : 0;
      }
      case Action.Read(int p, int count) -> pipes[p].readOpen ? read(p, count) : 0;
      case Action.Packets(int p, boolean on) -> {
        pipes[p].packets = on && pipes[p].writeOpen;
        yield 0;
      }
      case Action.Resize(int p, long bytes) -> pipes[p].resize(bytes);
      case Action.Splice(int p, int out, int count) -> transfer(p, out, count, false);
      case Action.Tee(int p, int out, int count) -> transfer(p, out, count, true);
      case Action.Gift(int p, int offset, int count) -> {
        byte[] bytes = next(count);
        yield pipes[p].writeOpen ? pipes[p].gift(offset, bytes) : 0;
      }
      case Action.Close(int p, boolean writer) -> close(pipes[p], writer);
      case Action.Open(int p, boolean writer) -> open(pipes[p], writer);
    };
  }

  private byte[] next(int count) {
    byte[] bytes = Bytes.from(sequence, count);
    sequence += count;
    return bytes;
  }

  private long read(int p, int count) {
    byte[] bytes = new byte[count];
    long n = pipes[p].read(bytes);
    hash = Bytes.hash(bytes, (int) Math.max(0, n));
    return n;
  }

  private long transfer(int p, int out, int count, boolean tee) {
    boolean open = pipes[p].readOpen && pipes[out].writeOpen;
    return open ? pipes[p].transfer(pipes[out], count, tee) : 0;
  }

  private static long close(PipeModel pipe, boolean writer) {
    if (pipe.readOpen && pipe.writeOpen) {
      pipe.writeOpen = !writer;
      pipe.readOpen = writer;
      pipe.packets &= !writer;
    }
    return 0;
  }

  private static long open(PipeModel pipe, boolean writer) {
    if (writer) {
      pipe.writeOpen = true;
    } else {
      pipe.readOpen = true;
    }
    return 0;
  }
}
