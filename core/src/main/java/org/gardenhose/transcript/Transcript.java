package org.gardenhose.transcript;

import java.util.ArrayList;
import java.util.List;

/// Reads transcripts: what strace wrote with `-f`, or the in-JVM kernel's trace.
public final class Transcript {
  private Transcript() {}

  /// Reads all of a transcript.
  ///
  /// @param file its name, for messages
  /// @param text its lines; a last one without an end is one too
  /// @throws TranscriptException if a line cannot be read
  public static List<Line> parse(String file, String text) throws TranscriptException {
    List<Line> lines = new ArrayList<>();
    int number = 0;
    for (String line : text.lines().toList()) {
      lines.add(line(file, ++number, line));
    }
    return lines;
  }

  /// Reads one line.
  ///
  /// @param number counts from 1
  /// @throws TranscriptException if it cannot be read
  public static Line line(String file, int number, String text) throws TranscriptException {
    try {
      return LineParser.parse(text);
    } catch (Cursor.Unexpected e) {
      throw new TranscriptException(file, number, e.column, e.expected, e.found);
    }
  }

  /// Returns the text of lines, each with its end.
  public static String print(List<Line> lines) {
    StringBuilder text = new StringBuilder();
    lines.forEach(line -> text.append(line).append('\n'));
    return text.toString();
  }
}
