package org.gardenhose.transcript;

import java.util.List;

/// What a call is given or gives back, as strace writes it.
public sealed interface Argument {
  /// The pointer that is none.
  Argument NULL = new Name("NULL");

  /// A pointer, whose value differs from run to run.
  Argument ADDR = new Name("ADDR");

  /// How a number is written.
  enum Base {
    DECIMAL,
    /// Decimal, above the largest `long`.
    UNSIGNED,
    OCTAL,
    HEX
  }

  /// A number.
  record Int(long value, Base base) implements Argument {}

  /// A constant or other word: `O_CLOEXEC`, `NULL`, `ADDR`.
  record Name(String text) implements Argument {}

  /// Constants joined by `|`, the last perhaps a number.
  record Flags(List<Argument> parts) implements Argument {}

  /// Bytes, one a character: `"hello\n"`; `elided` if there are more, `"hel"...`.
  record Bytes(String text, boolean elided) implements Argument {}

  /// A descriptor and what it is open on, which `-y` adds: `3<pipe:[1]>`.
  record Descriptor(Argument number, String file, boolean deleted) implements Argument {}

  /// `[3, 4]`.
  record Array(List<Argument> items) implements Argument {}

  /// Members that blanks part: `[HUP INT PIPE]`.
  record Members(List<Argument> items) implements Argument {}

  /// All but these: `~[KILL STOP]`.
  record Complement(Argument set) implements Argument {}

  /// `{fd=5, events=POLLOUT}`.
  record Struct(List<Argument> fields) implements Argument {}

  /// A field of a structure, or an argument with its name: `flags=CLONE_VM`.
  record Named(String name, Argument value) implements Argument {}

  /// What wait4 says of a child: `{WIFEXITED(s) && WEXITSTATUS(s) == 0}`.
  record Status(int word) implements Argument {}

  /// A macro with arguments: `makedev(0x1, 0x3)`.
  record Macro(String name, List<Argument> arguments) implements Argument {}

  /// `ADDR /* 39 vars */`.
  record Commented(Argument value, String comment) implements Argument {}

  /// What the call changed: `[0] => [128]`.
  record Change(Argument before, Argument after) implements Argument {}

  /// What is left out for shortness: `...`.
  record Elided() implements Argument {}

  /// Nothing at all: it stands in the other half of a call that was parted.
  record Omitted() implements Argument {}

  /// Text that is none of these, kept as it was.
  record Unparsed(String text) implements Argument {}

  /// Returns the text of it in a transcript.
  default String toText() {
    return Printer.print(this);
  }

  // ---- Making them.

  /// Returns a number in decimal.
  static Argument of(long value) {
    return new Int(value, Base.DECIMAL);
  }

  /// Returns a number in octal, as permissions are written.
  static Argument octal(long value) {
    return new Int(value, Base.OCTAL);
  }

  /// Returns a number in hexadecimal.
  static Argument hex(long value) {
    return new Int(value, Base.HEX);
  }

  /// Returns an array.
  static Argument array(Argument... items) {
    return new Array(List.of(items));
  }

  /// Returns a structure.
  static Argument struct(Argument... fields) {
    return new Struct(List.of(fields));
  }

  /// Returns a field.
  static Argument field(String name, Argument value) {
    return new Named(name, value);
  }

  /// Returns one flag, or several joined.
  static Argument flags(List<Argument> parts) {
    return parts.size() == 1 ? parts.getFirst() : new Flags(List.copyOf(parts));
  }
}
