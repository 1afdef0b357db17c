package org.gardenhose.shell.utility;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import org.gardenhose.shell.program.Failure;
import org.gardenhose.shell.program.Streams;
import org.gardenhose.shell.program.Utility;

/// `tr [-cCst] string1 string2`, `tr -d [-cC] string1`, `tr -s [-cC] string1`, `tr -ds [-cC]
/// string1 string2`: translates, deletes and squeezes bytes. A second string that is shorter than
/// the first goes on with its last byte; `-t` cuts the first instead.
///
/// **Learned from.** POSIX.1-2024 XCU tr; GNU where that leaves a choice
final class Tr implements Utility {
  private static final int BYTES = 256;

  /// What the arguments come to: three tables by byte value.
  private record Plan(byte[] map, boolean[] deleted, boolean[] squeezed) {
    static Plan empty() {
      byte[] map = new byte[BYTES];
      for (int b = 0; b < BYTES; b++) {
        map[b] = (byte) b;
      }
      return new Plan(map, new boolean[BYTES], new boolean[BYTES]);
    }
  }

  /// Which options were given.
  private record Flags(boolean complement, boolean delete, boolean squeeze, boolean truncate) {
    int strings() {
      return delete == squeeze ? 2 : 1;
    }
  }

  @Override
  public int run(List<String> argv, Streams io) throws IOException {
    Options options = new Options(argv, "cCdst");
    StringBuilder given = new StringBuilder();
    for (char o = options.next(); o != Options.END; o = options.next()) {
      given.append(o == 'C' ? 'c' : o);
    }
    String letters = given.toString();
    Flags flags =
        new Flags(
            letters.contains("c"),
            letters.contains("d"),
            letters.contains("s"),
            letters.contains("t"));
    List<String> strings = options.operands();
    check(flags, strings);
    copy(plan(flags, strings), io);
    return 0;
  }

  private static void check(Flags flags, List<String> strings) throws Failure {
    if (strings.isEmpty()) {
      throw new Failure("missing operand");
    }
    if (strings.size() < flags.strings()) {
      throw new Failure("missing operand after '" + strings.getLast() + "'");
    }
    int most = flags.delete() && !flags.squeeze() ? 1 : 2;
    if (strings.size() > most) {
      throw new Failure("extra operand '" + strings.get(most) + "'");
    }
  }

  private static Plan plan(Flags flags, List<String> strings) throws Failure {
    TrSet first = TrSetParser.first(strings.getFirst());
    TrSet complete = flags.complement() ? first.complement() : first;
    Plan plan = Plan.empty();
    if (flags.delete()) {
      set(plan.deleted(), complete.members());
    }
    if (strings.size() == 1) {
      if (flags.squeeze()) {
        set(plan.squeezed(), complete.members());
      }
      return plan;
    }
    TrSet second = TrSetParser.second(strings.getLast(), complete.length());
    if (!flags.delete()) {
      translate(plan.map(), complete, second, flags);
    }
    if (flags.squeeze()) {
      set(plan.squeezed(), second.members());
    }
    return plan;
  }

  private static void set(boolean[] table, boolean[] members) {
    System.arraycopy(members, 0, table, 0, BYTES);
  }

  private static void translate(byte[] map, TrSet first, TrSet second, Flags flags) throws Failure {
    checkTranslation(first, second, flags);
    boolean truncated = flags.truncate() && !flags.complement();
    int length = truncated ? Math.min(first.length(), second.length()) : first.length();
    byte[] from = first.bytes();
    byte[] to = second.bytes();
    for (int i = 0; i < length; i++) {
      map[from[i] & 0xff] = to[Math.min(i, to.length - 1)];
    }
  }

  private static void checkTranslation(TrSet first, TrSet second, Flags flags) throws Failure {
    if (second.length() == 0 && !(flags.truncate() && !flags.complement())) {
      throw new Failure("when not truncating set1, string2 must be non-empty");
    }
    if (second.hasOtherClass()) {
      throw new Failure(
          "when translating, the only character classes that may appear in string2 are 'upper' and"
              + " 'lower'");
    }
    if (flags.complement() && first.hasClass() && first.length() > 0 && !isUniform(second)) {
      throw new Failure(
          "when translating with complemented character classes, string2 must map all characters"
              + " in the domain to one");
    }
    for (TrSet.CaseClass there : second.caseClasses()) {
      if (first.caseClasses().stream().noneMatch(here -> here.index() == there.index())) {
        throw new Failure("misaligned [:upper:] and/or [:lower:] construct");
      }
    }
    if (second.endsInClass() && second.length() < first.length() && !flags.truncate()) {
      throw new Failure(
          "when translating with string1 longer than string2, the latter string must not end with"
              + " a character class");
    }
  }

  private static boolean isUniform(TrSet set) {
    byte[] bytes = set.bytes();
    byte[] same = new byte[bytes.length];
    Arrays.fill(same, bytes[0]);
    return Arrays.equals(bytes, same);
  }

  private static void copy(Plan plan, Streams io) throws IOException {
    InputStream in = io.in();
    boolean shrinks = any(plan.deleted()) || any(plan.squeezed());
    byte[] block = new byte[Output.BLOCK_BYTES];
    int last = -1;
    for (int n = in.read(block); n >= 0; n = in.read(block)) {
      if (!shrinks) {
        map(plan.map(), block, n);
        io.out().write(block, 0, n);
        continue;
      }
      int kept = shrink(plan, block, n, last);
      if (kept > 0) {
        last = block[kept - 1] & 0xff;
        io.out().write(block, 0, kept);
      }
    }
  }

  private static boolean any(boolean[] table) {
    boolean any = false;
    for (boolean one : table) {
      any |= one;
    }
    return any;
  }

  private static void map(byte[] map, byte[] block, int n) {
    for (int i = 0; i < n; i++) {
      block[i] = map[block[i] & 0xff];
    }
  }

  /// Translates, deletes and squeezes in place.
  ///
  /// @param before the byte written last, or -1
  /// @return how many bytes are left
  private static int shrink(Plan plan, byte[] block, int n, int before) {
    byte[] map = plan.map();
    boolean[] deleted = plan.deleted();
    boolean[] squeezed = plan.squeezed();
    int last = before;
    int kept = 0;
    for (int i = 0; i < n; i++) {
      int from = block[i] & 0xff;
      int to = map[from] & 0xff;
      if (!deleted[from] && !(to == last && squeezed[to])) {
        block[kept++] = (byte) to;
        last = to;
      }
    }
    return kept;
  }
}
