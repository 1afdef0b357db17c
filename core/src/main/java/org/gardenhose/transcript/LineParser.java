package org.gardenhose.transcript;

import java.util.List;

/// Reads one line.
final class LineParser {
  private static final String ATTACHED = "strace: Process ";

  private final Cursor cursor;
  private final ArgumentParser arguments;
  private int column = Line.COLUMN;

  private LineParser(String text) {
    cursor = new Cursor(text);
    arguments = new ArgumentParser(cursor);
  }

  static Line parse(String text) throws Cursor.Unexpected {
    return new LineParser(text).line();
  }

  private Line line() throws Cursor.Unexpected {
    if (cursor.atEnd() || cursor.peek() == '#') {
      return new Line(0, new Event.Comment(rest()));
    }
    int pid = pid();
    Event event = event();
    if (!cursor.atEnd()) {
      throw cursor.unexpected("the end of the line");
    }
    return new Line(pid, column, event);
  }

  private String rest() {
    int from = cursor.at();
    while (!cursor.atEnd()) {
      cursor.next();
    }
    return cursor.since(from);
  }

  /// Reads `[pid 12] `, or `12 ` as it stands in a file that strace writes.
  private int pid() throws Cursor.Unexpected {
    if (cursor.take("[pid ")) {
      cursor.blanks();
      int pid = cursor.number("a pid");
      cursor.need("] ");
      return pid;
    }
    if (!Cursor.isDigit(cursor.peek())) {
      return 0;
    }
    int pid = cursor.number("a pid");
    if (cursor.blanks() == 0) {
      throw cursor.unexpected("a blank after the pid");
    }
    return pid;
  }

  private Event event() throws Cursor.Unexpected {
    if (cursor.take("--- ")) {
      return signal();
    }
    if (cursor.take("+++ ")) {
      return end();
    }
    if (cursor.take(ATTACHED)) {
      int pid = cursor.number("a pid");
      cursor.need(" attached");
      return new Event.Attached(pid);
    }
    if (cursor.take("<... ")) {
      String name = cursor.word("the name of a call");
      cursor.need(" resumed>");
      if (!cursor.sees(ArgumentParser.UNFINISHED)) {
        cursor.blanks();
      }
      List<Argument> given = arguments.list();
      return new Event.Resumed(name, given, finished());
    }
    return call();
  }

  private Event call() throws Cursor.Unexpected {
    String name = cursor.word("a call, a signal ('---') or an end ('+++')");
    cursor.need("(");
    List<Argument> given = arguments.list();
    int here = cursor.at();
    if (cursor.take(ArgumentParser.UNFINISHED) && cursor.atEnd()) {
      return new Event.Unfinished(name, given);
    }
    cursor.back(here);
    return new Event.Call(name, given, finished());
  }

  // ---- Results.

  private Result finished() throws Cursor.Unexpected {
    boolean cut = cursor.take(ArgumentParser.UNFINISHED);
    cursor.need(")");
    if (cursor.blanks() == 0) {
      throw cursor.unexpected("' = ' and a result");
    }
    column = cursor.at();
    cursor.need("= ");
    if (cut) {
      cursor.need("?");
      return new Result.Never(true);
    }
    return result();
  }

  private Result result() throws Cursor.Unexpected {
    if (cursor.take("?")) {
      if (!cursor.take(" ")) {
        return new Result.Never(false);
      }
      String errno = cursor.word("the name of an error");
      return new Result.Interrupted(errno, remark());
    }
    if (cursor.take("-1 ")) {
      String errno = cursor.word("the name of an error");
      return new Result.Failed(errno, remark());
    }
    Argument value = arguments.argument(true);
    if (value instanceof Argument.Unparsed) {
      throw cursor.unexpected("a result: a number, or '?'");
    }
    return new Result.Value(value, cursor.atEnd() ? "" : remark());
  }

  /// Reads what stands in parentheses at the end of the line.
  private String remark() throws Cursor.Unexpected {
    cursor.need(" (");
    int from = cursor.at();
    String inside = rest();
    if (!inside.endsWith(")")) {
      throw cursor.unexpected("')'");
    }
    cursor.back(from + inside.length());
    return inside.substring(0, inside.length() - 1);
  }

  // ---- Signals and ends.

  private Event signal() throws Cursor.Unexpected {
    Event event;
    if (cursor.take("stopped by ")) {
      event = new Event.Stopped(cursor.word("the name of a signal"));
    } else {
      String name = cursor.word("the name of a signal");
      cursor.need(" ");
      if (cursor.peek() != '{') {
        throw cursor.unexpected("'{'");
      }
      event = new Event.Signalled(name, arguments.argument(true));
    }
    cursor.need(" ---");
    return event;
  }

  private Event end() throws Cursor.Unexpected {
    Event event;
    if (cursor.take("exited with ")) {
      event = new Event.Exited(cursor.number("an exit status"));
    } else if (cursor.take("killed by ")) {
      String name = cursor.word("the name of a signal");
      event = new Event.Killed(name, cursor.take(" (core dumped)"));
    } else if (cursor.take("superseded by execve in pid ")) {
      event = new Event.Superseded(cursor.number("a pid"));
    } else {
      throw cursor.unexpected("'exited with', 'killed by' or 'superseded by execve in pid'");
    }
    cursor.need(" +++");
    return event;
  }
}
