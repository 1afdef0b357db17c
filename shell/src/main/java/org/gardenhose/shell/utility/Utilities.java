package org.gardenhose.shell.utility;

import java.util.List;
import org.gardenhose.shell.program.Streams;
import org.gardenhose.shell.program.Utility;
import org.jspecify.annotations.Nullable;

/// The utilities by name.
public final class Utilities {
  /// All of the names.
  public static final List<String> NAMES =
      List.of(
          "cat", "cut", "echo", "false", "grep", "head", "seq", "sort", "tail", "tee", "tr", "true",
          "uniq", "wc", "yes");

  private Utilities() {}

  /// Returns the utility of this name, or null if there is none.
  public static @Nullable Utility find(String name) {
    return switch (name) {
      case "cat" -> new Cat();
      case "cut" -> new Cut();
      case "echo" -> new Echo();
      case "false" -> new Constant(1);
      case "grep" -> new Grep();
      case "head" -> new Head();
      case "seq" -> new Seq();
      case "sort" -> new Sort();
      case "tail" -> new Tail();
      case "tee" -> new Tee();
      case "tr" -> new Tr();
      case "true" -> new Constant(0);
      case "uniq" -> new Uniq();
      case "wc" -> new Wc();
      case "yes" -> new Yes();
      default -> null;
    };
  }

  /// `true` and `false`.
  private record Constant(int status) implements Utility {
    @Override
    public int run(List<String> argv, Streams io) {
      return status;
    }
  }
}
