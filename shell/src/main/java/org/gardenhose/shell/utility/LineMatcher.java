package org.gardenhose.shell.utility;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.gardenhose.shell.program.Failure;
import org.jspecify.annotations.Nullable;

/// Finds lines that match in a block of lines, one character for each byte, each line ended by a
/// newline. It searches the block as a whole, so that lines without a match cost little.
final class LineMatcher {
  /// What is searched for as it stands; null where an expression is needed.
  private final @Nullable String fixed;

  private final Matcher matcher;
  private String block = "";

  LineMatcher(GrepOptions options) throws Failure {
    List<String> patterns = options.patterns();
    boolean plain =
        patterns.size() == 1
            && !options.folded()
            && !options.wholeLines()
            && !options.wholeWords()
            && isFixed(patterns.getFirst(), options.syntax());
    this.fixed = plain ? patterns.getFirst() : null;
    this.matcher = compile(options).matcher("");
  }

  private static boolean isFixed(String pattern, GrepOptions.Syntax syntax) {
    return syntax == GrepOptions.Syntax.FIXED
        || pattern.chars().noneMatch(c -> "\\[]().*^$+?{}|".indexOf(c) >= 0);
  }

  private static Pattern compile(GrepOptions options) throws Failure {
    List<String> translated = new ArrayList<>();
    int groups = 0;
    for (String pattern : options.patterns()) {
      if (options.syntax() == GrepOptions.Syntax.FIXED) {
        translated.add(Pattern.quote(pattern));
        continue;
      }
      boolean extended = options.syntax() == GrepOptions.Syntax.EXTENDED;
      RegexTranslator translator = new RegexTranslator(pattern, extended, options.folded(), groups);
      translated.add(translator.translate());
      groups += translator.groups();
    }
    String any = "(?:" + String.join("|", translated) + ")";
    if (options.wholeLines()) {
      any = "^" + any + "$";
    } else if (options.wholeWords()) {
      any = "(?<![A-Za-z0-9_])" + any + "(?![A-Za-z0-9_])";
    }
    int flags = Pattern.MULTILINE | Pattern.UNIX_LINES;
    try {
      return Pattern.compile(any, options.folded() ? flags | Pattern.CASE_INSENSITIVE : flags);
    } catch (PatternSyntaxException e) {
      throw new Failure("this pattern is not supported: " + e.getDescription());
    }
  }

  /// Sets the block to search.
  void block(String block) {
    this.block = block;
    if (fixed == null) {
      matcher.reset(block);
    }
  }

  /// Returns an index in the first line, from the one that begins at `from`, that matches; or the
  /// block's length.
  int find(int from) throws Failure {
    int length = block.length();
    if (from >= length) {
      return length;
    }
    if (fixed != null) {
      int found = block.indexOf(fixed, from);
      return found < 0 ? length : found;
    }
    try {
      return matcher.find(from) ? Math.min(matcher.start(), length) : length;
    } catch (StackOverflowError _) {
      throw new Failure("a line is too long for this pattern");
    }
  }
}
