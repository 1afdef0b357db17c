package org.gardenhose.spec.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.gardenhose.abi.Errno.EAGAIN;
import static org.gardenhose.abi.FileAbi.O_RDONLY;
import static org.gardenhose.abi.FileAbi.O_RDWR;
import static org.gardenhose.abi.FileAbi.O_WRONLY;
import static org.gardenhose.abi.PipeAbi.O_NONBLOCK;
import static org.gardenhose.abi.PipeAbi.POLLERR;
import static org.gardenhose.abi.PipeAbi.POLLHUP;
import static org.gardenhose.abi.PipeAbi.POLLIN;
import static org.gardenhose.abi.PipeAbi.POLLOUT;
import static org.gardenhose.abi.PollAbi.POLLNVAL;
import static org.gardenhose.spec.scenario.FileWords.FULL;
import static org.gardenhose.spec.scenario.FileWords.fifo;
import static org.gardenhose.spec.scenario.FileWords.open;

import org.gardenhose.abi.PollAbi;
import org.gardenhose.abi.PollFd;
import org.junit.jupiter.api.Nested;

/// What poll says of a pipe's ends: L-75 to L-78 and L-86.
class PollMaskSpec {
  private static final int POLLRDHUP = 0x2000;

  /// Everything that can be asked for.
  private static final int ALL =
      POLLIN
          | POLLOUT
          | PollAbi.POLLPRI
          | PollAbi.POLLRDNORM
          | PollAbi.POLLRDBAND
          | PollAbi.POLLWRNORM
          | PollAbi.POLLWRBAND
          | POLLRDHUP;

  private static final int READABLE = POLLIN | PollAbi.POLLRDNORM;
  private static final int WRITABLE = POLLOUT | PollAbi.POLLWRNORM;

  @Nested
  class The_read_end {
    @Scenario("L-75")
    void is_readable_while_there_is_data(Stage on) {
      int[] fds = on.pipe();
      assertThat(on.poll(fds[0], ALL)).isZero();

      on.write(fds[1], 1).returns(1);

      assertThat(on.poll(fds[0], ALL)).isEqualTo(READABLE);
    }

    @Scenario("L-75")
    void is_hung_up_once_the_writers_are_gone_and_readable_only_while_data_is_left(Stage on) {
      int[] fds = on.pipe();
      on.write(fds[1], 1).returns(1);

      on.close(fds[1]);

      assertThat(on.poll(fds[0], ALL)).isEqualTo(READABLE | POLLHUP);
      on.read(fds[0], 1).returns(1);
      assertThat(on.poll(fds[0], ALL)).isEqualTo(POLLHUP);
    }

    @Scenario({"L-75", "L-77"})
    void of_a_FIFO_is_not_hung_up_before_a_writer_was_there_though_it_reads_nothing(Stage on) {
      int reader = open(on, fifo(on), O_RDONLY | O_NONBLOCK);

      assertThat(on.poll(reader, ALL)).isZero();
      on.read(reader, 1).returns(0);
    }

    @Scenario({"L-77", "L-78"})
    void is_hung_up_for_who_saw_the_writer_leave_and_not_for_who_came_later(Stage on) {
      String fifo = fifo(on);
      int first = open(on, fifo, O_RDONLY | O_NONBLOCK);
      on.close(open(on, fifo, O_WRONLY));

      int second = open(on, fifo, O_RDONLY | O_NONBLOCK);

      assertThat(on.poll(first, ALL)).isEqualTo(POLLHUP);
      assertThat(on.poll(second, ALL)).isZero();
    }

    @Scenario("L-78")
    void is_not_hung_up_while_a_new_writer_is_there_and_is_for_all_when_it_leaves(Stage on) {
      String fifo = fifo(on);
      int first = open(on, fifo, O_RDONLY | O_NONBLOCK);
      on.close(open(on, fifo, O_WRONLY));
      int second = open(on, fifo, O_RDONLY | O_NONBLOCK);

      int writer = open(on, fifo, O_WRONLY);
      assertThat(on.poll(first, ALL)).isZero();
      assertThat(on.poll(second, ALL)).isZero();

      on.close(writer);
      assertThat(on.poll(first, ALL)).isEqualTo(POLLHUP);
      assertThat(on.poll(second, ALL)).isEqualTo(POLLHUP);
    }
  }

  @Nested
  class The_write_end {
    @Scenario("L-75")
    void is_writable_while_a_slot_is_free(Stage on) {
      int[] fds = on.pipe();
      assertThat(on.poll(fds[1], ALL)).isEqualTo(WRITABLE);

      on.write(fds[1], FULL).returns(FULL);

      assertThat(on.poll(fds[1], ALL)).isZero();
    }

    @Scenario("L-75")
    void has_an_error_without_readers_and_is_writable_as_well_unless_full(Stage on) {
      int[] empty = on.pipe();
      int[] full = on.pipe();
      on.write(full[1], FULL).returns(FULL);

      on.close(empty[0]);
      on.close(full[0]);

      assertThat(on.poll(empty[1], ALL)).isEqualTo(WRITABLE | POLLERR);
      assertThat(on.poll(full[1], ALL)).isEqualTo(POLLERR);
    }
  }

  @Scenario("L-75")
  void a_FIFO_that_one_has_open_both_ways_never_ends_nor_breaks(Stage on) {
    int both = open(on, fifo(on), O_RDWR | O_NONBLOCK);
    assertThat(on.poll(both, ALL)).isEqualTo(WRITABLE);
    on.read(both, 1).failsWith(EAGAIN);

    on.write(both, FULL).returns(FULL);

    assertThat(on.poll(both, ALL)).isEqualTo(READABLE);
  }

  @Scenario("L-76")
  void the_end_and_the_error_are_told_also_to_who_asked_for_nothing(Stage on) {
    int[] ended = on.pipe();
    int[] broken = on.pipe();

    on.close(ended[1]);
    on.close(broken[0]);

    assertThat(on.poll(ended[0], 0)).isEqualTo(POLLHUP);
    assertThat(on.poll(broken[1], 0)).isEqualTo(POLLERR);
  }

  @Scenario("L-86")
  void a_closed_descriptor_is_told_of_and_a_negative_one_skipped(Stage on) {
    PollFd[] asked = {new PollFd(99, POLLIN), new PollFd(-1, POLLIN), new PollFd(-99, 0)};
    asked[1].revents = ALL;

    on.expect("poll", on.sys().poll(asked, 0)).returns(1);

    assertThat(asked[0].revents).isEqualTo(POLLNVAL);
    assertThat(asked[1].revents).isZero();
    assertThat(asked[2].revents).isZero();
  }
}
