package org.gardenhose.shell.syntax;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The parser: what a text means, and what is refused where.
class ParserSpec {
  private static List<List<String>> words(String text) throws SyntaxException {
    return Parser.parse(text).stages().stream()
        .map(stage -> ((SimpleCommand) stage).words().stream().map(Word::text).toList())
        .toList();
  }

  private static List<Redirection> redirections(String text) throws SyntaxException {
    return ((SimpleCommand) Parser.parse(text).stages().getFirst()).redirections();
  }

  private static String refusal(String text) {
    try {
      Parser.parse(text);
      return "none";
    } catch (SyntaxException e) {
      return String.valueOf(e.getMessage());
    }
  }

  @Test
  void a_bar_separates_commands_and_blanks_separate_words() throws SyntaxException {
    assertThat(words(" a b\t c|d |  e f "))
        .containsExactly(List.of("a", "b", "c"), List.of("d"), List.of("e", "f"));
  }

  @Test
  void single_quotes_keep_everything() throws SyntaxException {
    assertThat(words("a 'b | $c \\' '' x'y z'w"))
        .containsExactly(List.of("a", "b | $c \\", "", "xy zw"));
  }

  @Test
  void double_quotes_keep_all_but_a_backslash_before_what_is_special() throws SyntaxException {
    assertThat(words("a \"b | 'c' \\n \\\" \\\\ \\$x \\`\" \"\""))
        .containsExactly(List.of("a", "b | 'c' \\n \" \\ $x `", ""));
  }

  @Test
  void a_backslash_keeps_the_next_character() throws SyntaxException {
    assertThat(words("a\\ b \\| \\' \\\\ \\* \\n"))
        .containsExactly(List.of("a b", "|", "'", "\\", "*", "n"));
  }

  @Test
  void a_backslash_at_the_end_of_a_line_joins_lines() throws SyntaxException {
    assertThat(words("ec\\\nho a \\\n b \"c\\\nd\" 'e\\\nf'"))
        .containsExactly(List.of("echo", "a", "b", "cd", "e\\\nf"));
  }

  @Test
  void newlines_may_stand_around_a_pipeline_and_behind_a_bar() throws SyntaxException {
    assertThat(words("\n\na |\n\n b\n")).containsExactly(List.of("a"), List.of("b"));
  }

  @Test
  void a_comment_goes_to_the_end_of_the_line() throws SyntaxException {
    assertThat(words("# first\na b#c # d | e\n# last")).containsExactly(List.of("a", "b#c"));
  }

  @Test
  void a_dollar_before_nothing_that_can_be_expanded_is_itself() throws SyntaxException {
    assertThat(words("a \"x$\" $ y$/ \"$ $%\""))
        .containsExactly(List.of("a", "x$", "$", "y$/", "$ $%"));
  }

  @Test
  void characters_without_a_meaning_in_a_word_are_themselves() throws SyntaxException {
    assertThat(words("a A-Za-z x=y {a,b} ] a~b a!b %% b# é"))
        .containsExactly(
            List.of("a", "A-Za-z", "x=y", "{a,b}", "]", "a~b", "a!b", "%%", "b#", "é"));
  }

  @Test
  void a_quoted_reserved_word_is_a_word() throws SyntaxException {
    assertThat(words("'if' x")).containsExactly(List.of("if", "x"));
    assertThat(words("a if then")).containsExactly(List.of("a", "if", "then"));
  }

  @Test
  void redirections_may_stand_anywhere() throws SyntaxException {
    assertThat(words("<in a >'o ut' b>>log")).containsExactly(List.of("a", "b"));
    assertThat(redirections("<in a >'o ut' b>>log"))
        .extracting(r -> r.fd() + " " + r.mode() + " " + r.target().text())
        .containsExactly("0 READ in", "1 WRITE o ut", "1 APPEND log");
  }

  @Test
  void a_number_right_before_a_redirection_is_the_descriptor() throws SyntaxException {
    assertThat(redirections("a 2>err 1>>out 0<in"))
        .extracting(Redirection::fd)
        .containsExactly(2, 1, 0);
    assertThat(words("a 2 >x")).containsExactly(List.of("a", "2"));
    assertThat(words("a2>x")).containsExactly(List.of("a2"));
  }

  @Test
  void parts_remember_their_quoting() throws SyntaxException {
    Word word =
        ((SimpleCommand) Parser.parse("a\"b\"'c'\\d").stages().getFirst()).words().getFirst();

    assertThat(word.parts())
        .containsExactly(
            new WordPart.Plain("a"),
            new WordPart.Quoted("b"),
            new WordPart.Quoted("c"),
            new WordPart.Quoted("d"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '^',
      value = {
        "a && b ~ 1, column 3 ~ '&&' (and)",
        "a || b ~ 1, column 3 ~ '||' (or)",
        "a |& b ~ 1, column 3 ~ '|&' (pipe of standard error)",
        "a; b ~ 1, column 2 ~ ';' (list)",
        "a & ~ 1, column 3 ~ '&' (background command)",
        "a &> f ~ 1, column 3 ~ '&>' (redirection of two descriptors)",
        "(a) ~ 1, column 1 ~ '(' (subshell)",
        "a ) ~ 1, column 3 ~ ')' (subshell)",
        "a << E ~ 1, column 3 ~ '<<' (here-document)",
        "a <<< E ~ 1, column 3 ~ '<<<' (here-string)",
        "a 2>&1 ~ 1, column 3 ~ '2>&' (duplicated descriptor)",
        "a <&3 ~ 1, column 3 ~ '<&' (duplicated descriptor)",
        "a <> f ~ 1, column 3 ~ '<>' (redirection to read and write)",
        "a >| f ~ 1, column 3 ~ '>|' (redirection that overrides noclobber)",
        "a 3> f ~ 1, column 3 ~ '3>' (redirection of descriptor 3)",
        "a 1< f ~ 1, column 3 ~ '1<' (redirection of descriptor 1)",
        "a $b ~ 1, column 3 ~ '$b' (parameter expansion)",
        "a \"x${b}\" ~ 1, column 5 ~ '${' (parameter expansion)",
        "a $? ~ 1, column 3 ~ '$?' (parameter expansion)",
        "a $(b) ~ 1, column 3 ~ '$(' (command substitution)",
        "a `b` ~ 1, column 3 ~ '`' (command substitution)",
        "a \"`b`\" ~ 1, column 4 ~ '`' (command substitution)",
        "a $'b' ~ 1, column 3 ~ '$'' (dollar quotes)",
        "a <(b) ~ 1, column 3 ~ '<(' (process substitution)",
        "! a ~ 1, column 1 ~ '!' (negation)",
        "if a ~ 1, column 1 ~ 'if' (compound command)",
        "a | while b ~ 1, column 5 ~ 'while' (compound command)",
        "{ a ~ 1, column 1 ~ '{' (compound command)",
        "a=b c ~ 1, column 1 ~ 'a=' (assignment)",
        "A1_=\"x\" ~ 1, column 1 ~ 'A1_=' (assignment)",
      })
  void what_is_not_understood_yet_is_refused_by_name(String text, String place, String name) {
    assertThat(refusal(text)).isEqualTo("line " + place + ": " + name + " is not supported yet");
  }

  @Test
  void a_tilde_is_refused() {
    assertThat(refusal("a ~/x"))
        .isEqualTo("line 1, column 3: '~' (tilde expansion) is not supported yet");
  }

  @ParameterizedTest
  @ValueSource(strings = {"*", "?", "["})
  void a_pattern_is_refused_unless_quoted(String character) throws SyntaxException {
    assertThat(refusal("a x" + character))
        .isEqualTo(
            "line 1, column 4: '"
                + character
                + "' (pathname expansion) is not supported yet; quote it to mean the character");
    assertThat(words("a 'x" + character + "'")).containsExactly(List.of("a", "x" + character));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '^',
      value = {
        "^^ ~ line 1, column 1: there is no command",
        "^  # x^ ~ line 1, column 6: there is no command",
        "| a ~ line 1, column 1: a command is missing here",
        "a | ~ line 1, column 4: a command is missing here",
        "a | | b ~ line 1, column 5: a command is missing here",
        "a > ~ line 1, column 4: a file name is missing here",
        "a > | b ~ line 1, column 5: a file name is missing here",
        "a 'b ~ line 1, column 3: this single quote is never closed",
        "a \"b ~ line 1, column 3: this double quote is never closed",
        "a b\\ ~ line 1, column 4: this backslash has nothing behind it",
      })
  void what_is_wrong_is_said_with_its_place(String text, String message) {
    assertThat(refusal(text)).isEqualTo(message);
  }

  @Test
  void lines_are_counted() {
    assertThat(refusal("a 'x\ny' |\n  b && c"))
        .isEqualTo("line 3, column 5: '&&' (and) is not supported yet");
  }

  @Test
  void a_second_line_is_refused() {
    assertThat(refusal("a\nb"))
        .isEqualTo("line 1, column 2: a second command line (list) is not supported yet");
  }

  @Test
  void columns_count_characters_not_halves_of_them() {
    assertThat(refusal("a \ud83d\udeb0 &")).startsWith("line 1, column 5:");
  }

  @Test
  void a_NUL_is_refused() {
    assertThatThrownBy(() -> Parser.parse("a \0"))
        .hasMessage("line 1, column 3: a NUL cannot be in a command");
  }
}
