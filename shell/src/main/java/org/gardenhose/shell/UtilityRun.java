package org.gardenhose.shell;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.List;
import org.gardenhose.BrokenPipeException;
import org.gardenhose.shell.program.Failure;
import org.gardenhose.shell.program.ReaderGoneException;
import org.gardenhose.shell.program.Streams;
import org.gardenhose.shell.program.Utility;

/// Runs a utility and turns what it throws into a message and a status.
final class UtilityRun {
  /// 128 + SIGPIPE (13): what a shell reports for a writer whose reader is gone.
  private static final int BROKEN_PIPE = 141;

  /// 128 + SIGINT (2).
  private static final int INTERRUPTED = 130;

  private UtilityRun() {}

  /// Runs `utility` to its end.
  ///
  /// @param argv its name, then its arguments
  /// @return its exit status
  static int run(Utility utility, List<String> argv, Streams io) {
    String name = argv.getFirst();
    try {
      int result = utility.run(argv, io);
      io.out().flush();
      return result;
    } catch (BrokenPipeException | ReaderGoneException _) {
      return BROKEN_PIPE;
    } catch (InterruptedIOException _) {
      return INTERRUPTED;
    } catch (Failure e) {
      io.complain(name + ": " + e.sentence());
      return e.status(utility.troubleStatus());
    } catch (IOException e) {
      io.complain(name + ": " + e.getMessage());
    } catch (OutOfMemoryError _) {
      io.complain(name + ": memory exhausted");
    }
    return utility.troubleStatus();
  }
}
