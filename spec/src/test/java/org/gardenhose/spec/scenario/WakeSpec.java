package org.gardenhose.spec.scenario;

import static org.gardenhose.abi.FileAbi.F_SETPIPE_SZ;
import static org.gardenhose.abi.FileAbi.O_RDONLY;
import static org.gardenhose.abi.FileAbi.O_WRONLY;
import static org.gardenhose.abi.PipeAbi.POLLIN;
import static org.gardenhose.abi.PipeAbi.POLLOUT;
import static org.gardenhose.abi.PollAbi.EPOLLEXCLUSIVE;
import static org.gardenhose.abi.PollAbi.EPOLLIN;
import static org.gardenhose.spec.scenario.FileWords.FULL;
import static org.gardenhose.spec.scenario.FileWords.PAGE;
import static org.gardenhose.spec.scenario.FileWords.fifo;
import static org.gardenhose.spec.scenario.FileWords.open;
import static org.gardenhose.spec.scenario.FileWords.splice;
import static org.gardenhose.spec.scenario.FileWords.tee;

import java.nio.ByteBuffer;
import org.gardenhose.abi.EpollEvent;
import org.gardenhose.abi.Errno;
import org.gardenhose.abi.PollFd;
import org.junit.jupiter.api.Nested;

/// Who is woken by what: L-88 to L-93.
class WakeSpec {
  private static Call reader(Stage on, int fd, int count) {
    return on.thread("read", sys -> sys.read(fd, ByteBuffer.allocate(count))).blocks();
  }

  private static Call writer(Stage on, int fd, int count) {
    return on.thread("write", sys -> sys.write(fd, Stage.bytes(count))).blocks();
  }

  private static Call poller(Stage on, int fd, int events) {
    PollFd[] asked = {new PollFd(fd, events)};
    return on.thread("poll", sys -> sys.poll(asked, -1)).blocks();
  }

  private static Call[] readers(Stage on, int fd, int many) {
    Call[] readers = new Call[many];
    for (int i = 0; i < many; i++) {
      readers[i] = reader(on, fd, 1);
    }
    return readers;
  }

  @Nested
  class One_byte {
    @Scenario({"L-88", "L-89"})
    void wakes_every_poller(Stage on) {
      int[] fds = on.pipe();
      Call[] pollers = {poller(on, fds[0], POLLIN), poller(on, fds[0], POLLIN)};

      on.write(fds[1], 1).returns(1);

      pollers[0].returns(1);
      pollers[1].returns(1);
    }

    @Scenario({"L-88", "L-89"})
    void wakes_the_reader_that_came_first_behind_all_pollers(Stage on) {
      int[] fds = on.pipe();
      Call[] readers = readers(on, fds[0], 2);
      poller(on, fds[0], POLLIN);
      poller(on, fds[0], POLLIN);

      on.write(fds[1], 1).returns(1);

      readers[0].returns(1);
      readers[1].blocks();
    }

    @Scenario({"L-88", "L-89"})
    void wakes_one_of_those_who_watch_exclusively(Stage on) {
      int[] fds = on.pipe();
      Call first = watcher(on, fds[0]);
      Call second = watcher(on, fds[0]);

      on.write(fds[1], 1).returns(1);

      first.returns(1);
      second.blocks();
      on.write(fds[1], 1).returns(1);
      second.returns(1);
    }

    private static Call watcher(Stage on, int fd) {
      Watch watch = Watch.of(on, fd, EPOLLIN | EPOLLEXCLUSIVE);
      EpollEvent[] events = new EpollEvent[1];
      return on.thread("epoll_wait", sys -> sys.epollWait(watch.epfd(), events, -1)).blocks();
    }

    @Scenario("L-92")
    void is_read_by_one_of_four(Stage on) {
      int[] fds = on.pipe();
      Call[] readers = readers(on, fds[0], 4);

      on.write(fds[1], 1).returns(1);

      readers[0].returns(1);
      for (int i = 1; i < readers.length; i++) {
        readers[i].blocks();
      }
    }
  }

  @Nested
  class A_reader_wakes {
    @Scenario({"L-90", "L-92"})
    void when_a_reader_that_slept_leaves_something(Stage on) {
      int[] fds = on.pipe();
      Call[] readers = readers(on, fds[0], 4);

      on.write(fds[1], 4).returns(4);

      for (Call reader : readers) {
        reader.returns(1);
      }
    }

    @Scenario("L-90")
    void before_a_writer_sleeps(Stage on) {
      int[] fds = on.pipe();
      Call reader = reader(on, fds[0], 1);

      Call writer = on.thread("write", sys -> sys.write(fds[1], Stage.bytes(FULL + PAGE)));

      reader.returns(1);
      writer.blocks();
    }

    @Scenario("L-90")
    void when_pages_are_passed_in(Stage on) {
      int[] from = on.pipe();
      int[] to = on.pipe();
      on.write(from[1], 2).returns(2);
      Call[] readers = readers(on, to[0], 2);

      tee(on, from[0], to[1], 1).returns(1);
      readers[0].returns(1);
      readers[1].blocks();

      splice(on, from[0], to[1], 1).returns(1);
      readers[1].returns(1);
    }

    @Scenario({"L-89", "L-90"})
    void with_all_others_when_the_last_writer_leaves(Stage on) {
      int[] fds = on.pipe();
      Call[] readers = readers(on, fds[0], 3);

      on.close(fds[1]);

      for (Call reader : readers) {
        reader.returns(0);
      }
    }

    @Scenario("L-90")
    void that_opens_a_FIFO_with_all_others_when_a_writer_opens_it(Stage on) {
      String fifo = fifo(on);
      Call[] openers = new Call[3];
      for (int i = 0; i < openers.length; i++) {
        openers[i] = on.thread("open", sys -> sys.open(fifo, O_RDONLY)).blocks();
      }

      open(on, fifo, O_WRONLY);

      for (Call opener : openers) {
        opener.ends().succeeds();
      }
    }
  }

  @Nested
  class A_writer_wakes {
    @Scenario("L-91")
    void when_a_read_has_emptied_a_slot_of_a_full_pipe_and_not_before(Stage on) {
      int[] fds = on.pipe();
      on.write(fds[1], FULL).returns(FULL);
      Call poller = poller(on, fds[1], POLLOUT);

      on.read(fds[0], PAGE - 1).returns(PAGE - 1);
      poller.blocks();

      on.read(fds[0], 1).returns(1);
      poller.returns(1);
    }

    @Scenario("L-91")
    void when_pages_are_passed_out_and_not_when_they_are_shared(Stage on) {
      int[] from = on.pipe();
      int[] to = on.pipe();
      on.write(from[1], FULL).returns(FULL);
      Call writer = writer(on, from[1], 1);

      tee(on, from[0], to[1], PAGE).returns(PAGE);
      writer.blocks();

      splice(on, from[0], to[1], PAGE).returns(PAGE);
      writer.returns(1);
    }

    @Scenario("L-91")
    void when_a_writer_that_slept_leaves_a_slot(Stage on) {
      int[] fds = on.pipe();
      on.write(fds[1], FULL).returns(FULL);
      Call[] writers = {
        writer(on, fds[1], PAGE), writer(on, fds[1], PAGE), writer(on, fds[1], PAGE)
      };

      on.read(fds[0], FULL).returns(FULL);

      for (Call writer : writers) {
        writer.returns(PAGE);
      }
    }

    @Scenario("L-91")
    void when_the_pipe_grows(Stage on) {
      int[] fds = on.pipe();
      on.write(fds[1], FULL).returns(FULL);
      Call writer = writer(on, fds[1], PAGE);

      on.expect("F_SETPIPE_SZ", on.sys().fcntl(fds[0], F_SETPIPE_SZ, 2 * FULL)).returns(2 * FULL);

      writer.returns(PAGE);
    }

    @Scenario("L-91")
    void with_all_others_when_the_last_reader_leaves(Stage on) {
      int[] fds = on.pipe();
      on.count(org.gardenhose.abi.Signal.SIGPIPE, 0);
      on.write(fds[1], FULL).returns(FULL);
      Call[] writers = {writer(on, fds[1], 1), writer(on, fds[1], 1)};

      on.close(fds[0]);

      for (Call writer : writers) {
        writer.failsWith(Errno.EPIPE);
      }
    }

    @Scenario("L-92")
    void for_each_slot_that_was_emptied(Stage on) {
      int[] fds = on.pipe();
      on.write(fds[1], FULL).returns(FULL);
      Call[] writers = {writer(on, fds[1], 1), writer(on, fds[1], 1), writer(on, fds[1], 1)};

      on.read(fds[0], 2 * PAGE).returns(2 * PAGE);

      writers[0].returns(1);
      writers[1].returns(1);
      writers[2].blocks();
    }

    @Scenario({"L-88", "L-93"})
    void in_its_turn_also_behind_one_that_wants_more_than_is_free(Stage on) {
      int[] fds = on.pipe();
      on.write(fds[1], FULL).returns(FULL);
      Call large = writer(on, fds[1], 4 * PAGE);
      Call small = writer(on, fds[1], 1);

      on.read(fds[0], PAGE).returns(PAGE);
      large.blocks();
      small.blocks();

      on.read(fds[0], PAGE).returns(PAGE);
      small.returns(1);
      large.blocks();
    }
  }
}
