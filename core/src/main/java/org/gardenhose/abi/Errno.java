package org.gardenhose.abi;

/// Names for what a call came to when it failed: Linux's error numbers.
///
/// **Always true.** A result is `>= 0`, or minus the number of exactly one of these.
/// **Blocks.** never
/// **Learned from.** errno(3); the numbers are those of `asm-generic/errno-base.h` and `errno.h`
public enum Errno {
  EINTR(4, "Interrupted system call"),
  EBADF(9, "Bad file descriptor"),
  EAGAIN(11, "Resource temporarily unavailable"),
  EPERM(1, "Operation not permitted"),
  EBUSY(16, "Device or resource busy"),
  EINVAL(22, "Invalid argument"),
  EPIPE(32, "Broken pipe"),
  ETIMEDOUT(110, "Connection timed out"),
  ECANCELED(125, "Operation canceled");

  private static final Errno[] ALL = values();

  private final int number;
  private final String text;

  Errno(int number, String text) {
    this.number = number;
    this.text = text;
  }

  /// Returns this failure as a result: minus its number.
  public int result() {
    return -number;
  }

  /// Returns the C library's text for it.
  public String text() {
    return text;
  }

  /// Returns the failure that a negative `result` names.
  ///
  /// @throws IllegalArgumentException if `result` is no failure known here
  public static Errno of(long result) {
    for (Errno errno : ALL) {
      if (errno.number == -result) {
        return errno;
      }
    }
    throw new IllegalArgumentException("no errno for result " + result);
  }

  /// Returns the name and the text, as strace prints them: `EPIPE (Broken pipe)`.
  @Override
  public String toString() {
    return name() + " (" + text + ")";
  }
}
