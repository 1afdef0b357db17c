package org.gardenhose.shell;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// Inputs for comparisons: the ordinary, and what breaks tools that were tried with that only. One
/// character is one byte.
final class Samples {
  private static final Map<String, String> TEXTS = texts();

  private Samples() {}

  /// Returns the names of all of them.
  static List<String> names() {
    return List.copyOf(TEXTS.keySet());
  }

  /// Returns one of them.
  static String text(String name) {
    return TEXTS.get(name);
  }

  /// Writes each to a file of its name.
  static void writeTo(Path directory) {
    try {
      for (Map.Entry<String, String> text : TEXTS.entrySet()) {
        byte[] bytes = text.getValue().getBytes(StandardCharsets.ISO_8859_1);
        Files.write(directory.resolve(text.getKey()), bytes);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, String> texts() {
    Map<String, String> texts = new LinkedHashMap<>();
    texts.put("empty", "");
    texts.put("newline", "\n");
    texts.put("newlines", "\n\n\n\n");
    texts.put("unfinished", "beta\nalpha\nalpha");
    texts.put(
        "words", "The tap\nthe hose\nThe hose\nthe hose\na tap and a hose\nTHE HOSE\n hose\n");
    texts.put("numbers", "10\n9\n-3\n  7\n-3.5\n0\n-0\n1e3\n007\n.5\n0.50\nx\n\n+4\n3.25\n3.3\n");
    texts.put(
        "long numbers",
        "123456789012345678901234567890\n123456789012345678901234567891\n"
            + "-123456789012345678901234567890\n1000000000000000000\n999999999999999999\n"
            + "1000000000000000000.5\n0.000000000000000000000000000001\n0\n");
    texts.put("fields", "b 3 x\na 10 y\n c 2 x\nb  3 a\n\tb 3\nc\t1\tz\nd:4:e\na:1:b:2\n::\n:x\n");
    texts.put("colons", "one:two:three\nfour\n:five:\nsix:seven\n\n:::\neight:nine:ten:eleven\n");
    texts.put("crlf", "one\r\ntwo\r\ntwo\r\n\r\none\r\nthree");
    texts.put("nul", "a\0b\n\0\na\0c\n\0\0\na\nb\0");
    texts.put("high", "\u00ff\n\u00ff\u00fe\n\u0080\nz\n\u00ff\nA\u00e9b\n");
    texts.put("all bytes", allBytes());
    texts.put("long line", "x".repeat(1 << 20) + "\nshort\n" + "yz ".repeat(1 << 18) + "tail");
    texts.put("random", random(new Random(1), 600));
    return texts;
  }

  private static String allBytes() {
    StringBuilder text = new StringBuilder();
    for (char c = 0; c < 256; c++) {
      text.append(c).append(c % 7 == 0 ? "\n" : c % 5 == 0 ? " " : "");
    }
    return text.toString();
  }

  /// Lines of few letters, so that many are equal and many nearly.
  private static String random(Random random, int lines) {
    List<String> all = new ArrayList<>();
    String letters = "aAbB01. \t-:";
    for (int i = 0; i < lines; i++) {
      StringBuilder line = new StringBuilder();
      for (int length = random.nextInt(9); length > 0; length--) {
        line.append(letters.charAt(random.nextInt(letters.length())));
      }
      all.add(line.toString());
    }
    return String.join("\n", all) + "\n";
  }
}
