package org.gardenhose.spec.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.gardenhose.abi.FileAbi.O_RDONLY;
import static org.gardenhose.abi.FileAbi.O_WRONLY;
import static org.gardenhose.abi.PipeAbi.O_NONBLOCK;
import static org.gardenhose.spec.scenario.FileWords.fifo;
import static org.gardenhose.spec.scenario.FileWords.open;
import static org.gardenhose.spec.scenario.FileWords.reopen;
import static org.gardenhose.spec.scenario.FileWords.stat;

import org.gardenhose.abi.FileAbi;
import org.gardenhose.abi.Stat;

/// What is known of a pipe as a file: L-114, L-116, L-117.
class StatSpec {
  /// Longer than a tick of the clock that files' times are taken from.
  private static final long TICK_NANOS = 20_000_000;

  @Scenario("L-114")
  void mode_and_owner_of_a_pipe_can_be_changed_and_are_those_of_both_ends(Stage on) {
    int[] fds = on.pipe();

    on.expect("fchmod", on.sys().fchmod(fds[0], 0640)).returns(0);
    on.expect("fchown", on.sys().fchown(fds[1], 12, 34)).returns(0);

    assertThat(stat(on, fds[1]).mode()).isEqualTo(FileAbi.S_IFIFO | 0640);
    assertThat(stat(on, fds[0]).uid()).isEqualTo(12);
    assertThat(stat(on, fds[0]).gid()).isEqualTo(34);
  }

  @Scenario("L-116")
  void the_size_is_nothing_whatever_is_in_it(Stage on) {
    int[] fds = on.pipe();
    int reader = open(on, fifo(on), O_RDONLY | O_NONBLOCK);
    int writer = open(on, "/fifo", O_WRONLY);

    on.write(fds[1], 5000).returns(5000);
    on.write(writer, 5000).returns(5000);

    assertThat(stat(on, fds[0]).size()).isZero();
    assertThat(stat(on, reader).size()).isZero();
  }

  @Scenario("L-117")
  void the_times_of_a_pipe_are_those_of_its_making(Stage on) {
    int[] fds = on.pipe();
    Stat made = stat(on, fds[0]);

    on.sys().nanosleep(TICK_NANOS);
    on.write(fds[1], 2).returns(2);
    on.read(fds[0], 1).returns(1);
    on.read(reopen(on, fds[0], O_RDONLY), 1).returns(1);

    assertThat(stat(on, fds[0])).isEqualTo(made);
  }

  @Scenario("L-117")
  void the_times_of_a_FIFO_move_with_writes_and_reads(Stage on) {
    int reader = open(on, fifo(on), O_RDONLY | O_NONBLOCK);
    int writer = open(on, "/fifo", O_WRONLY);
    Stat made = stat(on, reader);

    on.sys().nanosleep(TICK_NANOS);
    on.write(writer, 1).returns(1);
    Stat written = stat(on, reader);
    on.sys().nanosleep(TICK_NANOS);
    on.read(reader, 1).returns(1);
    Stat read = stat(on, reader);

    assertThat(written.mtimeNanos()).isGreaterThan(made.mtimeNanos());
    assertThat(written.ctimeNanos()).isEqualTo(written.mtimeNanos());
    assertThat(written.atimeNanos()).isEqualTo(made.atimeNanos());
    assertThat(read.atimeNanos()).isGreaterThan(made.atimeNanos());
    assertThat(read.mtimeNanos()).isEqualTo(written.mtimeNanos());
  }
}
