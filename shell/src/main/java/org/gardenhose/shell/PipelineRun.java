package org.gardenhose.shell;

import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import org.gardenhose.Pipe;
import org.gardenhose.PipeOptions;
import org.gardenhose.shell.program.Streams;
import org.gardenhose.shell.syntax.Command;
import org.gardenhose.shell.syntax.Pipeline;
import org.gardenhose.shell.syntax.SimpleCommand;

/// One run of a pipeline: a virtual thread and a place in the chain for every stage.
///
/// **Always true.** All stages start before any is waited for; each end of each pipe belongs to one
/// stage, which closes it when it ends, however it ends.
/// **Blocks.** until every stage has ended
/// **Learned from.** POSIX.1-2024 XCU 2.9.2, "Pipelines"
final class PipelineRun {
  /// The exit status of a run whose waiting thread was interrupted: 128 + SIGINT.
  private static final int INTERRUPTED = 130;

  private final String shell;
  private final List<Command> commands;
  private final Streams io;

  PipelineRun(String shell, Pipeline pipeline, Streams io) {
    this.shell = shell;
    this.commands = pipeline.stages();
    this.io = io;
  }

  int run() {
    List<StageRun> stages = stages();
    if (stages.size() == 1) {
      // Nothing to join: the calling thread does it, which spares a thread's start.
      stages.getFirst().run();
      return stages.getFirst().status();
    }
    List<Thread> threads = new ArrayList<>();
    for (StageRun stage : stages) {
      threads.add(Thread.ofVirtual().name(stage.toString()).start(stage));
    }
    return joinAll(threads) ? INTERRUPTED : stages.getLast().status();
  }

  private List<StageRun> stages() {
    // A cast, since a simple command is the only kind there is yet.
    List<StageRun> stages = new ArrayList<>();
    int last = commands.size() - 1;
    InputStream in = io.in();
    boolean inIsPipe = false;
    for (int i = 0; i <= last; i++) {
      Streams given = io.withIn(in);
      List<AutoCloseable> ends = new ArrayList<>();
      if (inIsPipe) {
        ends.add(in);
      }
      if (i < last) {
        Pipe pipe = Pipe.open(PipeOptions.DEFAULT.withName("joint " + (i + 1)));
        OutputStream out = pipe.writeEnd().outputStream();
        in = pipe.readEnd().inputStream();
        inIsPipe = true;
        ends.add(out);
        given = given.withOut(out);
      }
      stages.add(new StageRun(shell, (SimpleCommand) commands.get(i), given, ends));
    }
    return stages;
  }

  /// Waits for all of them. An interrupt is passed on to every stage, and then waited for still, so
  /// that no thread is left behind.
  private static boolean joinAll(List<Thread> threads) {
    boolean interrupted = false;
    for (Thread thread : threads) {
      while (true) {
        try {
          thread.join();
          break;
        } catch (InterruptedException _) {
          interrupted = true;
          threads.forEach(Thread::interrupt);
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return interrupted;
  }
}
