package org.gardenhose.spec.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.gardenhose.abi.Errno.EAGAIN;
import static org.gardenhose.abi.FileAbi.F_SETPIPE_SZ;
import static org.gardenhose.abi.FileAbi.O_RDONLY;
import static org.gardenhose.abi.FileAbi.O_WRONLY;
import static org.gardenhose.abi.PipeAbi.O_NONBLOCK;
import static org.gardenhose.abi.PollAbi.EPOLLERR;
import static org.gardenhose.abi.PollAbi.EPOLLET;
import static org.gardenhose.abi.PollAbi.EPOLLHUP;
import static org.gardenhose.abi.PollAbi.EPOLLIN;
import static org.gardenhose.abi.PollAbi.EPOLLONESHOT;
import static org.gardenhose.abi.PollAbi.EPOLLOUT;
import static org.gardenhose.abi.PollAbi.EPOLL_CTL_MOD;
import static org.gardenhose.spec.scenario.FileWords.FULL;
import static org.gardenhose.spec.scenario.FileWords.PAGE;
import static org.gardenhose.spec.scenario.FileWords.fifo;
import static org.gardenhose.spec.scenario.FileWords.memory;
import static org.gardenhose.spec.scenario.FileWords.open;
import static org.gardenhose.spec.scenario.FileWords.reopen;
import static org.gardenhose.spec.scenario.FileWords.splice;
import static org.gardenhose.spec.scenario.FileWords.tee;
import static org.gardenhose.spec.scenario.FileWords.vmsplice;

import org.junit.jupiter.api.Nested;

/// What epoll tells of a pipe's ends, and what makes it tell again: L-80 to L-85.
class EpollEdgesSpec {
  @Nested
  class A_level {
    @Scenario("L-80")
    void is_told_of_as_often_as_one_asks(Stage on) {
      int[] fds = on.pipe();
      Watch watch = Watch.of(on, fds[0], EPOLLIN);
      assertThat(watch.events()).isZero();

      on.write(fds[1], 1).returns(1);

      assertThat(watch.events()).isEqualTo(EPOLLIN);
      assertThat(watch.events()).isEqualTo(EPOLLIN);
    }

    @Scenario("L-80")
    void of_the_end_or_an_error_cannot_be_masked(Stage on) {
      int[] ended = on.pipe();
      int[] broken = on.pipe();
      Watch reader = Watch.of(on, ended[0], 0);
      Watch writer = Watch.of(on, broken[1], 0);

      on.close(ended[1]);
      on.close(broken[0]);

      assertThat(reader.events()).isEqualTo(EPOLLHUP);
      assertThat(writer.events()).isEqualTo(EPOLLERR);
    }

    @Scenario("L-80")
    void of_one_shot_is_told_of_once_and_the_end_only_when_it_is_armed_again(Stage on) {
      int[] fds = on.pipe();
      Watch watch = Watch.of(on, fds[0], EPOLLIN | EPOLLONESHOT);
      on.write(fds[1], 1).returns(1);
      assertThat(watch.events()).isEqualTo(EPOLLIN);

      on.close(fds[1]);
      assertThat(watch.events()).isZero();

      watch.control(EPOLL_CTL_MOD, EPOLLIN | EPOLLONESHOT).returns(0);
      assertThat(watch.events()).isEqualTo(EPOLLIN | EPOLLHUP);
    }

    @Scenario("L-80")
    void is_told_of_while_a_copy_of_the_closed_descriptor_lives(Stage on) {
      int[] fds = on.pipe();
      Watch watch = Watch.of(on, fds[0], EPOLLIN);
      int copy = (int) on.expect("dup", on.sys().dup(fds[0])).succeeds();
      on.close(fds[0]);

      on.write(fds[1], 1).returns(1);
      assertThat(watch.events()).isEqualTo(EPOLLIN);

      on.close(copy);
      assertThat(watch.events()).isZero();
    }
  }

  @Nested
  class The_read_end_has_an_edge {
    @Scenario({"L-81", "L-82", "L-90"})
    void with_every_write_also_to_a_pipe_that_is_not_empty(Stage on) {
      int[] fds = on.pipe(O_NONBLOCK);
      Watch watch = Watch.of(on, fds[0], EPOLLIN | EPOLLET);

      on.write(fds[1], 1).returns(1);
      assertThat(watch.edge()).isTrue();
      assertThat(watch.edge()).isFalse();

      on.write(fds[1], 1).returns(1);
      assertThat(watch.edge()).isTrue();
      assertThat(watch.edge()).isFalse();
    }

    @Scenario({"L-81", "L-82", "L-90"})
    void with_a_write_that_failed_because_the_pipe_is_full(Stage on) {
      int[] fds = on.pipe(O_NONBLOCK);
      Watch watch = Watch.of(on, fds[0], EPOLLIN | EPOLLET);
      on.write(fds[1], FULL).returns(FULL);
      assertThat(watch.edge()).isTrue();

      on.write(fds[1], 1).failsWith(EAGAIN);

      assertThat(watch.edge()).isTrue();
    }

    @Scenario("L-82")
    void not_with_a_write_of_nothing_nor_with_a_partial_read(Stage on) {
      int[] fds = on.pipe(O_NONBLOCK);
      Watch watch = Watch.of(on, fds[0], EPOLLIN | EPOLLET);
      on.write(fds[1], 10).returns(10);
      assertThat(watch.edge()).isTrue();

      on.write(fds[1], 0).returns(0);
      on.read(fds[0], 5).returns(5);

      assertThat(watch.edge()).isFalse();
    }

    @Scenario("L-90")
    void when_pages_are_passed_in(Stage on) {
      int[] from = on.pipe();
      int[] to = on.pipe();
      on.write(from[1], 10).returns(10);
      Watch watch = Watch.of(on, to[0], EPOLLIN | EPOLLET);

      tee(on, from[0], to[1], 5).returns(5);
      assertThat(watch.edge()).isTrue();

      splice(on, from[0], to[1], 5).returns(5);
      assertThat(watch.edge()).isTrue();

      vmsplice(on, to[1], memory(3)).returns(3);
      assertThat(watch.edge()).isTrue();
    }

    @Scenario("L-84")
    void when_the_last_writer_leaves(Stage on) {
      int[] empty = on.pipe();
      int[] filled = on.pipe();
      on.write(filled[1], 1).returns(1);
      Watch ended = Watch.of(on, empty[0], EPOLLIN | EPOLLET);
      Watch ending = Watch.of(on, filled[0], EPOLLIN | EPOLLET);
      assertThat(ending.events()).isEqualTo(EPOLLIN);

      on.close(empty[1]);
      on.close(filled[1]);

      assertThat(ended.events()).isEqualTo(EPOLLHUP);
      assertThat(ending.events()).isEqualTo(EPOLLIN | EPOLLHUP);
      assertThat(ending.events()).isZero();
    }

    @Scenario({"L-85", "L-90"})
    void when_a_writer_comes_back_only_if_there_is_data(Stage on) {
      String fifo = fifo(on);
      int reader = open(on, fifo, O_RDONLY | O_NONBLOCK);
      on.close(open(on, fifo, O_WRONLY));
      Watch watch = Watch.of(on, reader, EPOLLIN | EPOLLET);
      assertThat(watch.events()).isEqualTo(EPOLLHUP);

      int writer = open(on, fifo, O_WRONLY);
      assertThat(watch.edge()).isFalse();

      on.write(writer, 1).returns(1);
      on.close(writer);
      assertThat(watch.events()).isEqualTo(EPOLLIN | EPOLLHUP);
      open(on, fifo, O_WRONLY);
      assertThat(watch.events()).isEqualTo(EPOLLIN);
    }
  }

  @Nested
  class The_write_end_has_an_edge {
    @Scenario({"L-81", "L-83", "L-91"})
    void when_a_read_frees_a_slot_of_a_full_pipe_and_only_then(Stage on) {
      int[] fds = on.pipe();
      Watch watch = Watch.of(on, fds[1], EPOLLOUT | EPOLLET);
      assertThat(watch.edge()).isTrue();
      on.write(fds[1], FULL).returns(FULL);

      on.read(fds[0], PAGE - 1).returns(PAGE - 1);
      assertThat(watch.edge()).isFalse();
      on.read(fds[0], 1).returns(1);
      assertThat(watch.edge()).isTrue();
      on.read(fds[0], PAGE).returns(PAGE);
      assertThat(watch.edge()).isFalse();
    }

    @Scenario({"L-83", "L-91"})
    void when_passing_pages_out_frees_a_slot_full_or_not(Stage on) {
      int[] fds = on.pipe();
      int[] other = on.pipe();
      on.write(fds[1], 2 * PAGE).returns(2 * PAGE);
      Watch watch = Watch.of(on, fds[1], EPOLLOUT | EPOLLET);
      assertThat(watch.edge()).isTrue();

      splice(on, fds[0], other[1], PAGE / 2).returns(PAGE / 2);
      assertThat(watch.edge()).isFalse();
      splice(on, fds[0], other[1], PAGE / 2).returns(PAGE / 2);
      assertThat(watch.edge()).isTrue();
      tee(on, fds[0], other[1], PAGE).returns(PAGE);
      assertThat(watch.edge()).isFalse();
      vmsplice(on, fds[0], memory(PAGE)).returns(PAGE);
      assertThat(watch.edge()).isTrue();
    }

    @Scenario({"L-83", "L-91"})
    void when_the_capacity_is_set(Stage on) {
      int[] fds = on.pipe();
      Watch watch = Watch.of(on, fds[1], EPOLLOUT | EPOLLET);
      assertThat(watch.edge()).isTrue();

      on.expect("F_SETPIPE_SZ", on.sys().fcntl(fds[1], F_SETPIPE_SZ, 2 * FULL)).returns(2 * FULL);

      assertThat(watch.edge()).isTrue();
    }

    @Scenario("L-84")
    void when_the_last_reader_leaves(Stage on) {
      int[] empty = on.pipe();
      int[] full = on.pipe();
      on.write(full[1], FULL).returns(FULL);
      Watch broken = Watch.of(on, empty[1], EPOLLOUT | EPOLLET);
      Watch stuck = Watch.of(on, full[1], EPOLLOUT | EPOLLET);
      assertThat(broken.events()).isEqualTo(EPOLLOUT);

      on.close(empty[0]);
      on.close(full[0]);

      assertThat(broken.events()).isEqualTo(EPOLLOUT | EPOLLERR);
      assertThat(stuck.events()).isEqualTo(EPOLLERR);
    }

    @Scenario("L-95")
    void when_another_writer_leaves_after_the_last_reader(Stage on) {
      int[] fds = on.pipe();
      int another = reopen(on, fds[0], O_WRONLY);
      on.close(fds[0]);
      Watch watch = Watch.of(on, fds[1], EPOLLOUT | EPOLLET);
      assertThat(watch.edge()).isTrue();

      on.close(another);

      assertThat(watch.events()).isEqualTo(EPOLLOUT | EPOLLERR);
    }

    @Scenario("L-85")
    void not_when_a_reader_comes_back(Stage on) {
      String fifo = fifo(on);
      int reader = open(on, fifo, O_RDONLY | O_NONBLOCK);
      int writer = open(on, fifo, O_WRONLY);
      Watch watch = Watch.of(on, writer, EPOLLOUT | EPOLLET);
      assertThat(watch.edge()).isTrue();
      on.close(reader);
      assertThat(watch.events()).isEqualTo(EPOLLOUT | EPOLLERR);

      open(on, fifo, O_RDONLY | O_NONBLOCK);

      assertThat(watch.edge()).isFalse();
      assertThat(on.poll(writer, EPOLLOUT)).isEqualTo(EPOLLOUT);
    }
  }
}
