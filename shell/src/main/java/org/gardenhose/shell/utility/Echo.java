package org.gardenhose.shell.utility;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import org.gardenhose.shell.program.Streams;
import org.gardenhose.shell.program.Utility;

/// `echo [-neE] [word...]`: writes its arguments with spaces between and a newline behind. `-n`
/// leaves the newline out; `-e` gives backslashes a meaning, `-E` takes it away. Anything else that
/// looks like an option is a word.
///
/// **Learned from.** POSIX.1-2024 XCU echo, which leaves `-n` and backslashes to the system; GNU's
final class Echo implements Utility {
  private static final String ESCAPES = "\\abefnrtv";
  private static final String MEANINGS = "\\\u0007\b\u001b\f\n\r\t\u000b";

  @Override
  public int run(List<String> argv, Streams io) throws IOException {
    boolean newline = true;
    boolean escapes = false;
    int first = 1;
    for (; first < argv.size() && isOption(argv.get(first)); first++) {
      for (char option : argv.get(first).substring(1).toCharArray()) {
        newline &= option != 'n';
        escapes = option == 'n' ? escapes : option == 'e';
      }
    }
    byte[] words = Bytes.of(String.join(" ", argv.subList(first, argv.size())));
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    boolean whole = true;
    if (escapes) {
      whole = unescape(words, line);
    } else {
      line.writeBytes(words);
    }
    if (newline && whole) {
      line.write('\n');
    }
    if (line.size() > 0) {
      io.out().write(line.toByteArray());
    }
    return 0;
  }

  private static boolean isOption(String word) {
    return word.length() > 1
        && word.charAt(0) == '-'
        && word.chars().skip(1).allMatch(c -> c == 'n' || c == 'e' || c == 'E');
  }

  /// Returns whether no `\c` cut the output short.
  private static boolean unescape(byte[] words, ByteArrayOutputStream line) {
    for (int i = 0; i < words.length; i++) {
      if (words[i] != '\\' || i + 1 == words.length) {
        line.write(words[i]);
        continue;
      }
      char c = (char) (words[++i] & 0xff);
      int known = ESCAPES.indexOf(c);
      if (c == 'c') {
        return false;
      } else if (known >= 0) {
        line.write(MEANINGS.charAt(known));
      } else if (c == '0') {
        i = number(words, i + 1, 8, 3, line);
      } else if (c == 'x' && i + 1 < words.length && Character.digit(words[i + 1], 16) >= 0) {
        i = number(words, i + 1, 16, 2, line);
      } else {
        line.write('\\');
        line.write(c);
      }
    }
    return true;
  }

  /// Writes the byte whose digits begin at `at`, and returns the last digit's index.
  private static int number(byte[] words, int at, int radix, int most, ByteArrayOutputStream line) {
    int value = 0;
    int i = at;
    for (; i < words.length && i < at + most; i++) {
      int digit = Character.digit(words[i], radix);
      if (digit < 0) {
        break;
      }
      value = value * radix + digit;
    }
    line.write(value);
    return i - 1;
  }
}
