package org.gardenhose.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.gardenhose.shell.program.Streams;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A pipeline as a whole: joints, redirections, statuses, messages.
@Timeout(60)
class PipelineSpec {
  @TempDir Path directory;

  private Ran run(String commandLine) {
    return Hose.run(commandLine, directory);
  }

  private void write(String file, String text) throws IOException {
    Files.writeString(directory.resolve(file), text);
  }

  private String read(String file) throws IOException {
    return Files.readString(directory.resolve(file));
  }

  /// How stages are joined, and how they end.
  @Nested
  class Joints {
    @Test
    void a_stage_reads_what_the_one_before_it_wrote() {
      assertThat(run("seq 1000 | grep 7 | wc -l").out()).isEqualTo("271\n");
    }

    @Test
    void an_endless_writer_ends_when_its_reader_does() {
      assertThat(run("yes | head -3").out()).isEqualTo("y\ny\ny\n");
    }

    @Test
    void the_end_of_a_reader_is_passed_on_through_many_stages() {
      assertThat(run("yes | cat | tr y n | grep n | cat | head -1").out()).isEqualTo("n\n");
    }

    @Test
    void a_writer_whose_reader_is_gone_dies_quietly() {
      Ran ran = run("yes 2> err | head -1");

      assertThat(ran.err()).isEmpty();
      assertThat(directory.resolve("err")).isEmptyFile();
    }

    @Test
    void a_reader_that_reads_nothing_ends_the_writer() {
      assertThat(run("yes | true").status()).isZero();
      assertThat(run("yes | nosuch").status()).isEqualTo(127);
    }

    @Test
    void no_thread_is_left() throws IOException, InterruptedException {
      for (int i = 0; i < 100; i++) {
        run("yes | cat | head -3");
      }

      assertThat(allThreads()).contains("\"main\"").doesNotContain("\"yes\"", "\"head\"");
    }

    /// Returns a dump of all threads, virtual ones too.
    private String allThreads() throws IOException, InterruptedException {
      Path dump = directory.resolve("threads");
      String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
      String pid = Long.toString(ProcessHandle.current().pid());
      Process process =
          new ProcessBuilder(jcmd, pid, "Thread.dump_to_file", dump.toString())
              .redirectErrorStream(true)
              .redirectOutput(directory.resolve("said").toFile())
              .start();
      assertThat(process.waitFor()).isZero();
      return Files.readString(dump);
    }

    @Test
    void a_hundred_stages_run_at_once() {
      assertThat(run("seq 100000" + " | cat".repeat(98) + " | tail -1").out())
          .isEqualTo("100000\n");
    }

    @Test
    void many_runs_at_once_do_not_mix() throws InterruptedException {
      Thread[] threads = new Thread[8];
      Ran[] rans = new Ran[threads.length];
      for (int i = 0; i < threads.length; i++) {
        int number = i;
        threads[i] =
            Thread.ofVirtual()
                .start(() -> rans[number] = run("yes " + number + " | head -5000 | uniq -c"));
      }
      for (Thread thread : threads) {
        thread.join();
      }

      for (int i = 0; i < rans.length; i++) {
        assertThat(rans[i].out()).isEqualTo("   5000 " + i + "\n");
      }
    }

    @Test
    void an_interrupt_ends_every_stage() throws InterruptedException {
      Ran[] ran = new Ran[1];
      Thread thread = Thread.ofVirtual().unstarted(() -> ran[0] = run("yes | cat | tail -1"));

      thread.start();
      thread.interrupt();
      thread.join();

      assertThat(ran[0].status()).isEqualTo(130);
    }
  }

  /// `<`, `>`, `>>`.
  @Nested
  class Redirections {
    @Test
    void files_are_read_written_and_appended_to() throws IOException {
      write("in", "b\na\n");

      run("<in sort > out");
      run("echo c >>out");
      run("cat < out | tr a-c A-C > up");

      assertThat(read("out")).isEqualTo("a\nb\nc\n");
      assertThat(read("up")).isEqualTo("A\nB\nC\n");
    }

    @Test
    void the_last_one_of_a_descriptor_counts_and_all_are_opened() throws IOException {
      run("echo x > one > two");

      assertThat(read("one")).isEmpty();
      assertThat(read("two")).isEqualTo("x\n");
    }

    @Test
    void without_a_command_the_file_is_made() throws IOException {
      write("old", "x");

      assertThat(run("> old").status()).isZero();
      assertThat(read("old")).isEmpty();
    }

    @Test
    void standard_error_can_go_to_a_file() throws IOException {
      Ran ran = run("cat nofile 2>err");

      assertThat(ran.err()).isEmpty();
      assertThat(read("err")).isEqualTo("cat: nofile: No such file or directory\n");
    }

    @Test
    void the_reader_of_a_redirected_stage_sees_the_end_at_once() {
      assertThat(run("yes > /dev/full | wc -c").out()).isEqualTo("0\n");
      assertThat(run("seq 3 > out | cat").out()).isEmpty();
    }

    @Test
    void the_writer_to_a_redirected_stage_sees_it_gone() throws IOException {
      write("in", "x\n");

      assertThat(run("yes | cat < in").out()).isEqualTo("x\n");
    }

    @Test
    void one_that_fails_stops_only_its_own_stage() {
      Ran ran = run("cat < nofile | wc -l");

      assertThat(ran.err()).isEqualTo("hose: nofile: No such file or directory\n");
      assertThat(ran.out()).isEqualTo("0\n");
      assertThat(ran.status()).isZero();
      assertThat(run("cat < nofile").status()).isEqualTo(1);
    }

    @Test
    void each_reason_is_the_systems() throws IOException {
      write("secret", "x");
      Path secret = directory.resolve("secret");
      Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("---------"));

      assertThat(run("cat < .").err()).isEqualTo("hose: .: Is a directory\n");
      assertThat(run("echo > .").err()).isEqualTo("hose: .: Is a directory\n");
      assertThat(run("echo > no/file").err())
          .isEqualTo("hose: no/file: No such file or directory\n");
      assumeThat(Files.isReadable(secret)).as("root reads everything").isFalse();
      assertThat(run("cat < secret").err()).isEqualTo("hose: secret: Permission denied\n");
    }
  }

  /// Messages and statuses.
  @Nested
  class Outcomes {
    @Test
    void the_last_stages_status_is_the_pipelines() {
      assertThat(run("false | true").status()).isZero();
      assertThat(run("true | false").status()).isEqualTo(1);
      assertThat(run("echo x | grep y").status()).isEqualTo(1);
    }

    @Test
    void a_shell_runs_on_any_streams() throws IOException {
      Path words = directory.resolve("words.txt");
      Files.writeString(words, "b\na\nb\n");
      InputStream in = InputStream.nullInputStream();
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      ByteArrayOutputStream err = new ByteArrayOutputStream();

      Streams io = new Streams(in, out, err, directory);
      int status = new Shell("hose").run("sort words.txt | uniq -c", io);

      assertThat(status).isZero();
      assertThat(out).hasToString("      1 a\n      2 b\n");
    }

    @Test
    void an_unknown_command_is_127_and_the_others_go_on() {
      Ran ran = run("nosuch -x | wc -l");

      assertThat(ran.err()).isEqualTo("hose: nosuch: command not found\n");
      assertThat(ran.out()).isEqualTo("0\n");
      assertThat(ran.status()).isZero();
      assertThat(run("echo x | nosuch").status()).isEqualTo(127);
      assertThat(run("''").err()).isEqualTo("hose: : command not found\n");
    }

    @Test
    void a_missing_file_is_named_and_the_rest_is_done() throws IOException {
      write("here", "x\n");

      Ran ran = run("cat nofile here");

      assertThat(ran.err()).isEqualTo("cat: nofile: No such file or directory\n");
      assertThat(ran.out()).isEqualTo("x\n");
      assertThat(ran.status()).isEqualTo(1);
    }

    @Test
    void a_directory_is_no_file_to_read() {
      for (String utility : new String[] {"cat", "head", "tail", "wc", "sort", "uniq", "cut -f1"}) {
        String name = utility.split(" ")[0];

        assertThat(run(utility + " .").err()).isEqualTo(name + ": .: Is a directory\n");
      }
      assertThat(run("sort .").status()).isEqualTo(2);
      assertThat(run("grep x .").status()).isEqualTo(2);
      assertThat(run("uniq .").status()).isEqualTo(1);
    }

    @Test
    void a_full_device_is_said_once_with_the_right_status() {
      for (String utility : new String[] {"echo x", "seq 3", "yes", "seq 3 | cat"}) {
        String last = utility.substring(utility.lastIndexOf('|') + 1).strip();
        Ran ran = run(utility + " > /dev/full");

        assertThat(ran.err())
            .isEqualTo(last.split(" ")[0] + ": write error: No space left on device\n");
        assertThat(ran.status()).isEqualTo(1);
      }
      assertThat(run("seq 3 | sort > /dev/full").status()).isEqualTo(2);
      assertThat(run("seq 3 | grep 1 > /dev/full").status()).isEqualTo(2);
    }

    @Test
    void a_pipeline_that_cannot_be_read_runs_nothing() {
      Ran ran = run("echo x > made ; echo y");

      assertThat(ran.err()).isEqualTo("hose: line 1, column 15: ';' (list) is not supported yet\n");
      assertThat(ran.status()).isEqualTo(2);
      assertThat(directory.resolve("made")).doesNotExist();
    }
  }
}
