package org.gardenhose.sys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.gardenhose.abi.ProcAbi;
import org.gardenhose.abi.Program;
import org.gardenhose.abi.Sys;
import org.junit.jupiter.api.Test;

/// The examples of `docs/kernel.md`, as they stand there.
class KernelExamplesSpec {
  static int parent(Sys sys, List<String> argv) {
    int[] fds = new int[2];
    sys.pipe(fds);
    long child =
        sys.fork(
            own -> {
              own.close(fds[0]);
              own.write(fds[1], ByteBuffer.wrap("hello\n".getBytes()));
              return 3;
            });
    sys.close(fds[1]);
    ByteBuffer memory = ByteBuffer.allocate(100);
    long read = sys.read(fds[0], memory);
    int[] word = new int[1];
    sys.wait4(child, word, 0);
    return (int) read * 10 + ProcAbi.wexitstatus(word[0]);
  }

  @Test
  void a_parent_reads_what_its_child_writes() throws Exception {
    int parallel = Kernel.parallel().run(KernelExamplesSpec::parent);
    int repeatable = Kernel.seeded(42).run(KernelExamplesSpec::parent);

    assertThat(parallel).isEqualTo(63);
    assertThat(repeatable).isEqualTo(63);
  }

  static int forgetful(Sys sys, List<String> argv) {
    int[] fds = new int[2];
    sys.pipe(fds);
    sys.fork(
        child -> {
          child.read(fds[0], ByteBuffer.allocate(1));
          return 0;
        });
    sys.close(fds[0]);
    sys.close(fds[1]);
    sys.wait(null);
    return 0;
  }

  @Test
  void a_forgotten_write_end_is_named() {
    assertThatThrownBy(() -> Kernel.seeded(1).run(KernelExamplesSpec::forgetful))
        .hasMessage(
            "proc 1 (init) waits for a child; proc 2 (init) waits for end of file on pipe:[1],"
                + " and holds its only write end open as fd 1");
  }

  @Test
  void a_program_is_found_by_its_path() throws Exception {
    byte[] said = new byte[5];
    Program shout =
        (sys, argv) -> {
          sys.write(1, ByteBuffer.wrap(argv.get(1).toUpperCase().getBytes()));
          return 0;
        };

    Kernel kernel = Kernel.parallel();
    kernel.install("/bin/shout", shout);
    int status =
        kernel.run(
            (sys, argv) -> {
              int[] fds = new int[2];
              sys.pipe(fds);
              sys.fork(
                  child -> {
                    child.dup2(fds[1], 1);
                    child.execve("/bin/shout", List.of("shout", "hello"), child.environment());
                    return 127;
                  });
              sys.read(fds[0], ByteBuffer.wrap(said));
              sys.wait(null);
              return 0;
            });

    assertThat(status).isZero();
    assertThat(new String(said, StandardCharsets.US_ASCII)).isEqualTo("HELLO");
  }
}
