package org.gardenhose.shell.program;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/// What stops a utility, or keeps it from one of its files: a sentence for the user, and perhaps an
/// exit status.
///
/// The message is what comes after `name: ` on standard error, such as `list.txt: No such file or
/// directory`.
public sealed class Failure extends IOException permits InputFailure {
  private static final long serialVersionUID = 1L;

  /// The status of a failure that leaves it to the utility.
  private static final int UNSAID = -1;

  /// 0 to 255, or UNSAID.
  private final int status;

  /// Makes one whose exit status is the utility's usual one.
  public Failure(String message) {
    this(UNSAID, message);
  }

  /// Makes one with an exit status.
  public Failure(int status, String message) {
    super(message);
    this.status = status;
  }

  /// Makes one from what went wrong with the file of this name.
  static Failure of(String name, IOException cause) {
    Failure failure = new Failure(name + ": " + reason(cause));
    failure.initCause(cause);
    return failure;
  }

  /// Returns the sentence for the user.
  public String sentence() {
    return String.valueOf(getMessage());
  }

  /// Returns the exit status, or `usual` if this leaves it open.
  public int status(int usual) {
    return status == UNSAID ? usual : status;
  }

  /// Says in the system's words why a file could not be used.
  static String reason(IOException e) {
    String message = String.valueOf(e.getMessage());
    return switch (e) {
      // The JDK puts the system's reason between the last parentheses, behind the name.
      case FileNotFoundException _ when message.endsWith(")") ->
          message.substring(message.lastIndexOf(" (") + 2, message.length() - 1);
      case NoSuchFileException _ -> "No such file or directory";
      case AccessDeniedException _ -> "Permission denied";
      case FileSystemException f when f.getReason() != null -> f.getReason();
      case CharacterCodingException _ -> "Invalid or incomplete multibyte or wide character";
      default -> message;
    };
  }
}
