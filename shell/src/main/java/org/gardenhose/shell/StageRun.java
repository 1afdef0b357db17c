package org.gardenhose.shell;

import java.util.ArrayList;
import java.util.List;
import org.gardenhose.shell.program.Failure;
import org.gardenhose.shell.program.Streams;
import org.gardenhose.shell.program.Utility;
import org.gardenhose.shell.syntax.Redirection;
import org.gardenhose.shell.syntax.SimpleCommand;
import org.gardenhose.shell.syntax.Word;
import org.gardenhose.shell.utility.Utilities;

/// One stage of a run: opens the redirections, runs the utility, and closes what the stage was
/// given.
///
/// **Always true.** When `run` ends, the stage's ends and files are closed and `status` is set;
/// nothing is thrown but what shows a fault of ours, which nobody catches.
final class StageRun implements Runnable {
  private static final int REDIRECTION_FAILED = 1;
  private static final int NOT_FOUND = 127;

  /// 128 + SIGABRT (6).
  private static final int ABORTED = 134;

  private final String shell;
  private final SimpleCommand command;
  private final List<AutoCloseable> held;
  private Streams io;

  /// Read by whoever has joined the stage's thread. Stays as it is here only after a fault.
  private int status = ABORTED;

  StageRun(String shell, SimpleCommand command, Streams io, List<AutoCloseable> held) {
    this.shell = shell;
    this.command = command;
    this.io = io;
    this.held = new ArrayList<>(held);
  }

  int status() {
    return status;
  }

  @Override
  public void run() {
    try {
      status = redirected() ? runUtility() : REDIRECTION_FAILED;
    } finally {
      closeHeld();
    }
  }

  private boolean redirected() {
    try {
      for (Redirection redirection : command.redirections()) {
        redirect(redirection);
      }
      return true;
    } catch (Failure e) {
      io.complain(shell + ": " + e.sentence());
      return false;
    }
  }

  private void redirect(Redirection redirection) throws Failure {
    String name = redirection.target().text();
    boolean append = redirection.mode() == Redirection.Mode.APPEND;
    Streams before = io;
    io =
        switch (redirection.fd()) {
          case 0 -> io.withIn(hold(io.open(name)));
          case 1 -> io.withOut(hold(io.create(name, append)));
          default -> io.withErr(hold(io.create(name, append)));
        };
    // What a file takes the place of is closed at once, as dup2 does: its other side must see it.
    release(redirection.fd() == 0 ? before.in() : before.out(), redirection.fd());
  }

  private <T extends AutoCloseable> T hold(T opened) {
    held.add(opened);
    return opened;
  }

  private void release(AutoCloseable stream, int fd) {
    if (fd <= 1 && held.remove(stream)) {
      closeQuietly(stream);
    }
  }

  private int runUtility() {
    List<String> argv = new ArrayList<>();
    for (Word word : command.words()) {
      argv.add(word.text());
    }
    if (argv.isEmpty()) {
      return 0;
    }
    Utility utility = Utilities.find(argv.getFirst());
    if (utility == null) {
      io.complain(shell + ": " + argv.getFirst() + ": command not found");
      return NOT_FOUND;
    }
    return UtilityRun.run(utility, List.copyOf(argv), io);
  }

  private void closeHeld() {
    for (AutoCloseable stream : held) {
      closeQuietly(stream);
    }
  }

  /// Closes a stream. What is unbuffered has nothing left to lose by then.
  private void closeQuietly(AutoCloseable stream) {
    try {
      stream.close();
    } catch (Exception e) {
      io.complain(shell + ": " + e.getMessage());
    }
  }

  @Override
  public String toString() {
    return command.words().isEmpty() ? "redirection" : command.words().getFirst().text();
  }
}
