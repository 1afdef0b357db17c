package org.gardenhose.shell;

import static org.gardenhose.abi.FileAbi.O_APPEND;
import static org.gardenhose.abi.FileAbi.O_CREAT;
import static org.gardenhose.abi.FileAbi.O_RDONLY;
import static org.gardenhose.abi.FileAbi.O_TRUNC;
import static org.gardenhose.abi.FileAbi.O_WRONLY;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.gardenhose.abi.Errno;
import org.gardenhose.abi.ProcAbi;
import org.gardenhose.abi.Program;
import org.gardenhose.abi.Sys;
import org.gardenhose.shell.syntax.Command;
import org.gardenhose.shell.syntax.Parser;
import org.gardenhose.shell.syntax.Redirection;
import org.gardenhose.shell.syntax.SimpleCommand;
import org.gardenhose.shell.syntax.SyntaxException;
import org.gardenhose.shell.syntax.Word;

/// `sh -c 'PIPELINE'`: the shell as a program of the in-JVM kernel, which runs a pipeline by
/// nothing but system calls.
///
/// For each joint it calls pipe; for each stage fork, and the child dup2, close and execve; then it
/// waits for them all.
///
/// **Always true.** The shell holds no end of a pipe that both its stages have: a reader sees the
/// end of the file when its writer ends.
/// **Blocks.** until every stage has ended
/// **Learned from.** POSIX.1-2024 XCU 2.9.2, "Pipelines"; V6 `sh.c`
///
/// @param name what its messages begin with
/// @param files where the host's files are in the kernel's tree
record ShellProgram(String name, HostFiles files) implements Program {
  /// The status of a stage whose command is there but cannot be run, and of one that is not.
  private static final int NOT_RUN = 126;

  private static final int NOT_FOUND = 127;
  private static final int REDIRECTION_FAILED = 1;

  /// No descriptor.
  private static final int NONE = -1;

  /// What a stage gets instead of the shell's own input and output; NONE leaves them.
  ///
  /// @param spare the other end of the pipe that it writes, which it has no use for
  private record Joints(int in, int out, int spare) {}

  @Override
  public int main(Sys sys, List<String> argv) {
    try {
      return run(sys, Parser.parse(argv.getLast()).stages());
    } catch (SyntaxException e) {
      complain(sys, String.valueOf(e.getMessage()));
      return Shell.SYNTAX_ERROR;
    }
  }

  private int run(Sys sys, List<Command> stages) {
    int in = NONE;
    long last = 0;
    for (int i = 0; i < stages.size(); i++) {
      // A cast, since a simple command is the only kind there is yet.
      SimpleCommand command = (SimpleCommand) stages.get(i);
      int[] joint = {NONE, NONE};
      if (i < stages.size() - 1 && failed(sys, "pipe", sys.pipe(joint))) {
        return NOT_RUN;
      }
      Joints joints = new Joints(in, joint[1], joint[0]);
      last = sys.fork(child -> stage(child, command, joints));
      close(sys, in);
      close(sys, joint[1]);
      in = joint[0];
    }
    return await(sys, stages.size(), last);
  }

  /// Waits for so many children and returns what became of `last`.
  private static int await(Sys sys, int children, long last) {
    int result = 0;
    int[] word = new int[1];
    for (int left = children; left > 0; left--) {
      if (sys.wait(word) == last) {
        boolean exited = ProcAbi.wifexited(word[0]);
        result = exited ? ProcAbi.wexitstatus(word[0]) : 128 + ProcAbi.wtermsig(word[0]);
      }
    }
    return result;
  }

  // ---- In the child.

  private int stage(Sys sys, SimpleCommand command, Joints joints) {
    close(sys, joints.spare());
    move(sys, joints.in(), 0);
    move(sys, joints.out(), 1);
    for (Redirection redirection : command.redirections()) {
      if (!redirect(sys, redirection)) {
        return REDIRECTION_FAILED;
      }
    }
    List<String> argv = command.words().stream().map(Word::text).toList();
    return argv.isEmpty() ? 0 : execute(sys, argv);
  }

  private int execute(Sys sys, List<String> argv) {
    String program = argv.getFirst();
    String path = program.contains("/") ? program : "/bin/" + program;
    long result = sys.execve(path, argv, sys.environment());
    boolean missing = result == Errno.ENOENT.result();
    String reason = missing ? "command not found" : Errno.of(result).text();
    complain(sys, program + ": " + reason);
    return missing ? NOT_FOUND : NOT_RUN;
  }

  private boolean redirect(Sys sys, Redirection redirection) {
    String file = redirection.target().text();
    int flags =
        switch (redirection.mode()) {
          case READ -> O_RDONLY;
          case WRITE -> O_WRONLY | O_CREAT | O_TRUNC;
          case APPEND -> O_WRONLY | O_CREAT | O_APPEND;
        };
    long fd = sys.open(files.path(file), flags, 0666);
    if (failed(sys, file.isEmpty() ? "''" : file, fd)) {
      return false;
    }
    move(sys, (int) fd, redirection.fd());
    return true;
  }

  /// Makes `target` what `fd` is, unless that is NONE, and closes `fd`.
  private static void move(Sys sys, int fd, int target) {
    if (fd != NONE && fd != target) {
      sys.dup2(fd, target);
      sys.close(fd);
    }
  }

  private static void close(Sys sys, int fd) {
    if (fd != NONE) {
      sys.close(fd);
    }
  }

  private boolean failed(Sys sys, String what, long result) {
    if (result < 0) {
      complain(sys, what + ": " + Errno.of(result).text());
    }
    return result < 0;
  }

  private void complain(Sys sys, String what) {
    byte[] line = (name + ": " + what + "\n").getBytes(StandardCharsets.UTF_8);
    sys.write(2, ByteBuffer.wrap(line));
  }
}
