package org.gardenhose.spec.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.gardenhose.abi.Errno.EACCES;
import static org.gardenhose.abi.Errno.EAGAIN;
import static org.gardenhose.abi.Errno.ENOENT;
import static org.gardenhose.abi.Errno.EPIPE;
import static org.gardenhose.abi.FileAbi.F_GETFL;
import static org.gardenhose.abi.FileAbi.O_CLOEXEC;
import static org.gardenhose.abi.FileAbi.O_RDONLY;
import static org.gardenhose.abi.FileAbi.O_RDWR;
import static org.gardenhose.abi.FileAbi.O_WRONLY;
import static org.gardenhose.abi.PipeAbi.O_NONBLOCK;
import static org.gardenhose.abi.PipeAbi.POLLHUP;
import static org.gardenhose.abi.PipeAbi.POLLIN;
import static org.gardenhose.spec.scenario.FileWords.open;
import static org.gardenhose.spec.scenario.FileWords.opening;
import static org.gardenhose.spec.scenario.FileWords.reopen;
import static org.gardenhose.spec.scenario.FileWords.stat;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.gardenhose.abi.Signal;

/// A pipe's names in /proc, and opening it anew by them: L-108 to L-110.
class ProcFdSpec {
  @Scenario("L-108")
  void a_pipe_is_called_by_its_inode_number(Stage on) {
    int[] fds = on.pipe();
    ByteBuffer memory = ByteBuffer.allocate(64);

    on.expect("readlink", on.sys().readlink("/proc/self/fd/" + fds[1], memory)).succeeds();

    assertThat(Stage.text(memory.flip())).isEqualTo("pipe:[" + stat(on, fds[0]).inode() + "]");
  }

  @Scenario("L-108")
  void what_is_known_of_the_description_is_told(Stage on) {
    int[] fds = on.pipe(O_NONBLOCK | O_CLOEXEC);

    int info = open(on, "/proc/self/fdinfo/" + fds[1], O_RDONLY);

    assertThat(on.text(info, 999).lines().filter(line -> !line.startsWith("mnt_id")))
        .containsExactly("pos:\t0", "flags:\t02004001", "ino:\t" + stat(on, fds[1]).inode());
  }

  @Scenario("L-109")
  void the_read_end_opens_as_a_writer_and_the_write_end_as_a_reader(Stage on) {
    int[] fds = on.pipe();

    int writer = reopen(on, fds[0], O_WRONLY);
    int reader = reopen(on, fds[1], O_RDONLY);
    int both = reopen(on, fds[1], O_RDWR);
    on.write(writer, "ab").returns(2);
    on.write(both, "c").returns(1);

    assertThat(on.text(reader, 1)).isEqualTo("a");
    assertThat(on.text(both, 9)).isEqualTo("bc");
  }

  @Scenario("L-109")
  void opening_waits_for_nobody_and_fails_for_want_of_nobody(Stage on) {
    int[] fds = on.pipe();
    on.close(fds[0]);

    int another = reopen(on, fds[1], O_WRONLY | O_NONBLOCK);
    on.close(fds[1]);
    on.close(reopen(on, another, O_WRONLY));

    int reader = reopen(on, another, O_RDONLY);
    on.close(another);
    on.read(reader, 1).returns(0);
  }

  @Scenario("L-110")
  void the_new_description_has_flags_of_its_own(Stage on) {
    int[] fds = on.pipe(O_NONBLOCK);

    int reader = reopen(on, fds[0], O_RDONLY);

    long flags = on.expect("F_GETFL", on.sys().fcntl(reader, F_GETFL, 0)).succeeds();
    assertThat(flags & O_NONBLOCK).isZero();
    on.thread("read", sys -> sys.read(reader, ByteBuffer.allocate(1))).blocks();
    on.write(fds[1], 1).returns(1);
  }

  @Scenario("L-110")
  void a_new_writer_ends_the_end_and_brings_it_back_when_it_leaves(Stage on) {
    int[] fds = on.pipe(O_NONBLOCK);
    on.close(fds[1]);
    on.read(fds[0], 1).returns(0);

    int writer = reopen(on, fds[0], O_WRONLY);
    on.read(fds[0], 1).failsWith(EAGAIN);
    on.write(writer, 1).returns(1);
    on.read(fds[0], 1).returns(1);

    on.close(writer);
    on.read(fds[0], 1).returns(0);
  }

  @Scenario("L-110")
  void a_new_reader_mends_a_broken_pipe(Stage on) {
    int[] fds = on.pipe();
    on.count(Signal.SIGPIPE, 0);
    on.close(fds[0]);
    on.write(fds[1], 1).failsWith(EPIPE);

    reopen(on, fds[1], O_RDONLY);

    on.write(fds[1], 1).returns(1);
  }

  @Scenario("L-110")
  void a_new_reader_without_writers_is_hung_up_from_the_start(Stage on) {
    int[] fds = on.pipe();
    on.close(fds[1]);

    int reader = reopen(on, fds[0], O_RDONLY | O_NONBLOCK);

    assertThat(on.poll(reader, POLLIN)).isEqualTo(POLLHUP);
  }

  @Scenario("L-110")
  void a_closed_descriptor_has_no_name(Stage on) {
    int[] fds = on.pipe();

    on.close(fds[0]);

    opening(on, "/proc/self/fd/" + fds[0], O_RDONLY).failsWith(ENOENT);
  }

  @Scenario("L-107")
  void a_pipe_is_found_by_its_name_and_is_no_program(Stage on) {
    int[] fds = on.pipe();
    String name = "/proc/self/fd/" + fds[0];

    on.expect("execve", on.sys().execve(name, List.of("pipe"), Map.of())).failsWith(EACCES);
    on.close(fds[0]);
    on.expect("execve", on.sys().execve(name, List.of("pipe"), Map.of())).failsWith(ENOENT);
  }
}
