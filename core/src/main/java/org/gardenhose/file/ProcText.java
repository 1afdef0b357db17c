package org.gardenhose.file;

import static org.gardenhose.abi.FileAbi.S_IFREG;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import java.util.function.LongUnaryOperator;
import java.util.function.Supplier;
import org.gardenhose.abi.Errno;
import org.gardenhose.memory.Page;
import org.gardenhose.memory.UserMemory;
import org.gardenhose.pipe.PageRun;
import org.jspecify.annotations.Nullable;

/// A file of `/proc` whose text is made when it is read, and which may take a number.
///
/// **Always true.** Its length is 0, whatever it has to say.
/// **Guarded by.** nothing: the text is made from what guards itself
/// **Blocks.** never
/// **Learned from.** Linux `fs/proc/proc_sysctl.c`, `proc_dopipe_max_size`; L-27 to L-29, L-143
final class ProcText extends Inode {
  /// The longest text that a number is read from, in bytes (`TMPBUFLEN`).
  private static final int LONGEST = 22;

  private final Supplier<String> text;
  private final @Nullable LongUnaryOperator take;

  /// Makes a file that can only be read.
  ProcText(Procfs system, Supplier<String> text) {
    this(system, 0444, text, null);
  }

  private ProcText(
      Procfs system, int permissions, Supplier<String> text, @Nullable LongUnaryOperator take) {
    super(
        system.device(),
        system.nextNumber(),
        S_IFREG | permissions,
        Credentials.ROOT,
        system.clock());
    this.text = text;
    this.take = take;
  }

  /// Returns the files that show and set the limits on pipes, by name.
  static Map<String, Inode> limits(Procfs system, PipeLimits limits) {
    return Map.of(
        "pipe-max-size",
        new ProcText(system, 0644, () -> limits.maxSize() + "\n", limits::maxSize),
        "pipe-user-pages-soft",
        number(system, limits::userPagesSoft, limits::userPagesSoft),
        "pipe-user-pages-hard",
        number(system, limits::userPagesHard, limits::userPagesHard));
  }

  private static ProcText number(Procfs system, LongSupplier get, LongConsumer set) {
    return new ProcText(
        system,
        0644,
        () -> get.getAsLong() + "\n",
        value -> {
          set.accept(value);
          return 0;
        });
  }

  @Override
  public long open(int flags, Credentials who, FileOperations[] opened) {
    opened[0] = new Operations();
    return 0;
  }

  /// An open text.
  private final class Operations extends PositionedOperations {
    @Override
    long get(Object memory, long at, long count, long position) {
      byte[] bytes = text.get().getBytes(StandardCharsets.US_ASCII);
      int n = (int) Math.min(count, bytes.length - Math.min(bytes.length, position));
      Page page = Page.gift(bytes, 0);
      if (n > 0) {
        UserMemory.copyOut(memory, at, page, (int) position, n);
      }
      return n;
    }

    /// Takes a decimal number with blanks around it; all that is written counts as one.
    @Override
    long put(Object memory, long at, long count, long position) {
      if (take == null) {
        return Errno.EIO.result();
      }
      if (count == 0) {
        return 0;
      }
      if (count > LONGEST) {
        return Errno.EINVAL.result();
      }
      byte[] bytes = new byte[(int) count];
      UserMemory.copyIn(memory, at, bytes, 0, bytes.length);
      String digits = new String(bytes, StandardCharsets.US_ASCII).strip();
      if (digits.isEmpty() || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
        return Errno.EINVAL.result();
      }
      long value;
      try {
        value = Long.parseLong(digits);
      } catch (NumberFormatException e) {
        return Errno.EINVAL.result();
      }
      long result = take.applyAsLong(value);
      return result < 0 ? result : count;
    }

    @Override
    long append(Object memory, long at, long count, long[] end) {
      end[0] = count;
      return put(memory, at, count, 0);
    }

    @Override
    long length() {
      return 0;
    }

    /// O_TRUNC is what a shell's `>` asks for; there is nothing to cut.
    @Override
    public long truncate(OpenFileDescription file, long length) {
      return 0;
    }

    @Override
    long supply(PageRun run, long count, long position) {
      return take == null ? Errno.EINVAL.result() : super.supply(run, count, position);
    }
  }
}
