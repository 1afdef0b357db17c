package org.gardenhose.transcript;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.gardenhose.abi.ProcAbi;
import org.gardenhose.abi.Signal;

/// What wait4 says of a child, in words and as a number.
///
/// **Learned from.** strace `printstatus`
final class Statuses {
  /// The bit that says that a core was written (`WCOREDUMP`).
  private static final int CORE = 0x80;

  private static final Pattern EXITED =
      Pattern.compile("WIFEXITED\\(s\\) && WEXITSTATUS\\(s\\) == (\\d{1,3})");
  private static final Pattern SIGNALLED =
      Pattern.compile("WIFSIGNALED\\(s\\) && WTERMSIG\\(s\\) == (\\w+)( && WCOREDUMP\\(s\\))?");
  private static final Pattern STOPPED =
      Pattern.compile("WIFSTOPPED\\(s\\) && WSTOPSIG\\(s\\) == (\\w+)");
  private static final String CONTINUED = "WIFCONTINUED(s)";

  private Statuses() {}

  /// Returns the status word that `text` describes, -1 if it describes none.
  static int parse(String text) {
    Matcher exited = EXITED.matcher(text);
    if (exited.matches()) {
      return ProcAbi.exited(Integer.parseInt(exited.group(1)));
    }
    Matcher signalled = SIGNALLED.matcher(text);
    if (signalled.matches()) {
      int number = number(signalled.group(1));
      return number < 0 ? -1 : number | (signalled.group(2) == null ? 0 : CORE);
    }
    Matcher stopped = STOPPED.matcher(text);
    if (stopped.matches()) {
      int number = number(stopped.group(1));
      return number < 0 ? -1 : ProcAbi.stopped(number);
    }
    return text.equals(CONTINUED) ? ProcAbi.CONTINUED : -1;
  }

  private static int number(String name) {
    for (Signal signal : Signal.values()) {
      if (signal.name().equals(name)) {
        return signal.number();
      }
    }
    return -1;
  }

  static String print(int word) {
    if (word == ProcAbi.CONTINUED) {
      return CONTINUED;
    }
    if (ProcAbi.wifexited(word)) {
      return "WIFEXITED(s) && WEXITSTATUS(s) == " + ProcAbi.wexitstatus(word);
    }
    if (ProcAbi.wifstopped(word)) {
      return "WIFSTOPPED(s) && WSTOPSIG(s) == " + name(ProcAbi.wstopsig(word));
    }
    String core = (word & CORE) != 0 ? " && WCOREDUMP(s)" : "";
    return "WIFSIGNALED(s) && WTERMSIG(s) == " + name(ProcAbi.wtermsig(word)) + core;
  }

  private static String name(int number) {
    Signal signal = Signal.of(number);
    return signal == null ? Integer.toString(number) : signal.name();
  }
}
