package org.gardenhose.transcript;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// strace's notation: what each line means, and what is said of a line that means nothing.
class TranscriptSpec {
  private static Line read(String text) throws TranscriptException {
    return Transcript.line("log", 7, text);
  }

  private static Event.Call call(String text) throws TranscriptException {
    return (Event.Call) read(text).event();
  }

  private static Argument argument(String text) throws TranscriptException {
    return call("f(" + text + ") = 0").arguments().getFirst();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[pid 5] write(4<pipe:[1]>, \"hello\\n\", 6) = 6",
        "read(3,  <unfinished ...>",
        "vfork( <unfinished ...>",
        "[pid 2] exit_group(0 <unfinished ...>",
        "<... read resumed>\"a\"..., 4096)       = 4096",
        "<... ioctl resumed>, [5])               = 0",
        "<... wait4 resumed> <unfinished ...>)   = ?",
        "read(3,  <unfinished ...>)              = ?",
        "exit_group(3)                           = ?",
        "pipe2(ADDR, 0)                          = -1 EMFILE (Too many open files)",
        "read(0, ADDR, 9) = ? ERESTARTSYS (To be restarted if SA_RESTART is set)",
        "fcntl(3, F_GETFL)                       = 0x801 (flags O_WRONLY|O_NONBLOCK)",
        "poll([{fd=5, events=POLLOUT}], 1, -1)   = 1 ([{fd=5, revents=POLLOUT}])",
        "poll([{fd=5, events=POLLIN}], 1, 0)     = 0 (Timeout)",
        "select(5, [3 4], NULL, [4], NULL)       = 1 (in [3])",
        "dup2(4<pipe:[1]>, 1</dev/null>)         = 1<pipe:[1]>",
        "openat(AT_FDCWD</tmp>, \"x\", O_WRONLY|O_CREAT, 0666) = 3</tmp/x>(deleted)",
        "read(3<TCP:[127.0.0.1:80->127.0.0.1:9]>, \"\", 5) = 0",
        "rt_sigprocmask(SIG_BLOCK, ~[RTMIN RT_1], [HUP INT], 8) = 0",
        "stat(\"/dev/null\", {st_mode=S_IFCHR|0666, st_rdev=makedev(0x1, 0x3), ...}) = 0",
        "sendfile(1, 3, [0] => [5], 5)           = 5",
        "lseek(3, 18446744073709551615, SEEK_SET) = 0",
        "prlimit64(0, RLIMIT_STACK, NULL, {rlim_cur=8192*1024, rlim_max=RLIM64_INFINITY}) = 0",
        "restart_syscall(<... resuming interrupted poll ...>) = 0",
        "wait4(-1, [{WIFSTOPPED(s) && WSTOPSIG(s) == SIGTSTP}], WSTOPPED, NULL) = 4",
        "wait4(-1, [{WIFSIGNALED(s) && WTERMSIG(s) == SIGSEGV && WCOREDUMP(s)}], 0, NULL) = 4",
        "--- SIGPIPE {si_signo=SIGPIPE, si_code=SI_USER, si_pid=5, si_uid=0} ---",
        "--- stopped by SIGSTOP ---",
        "[pid 3] +++ exited with 0 +++",
        "+++ killed by SIGSEGV (core dumped) +++",
        "+++ superseded by execve in pid 5 +++",
        "strace: Process 5 attached",
        "# a comment",
        ""
      })
  void a_line_prints_as_it_was_read(String text) throws TranscriptException {
    assertThat(read(text)).hasToString(text);
  }

  @Test
  void the_result_stands_in_column_40() {
    Event call = new Event.Call("close", List.of(Argument.of(3)), Result.of(0));

    assertThat(new Line(419, call)).hasToString("[pid 419] close(3)" + " ".repeat(22) + "= 0");
  }

  @Test
  void pids_are_read_as_strace_pads_them_and_as_it_writes_them_to_files() throws Exception {
    assertThat(read("[pid   419] sched_yield() = 0").pid()).isEqualTo(419);
    assertThat(read("419   sched_yield() = 0").pid()).isEqualTo(419);
    assertThat(read("sched_yield() = 0").pid()).isZero();
  }

  @Nested
  class Arguments {
    @Test
    void numbers_keep_their_base() throws TranscriptException {
      assertThat(argument("4096")).isEqualTo(Argument.of(4096));
      assertThat(argument("-1")).isEqualTo(Argument.of(-1));
      assertThat(argument("0x9000")).isEqualTo(Argument.hex(0x9000));
      assertThat(argument("0666")).isEqualTo(Argument.octal(0666));
      assertThat(argument("0")).isEqualTo(Argument.of(0));
    }

    @Test
    void bytes_are_what_the_escapes_stand_for() throws TranscriptException {
      assertThat(argument("\"a\\n\\\"\\\\\\0\\177\\0017\"..."))
          .isEqualTo(new Argument.Bytes("a\n\"\\\0\177\0017", true));
    }

    @Test
    void octal_takes_three_digits_only_before_another_digit() {
      assertThat(new Line(0, new Event.Signalled("S", new Argument.Bytes("\0018\0011\001", false))))
          .hasToString("--- S \"\\18\\0011\\1\" ---");
    }

    @Test
    void every_byte_survives() throws TranscriptException {
      SplittableRandom random = new SplittableRandom(1);
      for (int i = 0; i < 2000; i++) {
        StringBuilder bytes = new StringBuilder();
        for (int n = random.nextInt(20); n > 0; n--) {
          bytes.append((char) (random.nextBoolean() ? random.nextInt(256) : '0' + n % 10));
        }
        Argument made = new Argument.Bytes(bytes.toString(), false);
        assertThat(argument(Printer.print(made))).isEqualTo(made);
      }
    }

    @Test
    void a_status_is_the_word_that_wait_gives() throws TranscriptException {
      assertThat(argument("{WIFEXITED(s) && WEXITSTATUS(s) == 3}"))
          .isEqualTo(new Argument.Status(0x300));
      assertThat(argument("{WIFSIGNALED(s) && WTERMSIG(s) == SIGPIPE}"))
          .isEqualTo(new Argument.Status(13));
    }

    @Test
    void the_halves_of_a_call_make_a_whole() throws TranscriptException {
      Event.Unfinished begun = (Event.Unfinished) read("read(3,  <unfinished ...>").event();
      Event.Resumed rest = (Event.Resumed) read("<... read resumed>\"a\", 9) = 1").event();

      assertThat(begun.join(rest)).isEqualTo(call("read(3, \"a\", 9) = 1"));
    }

    @Test
    void a_remark_can_be_taken_apart() throws TranscriptException {
      Result.Value result =
          (Result.Value) call("poll(ADDR, 1, -1) = 1 ([{fd=5, revents=POLLOUT}])").result();

      assertThat(result.remarkAsArgument()).isEqualTo(argument("[{fd=5, revents=POLLOUT}]"));
    }

    @Test
    void what_is_unknown_is_kept_as_it_is_if_its_brackets_match() throws TranscriptException {
      assertThat(argument("a ? [b, \")\"] : c"))
          .isEqualTo(new Argument.Unparsed("a ? [b, \")\"] : c"));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "read | 5 | '('",
        "read(3, \"abc | 13 | a closing '\"'",
        "read(3, \"a\\q\", 4) = 1 | 12 | an escape: one of \\n \\t \\v \\f \\r \\\" \\\\ or octal"
            + " digits",
        "read(3, [1, 2) = 0 | 14 | ']'",
        "read(3, {fd=3, x | 17 | '}'",
        "read(3, 4 | 10 | ')'",
        "read(3, 4)= 0 | 11 | ' = ' and a result",
        "read(3, 4) 0 | 12 | '= '",
        "read(3, 4) = | 12 | '= '",
        "read(3, 4) = -1 E | 18 | ' ('",
        "read(3, 4) = 4 x | 15 | ' ('",
        "read(3, 4) = 4 (x | 18 | ')'",
        "read(3, , 4) = 4 | 9 | an argument",
        "<... read> = 4 | 10 | ' resumed>'",
        "[pid x] read(3) = 4 | 6 | a pid",
        "[pid 99999999999] read(3) = 4 | 6 | a pid",
        "+++ exited +++ | 5 | 'exited with', 'killed by' or 'superseded by execve in pid'",
        "--- SIGPIPE --- | 13 | '{'",
        "?? | 1 | a call, a signal ('---') or an end ('+++')",
      },
      quoteCharacter = '`')
  void what_cannot_be_read_is_named_with_its_place(String text, int column, String expected) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOfSatisfying(
            TranscriptException.class,
            e -> {
              assertThat(e.expected()).isEqualTo(expected);
              assertThat(e.column()).isEqualTo(column);
            })
        .hasMessageStartingWith("log: line 7, column " + column + ": expected " + expected);
  }

  @Test
  void brackets_by_the_thousand_overflow_no_stack() throws TranscriptException {
    String deep = "[".repeat(100_000);

    assertThatThrownBy(() -> read("f(" + deep)).isInstanceOf(TranscriptException.class);
    assertThat(read("f(" + deep + "]".repeat(100_000) + ") = 0").event()).isNotNull();
  }

  @Test
  void noise_is_read_or_refused_and_nothing_else() {
    SplittableRandom random = new SplittableRandom(2);
    String letters = "ab(){}[]<>\"\\ ,=|.-+~?*/0123xf#";
    for (int i = 0; i < 50_000; i++) {
      StringBuilder noise = new StringBuilder(i % 2 == 0 ? "f(" : "");
      for (int n = random.nextInt(30); n > 0; n--) {
        noise.append(letters.charAt(random.nextInt(letters.length())));
      }
      noise.append(i % 4 == 0 ? ") = 0" : "");
      try {
        assertThat(read(noise.toString())).isNotNull();
      } catch (TranscriptException refused) {
        assertThat(refused).hasMessageContaining("expected");
      }
    }
  }
}
