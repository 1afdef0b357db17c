package org.gardenhose.shell;

import java.nio.charset.StandardCharsets;

/// What a command line came to.
///
/// @param status the exit status
/// @param bytes what it wrote to standard output
/// @param err what it wrote to standard error
record Ran(int status, byte[] bytes, String err) {
  /// Returns standard output, one character for each byte.
  String out() {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }
}
