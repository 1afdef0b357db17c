package org.gardenhose.spec.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.gardenhose.abi.FileAbi.O_RDONLY;
import static org.gardenhose.abi.PipeAbi.O_NONBLOCK;
import static org.gardenhose.spec.scenario.FileWords.FULL;
import static org.gardenhose.spec.scenario.FileWords.fifo;
import static org.gardenhose.spec.scenario.FileWords.open;

/// What select says of a pipe's ends: L-79.
class SelectSpec {
  private static long[] set(int fd) {
    return new long[] {1L << fd};
  }

  /// Asks of `fd` in all three sets, and returns in which it is left: `r`, `w`, `x`.
  private static String ready(Stage on, int fd) {
    long[] readable = set(fd);
    long[] writable = set(fd);
    long[] exceptional = set(fd);
    on.expect("select", on.sys().select(fd + 1, readable, writable, exceptional, 0)).succeeds();
    return (readable[0] != 0 ? "r" : "")
        + (writable[0] != 0 ? "w" : "")
        + (exceptional[0] != 0 ? "x" : "");
  }

  @Scenario("L-79")
  void a_read_end_is_readable_with_data_and_at_the_end(Stage on) {
    int[] fds = on.pipe();
    assertThat(ready(on, fds[0])).isEmpty();

    on.write(fds[1], 1).returns(1);
    assertThat(ready(on, fds[0])).isEqualTo("r");

    on.read(fds[0], 1).returns(1);
    on.close(fds[1]);
    assertThat(ready(on, fds[0])).isEqualTo("r");
  }

  @Scenario("L-79")
  void a_write_end_is_writable_while_a_slot_is_free(Stage on) {
    int[] fds = on.pipe();
    assertThat(ready(on, fds[1])).isEqualTo("w");

    on.write(fds[1], FULL).returns(FULL);

    assertThat(ready(on, fds[1])).isEmpty();
  }

  @Scenario("L-79")
  void a_write_end_without_readers_is_readable_as_well_as_writable(Stage on) {
    int[] empty = on.pipe();
    int[] full = on.pipe();
    on.write(full[1], FULL).returns(FULL);

    on.close(empty[0]);
    on.close(full[0]);

    assertThat(ready(on, empty[1])).isEqualTo("rw");
    assertThat(ready(on, full[1])).isEqualTo("rw");
  }

  @Scenario("L-79")
  void a_FIFO_that_never_had_a_writer_is_not_readable_though_a_read_returns_at_once(Stage on) {
    int reader = open(on, fifo(on), O_RDONLY | O_NONBLOCK);

    assertThat(ready(on, reader)).isEmpty();
    on.read(reader, 1).returns(0);
  }
}
