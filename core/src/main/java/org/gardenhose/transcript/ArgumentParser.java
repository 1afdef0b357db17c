package org.gardenhose.transcript;

import java.util.ArrayList;
import java.util.List;

/// Reads arguments.
///
/// **Always true.** What is returned prints as the text that was read: an argument for which that
/// would not hold is kept as [Argument.Unparsed].
final class ArgumentParser {
  /// Brackets within brackets: more than any call has, less than a thread's stack holds.
  private static final int DEPTH_MAX = 40;

  static final String UNFINISHED = " <unfinished ...>";

  private final Cursor cursor;
  private int depth;

  ArgumentParser(Cursor cursor) {
    this.cursor = cursor;
  }

  /// Reads a text that is one argument, or keeps it as it is.
  static Argument parse(String text) {
    Cursor cursor = new Cursor(text);
    try {
      Argument argument = new ArgumentParser(cursor).argument();
      return cursor.atEnd() ? argument : new Argument.Unparsed(text);
    } catch (Cursor.Unexpected _) {
      return new Argument.Unparsed(text);
    }
  }

  /// Reads arguments up to `)` or to where the call was left unfinished, neither of which is taken.
  List<Argument> list() throws Cursor.Unexpected {
    List<Argument> arguments = new ArrayList<>();
    if (cursor.sees(",")) {
      arguments.add(new Argument.Omitted());
    } else if (cursor.peek() != ')' && !cursor.sees(UNFINISHED)) {
      arguments.add(argument());
    }
    while (cursor.take(", ")) {
      arguments.add(cursor.sees(UNFINISHED) ? new Argument.Omitted() : argument());
    }
    return List.copyOf(arguments);
  }

  /// Reads one argument, which a comma, a bracket or the call's end follows.
  private Argument argument() throws Cursor.Unexpected {
    return argument(false);
  }

  /// Reads one argument, which a blank may follow too if `blank`.
  Argument argument(boolean blank) throws Cursor.Unexpected {
    int from = cursor.at();
    int outside = depth;
    try {
      Argument argument = afterwards(primary());
      if ((atEnd() || cursor.atEnd() || blank && cursor.peek() == ' ')
          && Printer.print(argument).equals(cursor.since(from))) {
        return argument;
      }
    } catch (Cursor.Unexpected _) {
      // It is nothing that is known here; whether its brackets and quotes match is seen below.
    }
    depth = outside;
    cursor.back(from);
    return unparsed();
  }

  /// Takes text up to the end of the argument, whatever it is, so long as its brackets match.
  private Argument unparsed() throws Cursor.Unexpected {
    int from = cursor.at();
    StringBuilder open = new StringBuilder();
    while (!open.isEmpty() || !atEnd()) {
      char c = cursor.peek();
      int kind = "([{".indexOf(c);
      if (cursor.atEnd()) {
        throw cursor.unexpected(open.isEmpty() ? "')'" : "'" + last(open) + "'");
      } else if (c == '"') {
        Escapes.unquote(cursor);
        continue;
      } else if (kind >= 0) {
        open.append(")]}".charAt(kind));
      } else if (!open.isEmpty() && c == last(open)) {
        open.setLength(open.length() - 1);
      } else if (")]}".indexOf(c) >= 0) {
        throw cursor.unexpected("'" + last(open) + "'");
      }
      cursor.next();
    }
    if (cursor.at() == from) {
      throw cursor.unexpected("an argument");
    }
    return new Argument.Unparsed(cursor.since(from));
  }

  private static char last(StringBuilder open) {
    return open.charAt(open.length() - 1);
  }

  private boolean atEnd() {
    char c = cursor.peek();
    return c == ')' || c == ']' || c == '}' || cursor.sees(", ") || cursor.sees(UNFINISHED);
  }

  // ---- What an argument can be.

  private Argument primary() throws Cursor.Unexpected {
    char c = cursor.peek();
    if (c == '"') {
      String bytes = Escapes.unquote(cursor);
      return new Argument.Bytes(bytes, cursor.take("..."));
    }
    if (cursor.take("...")) {
      return new Argument.Elided();
    }
    if (c == '[' || c == '{' || c == '~') {
      return nested(c);
    }
    if (!Cursor.isWordStart(c)) {
      return withFlags(number());
    }
    String word = cursor.word("a word");
    if (cursor.peek() == '=' && cursor.peek(1) != '=' && cursor.peek(1) != '>') {
      cursor.next();
      return new Argument.Named(word, argument());
    }
    if (cursor.peek() == '(') {
      cursor.next();
      List<Argument> arguments = list();
      cursor.need(")");
      return new Argument.Macro(word, arguments);
    }
    return withFlags(new Argument.Name(word));
  }

  private Argument nested(char opening) throws Cursor.Unexpected {
    if (++depth > DEPTH_MAX) {
      throw cursor.unexpected("at most " + DEPTH_MAX + " brackets within each other");
    }
    cursor.next();
    Argument read =
        switch (opening) {
          case '~' -> new Argument.Complement(primary());
          case '[' -> array();
          default -> struct();
        };
    depth--;
    return read;
  }

  private Argument array() throws Cursor.Unexpected {
    List<Argument> items = new ArrayList<>();
    boolean blanks = false;
    if (cursor.peek() != ']') {
      items.add(argument(true));
      blanks = cursor.peek() == ' ';
      while (cursor.take(blanks ? " " : ", ")) {
        items.add(argument(blanks));
      }
    }
    cursor.need("]");
    return blanks
        ? new Argument.Members(List.copyOf(items))
        : new Argument.Array(List.copyOf(items));
  }

  private Argument struct() throws Cursor.Unexpected {
    int from = cursor.at();
    if (cursor.sees("WIF")) {
      int word = Statuses.parse(cursor.upTo("}"));
      if (word >= 0) {
        return new Argument.Status(word);
      }
      cursor.back(from);
    }
    List<Argument> fields = new ArrayList<>();
    if (cursor.peek() != '}') {
      fields.add(argument());
      while (cursor.take(", ")) {
        fields.add(argument());
      }
    }
    cursor.need("}");
    return new Argument.Struct(List.copyOf(fields));
  }

  private Argument withFlags(Argument first) throws Cursor.Unexpected {
    if (cursor.peek() != '|') {
      return first;
    }
    List<Argument> parts = new ArrayList<>(List.of(first));
    while (cursor.take("|")) {
      char c = cursor.peek();
      parts.add(Cursor.isDigit(c) ? number() : new Argument.Name(cursor.word("a flag")));
    }
    return new Argument.Flags(List.copyOf(parts));
  }

  private Argument number() throws Cursor.Unexpected {
    int from = cursor.at();
    cursor.take("-");
    if (!Cursor.isDigit(cursor.peek())) {
      throw cursor.unexpected("an argument");
    }
    while (Cursor.isWord(cursor.peek())) {
      cursor.next();
    }
    String text = cursor.since(from);
    try {
      return number(text);
    } catch (NumberFormatException _) {
      cursor.back(from);
      throw cursor.unexpected("a number");
    }
  }

  private static Argument number(String text) {
    if (text.startsWith("0x")) {
      return Argument.hex(Long.parseUnsignedLong(text.substring(2), 16));
    }
    if (text.length() > 1 && text.startsWith("0")) {
      return Argument.octal(Long.parseUnsignedLong(text, 8));
    }
    if (text.startsWith("-")) {
      return Argument.of(Long.parseLong(text));
    }
    long value = Long.parseUnsignedLong(text);
    return value >= 0 ? Argument.of(value) : new Argument.Int(value, Argument.Base.UNSIGNED);
  }

  // ---- What can follow it.

  private Argument afterwards(Argument argument) throws Cursor.Unexpected {
    Argument read = argument;
    if (cursor.peek() == '<' && !cursor.sees("<unfinished")) {
      cursor.next();
      read = opened(read);
    }
    if (cursor.take(" /* ")) {
      read = new Argument.Commented(read, cursor.upTo(" */"));
    }
    return cursor.take(" => ") ? new Argument.Change(read, argument()) : read;
  }

  /// Reads what a descriptor is open on. An arrow, as in a socket's addresses, does not end it.
  private Argument opened(Argument number) throws Cursor.Unexpected {
    int from = cursor.at();
    char before = 0;
    while (cursor.peek() != '>' || before == '-') {
      if (cursor.atEnd()) {
        throw cursor.unexpected("a closing '>'");
      }
      before = cursor.next();
    }
    String file = cursor.since(from);
    cursor.next();
    return new Argument.Descriptor(number, file, cursor.take("(deleted)"));
  }
}
