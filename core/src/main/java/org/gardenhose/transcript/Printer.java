package org.gardenhose.transcript;

import java.util.List;

/// Prints lines in strace's layout.
final class Printer {
  private final StringBuilder out = new StringBuilder();
  private final int column;

  private Printer(int column) {
    this.column = column;
  }

  static String print(Line line) {
    Printer printer = new Printer(line.column());
    if (line.pid() != 0) {
      printer.out.append("[pid ").append(line.pid()).append("] ");
    }
    printer.event(line.event());
    return printer.out.toString();
  }

  static String print(Argument argument) {
    Printer printer = new Printer(0);
    printer.argument(argument);
    return printer.out.toString();
  }

  // ---- Events.

  private void event(Event event) {
    switch (event) {
      case Event.Call call -> {
        out.append(call.name()).append('(');
        finish(call.arguments(), call.result());
      }
      case Event.Unfinished begun -> {
        out.append(begun.name()).append('(');
        list(begun.arguments(), ", ");
        out.append(ArgumentParser.UNFINISHED);
      }
      case Event.Resumed resumed -> {
        out.append("<... ").append(resumed.name()).append(" resumed>");
        finish(resumed.arguments(), resumed.result());
      }
      case Event.Signalled signalled -> {
        out.append("--- ").append(signalled.signal()).append(' ');
        argument(signalled.info());
        out.append(" ---");
      }
      case Event.Stopped(String signal) -> out.append("--- stopped by " + signal + " ---");
      case Event.Exited(int status) -> out.append("+++ exited with " + status + " +++");
      case Event.Killed(String signal, boolean core) ->
          out.append("+++ killed by " + signal + (core ? " (core dumped) +++" : " +++"));
      case Event.Superseded(int pid) ->
          out.append("+++ superseded by execve in pid " + pid + " +++");
      case Event.Attached(int pid) -> out.append("strace: Process " + pid + " attached");
      case Event.Comment(String text) -> out.append(text);
    }
  }

  private void finish(List<Argument> arguments, Result result) {
    list(arguments, ", ");
    if (result instanceof Result.Never(boolean cut) && cut) {
      out.append(ArgumentParser.UNFINISHED);
    }
    out.append(") ");
    out.repeat(' ', Math.max(0, column - out.length())).append("= ");
    switch (result) {
      case Result.Value(Argument value, String remark) -> {
        argument(value);
        remark(remark);
      }
      case Result.Failed(String errno, String text) -> {
        out.append("-1 ").append(errno);
        remark(text);
      }
      case Result.Interrupted(String errno, String text) -> {
        out.append("? ").append(errno);
        remark(text);
      }
      case Result.Never _ -> out.append('?');
    }
  }

  private void remark(String text) {
    if (!text.isEmpty()) {
      out.append(" (").append(text).append(')');
    }
  }

  // ---- Arguments.

  private void list(List<Argument> arguments, String separator) {
    String before = "";
    for (Argument argument : arguments) {
      out.append(before);
      argument(argument);
      before = separator;
    }
  }

  private void bracketed(char opening, List<Argument> items, String separator, char closing) {
    out.append(opening);
    list(items, separator);
    out.append(closing);
  }

  private void argument(Argument argument) {
    switch (argument) {
      case Argument.Int number -> out.append(digits(number));
      case Argument.Name(String text) -> out.append(text);
      case Argument.Flags(List<Argument> parts) -> list(parts, "|");
      case Argument.Bytes(String text, boolean elided) -> {
        Escapes.quote(text, out);
        out.append(elided ? "..." : "");
      }
      case Argument.Descriptor(Argument number, String file, boolean deleted) -> {
        argument(number);
        out.append('<').append(file).append('>').append(deleted ? "(deleted)" : "");
      }
      case Argument.Array(List<Argument> items) -> bracketed('[', items, ", ", ']');
      case Argument.Members(List<Argument> items) -> bracketed('[', items, " ", ']');
      case Argument.Complement(Argument set) -> {
        out.append('~');
        argument(set);
      }
      case Argument.Struct(List<Argument> fields) -> bracketed('{', fields, ", ", '}');
      case Argument.Named(String name, Argument value) -> {
        out.append(name).append('=');
        argument(value);
      }
      case Argument.Status(int word) -> out.append('{').append(Statuses.print(word)).append('}');
      case Argument.Macro(String name, List<Argument> arguments) -> {
        out.append(name);
        bracketed('(', arguments, ", ", ')');
      }
      case Argument.Commented(Argument value, String comment) -> {
        argument(value);
        out.append(" /* ").append(comment).append(" */");
      }
      case Argument.Change(Argument before, Argument after) -> {
        argument(before);
        out.append(" => ");
        argument(after);
      }
      case Argument.Elided _ -> out.append("...");
      case Argument.Omitted _ -> {}
      case Argument.Unparsed(String text) -> out.append(text);
    }
  }

  private static String digits(Argument.Int number) {
    long value = number.value();
    if (value == 0) {
      return "0";
    }
    return switch (number.base()) {
      case DECIMAL -> Long.toString(value);
      case UNSIGNED -> Long.toUnsignedString(value);
      case OCTAL -> "0" + Long.toOctalString(value);
      case HEX -> "0x" + Long.toHexString(value);
    };
  }
}
