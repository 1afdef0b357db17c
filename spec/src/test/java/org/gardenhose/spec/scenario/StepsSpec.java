package org.gardenhose.spec.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.gardenhose.abi.Errno.ENXIO;
import static org.gardenhose.abi.Errno.EPIPE;
import static org.gardenhose.abi.FileAbi.O_RDONLY;
import static org.gardenhose.abi.FileAbi.O_WRONLY;
import static org.gardenhose.abi.PipeAbi.O_NONBLOCK;
import static org.gardenhose.abi.PipeAbi.POLLHUP;
import static org.gardenhose.abi.PipeAbi.POLLIN;
import static org.gardenhose.abi.PipeAbi.POLLOUT;

import java.nio.ByteBuffer;
import org.gardenhose.abi.PollFd;
import org.gardenhose.abi.Signal;
import org.junit.jupiter.api.Nested;

/// The order of steps in calls, as far as others see it: L-171 to L-174, L-179, L-180.
class StepsSpec {
  @Nested
  class A_write {
    @Scenario({"L-171", "L-91"})
    void passes_the_room_on_that_it_leaves(Stage on) {
      int[] fds = on.pipe();
      on.write(fds[1], 65536).returns(65536);
      Call first = on.writing(fds[1], 1).blocks();
      Call second = on.writing(fds[1], 1).blocks();
      Call third = on.writing(fds[1], 1).blocks();

      on.read(fds[0], 8192).returns(8192);

      first.returns(1);
      second.returns(1);
      third.blocks();
    }

    @Scenario("L-171")
    void wakes_readers_before_it_sleeps_on_what_it_cannot_fit(Stage on) {
      int[] fds = on.pipe();
      Call reader = on.reading(fds[0], 65536).blocks();

      Call writer = on.writing(fds[1], 200_000);

      assertThat(reader.ends().succeeds()).isPositive();
      writer.blocks();
    }

    @Scenario("L-171")
    void asks_for_readers_again_after_it_slept(Stage on) {
      on.count(Signal.SIGPIPE, 0);
      int[] fds = on.pipe();
      Call writer = on.writing(fds[1], 65536 + 4096).blocks();
      on.read(fds[0], 4095).returns(4095);
      writer.blocks();

      on.close(fds[0]);

      writer.returns(65536);
      on.write(fds[1], 1).failsWith(EPIPE);
    }
  }

  @Nested
  class A_read {
    @Scenario({"L-172", "L-92"})
    void passes_the_bytes_on_that_it_leaves(Stage on) {
      int[] fds = on.pipe();
      Call[] readers = new Call[4];
      for (int i = 0; i < readers.length; i++) {
        readers[i] = on.reading(fds[0], 1).blocks();
      }

      on.write(fds[1], 4).returns(4);

      for (Call reader : readers) {
        reader.returns(1);
      }
    }

    @Scenario({"L-172", "L-92"})
    void is_the_only_one_that_a_single_byte_wakes(Stage on) {
      int[] fds = on.pipe();
      Call first = on.reading(fds[0], 1).blocks();
      Call second = on.reading(fds[0], 1).blocks();

      on.write(fds[1], 1).returns(1);

      first.returns(1);
      second.blocks();
    }

    @Scenario({"L-172", "L-91"})
    void wakes_who_waits_for_room_when_it_frees_a_slot_of_a_full_pipe(Stage on) {
      int[] fds = on.pipe();
      on.write(fds[1], 65536).returns(65536);
      Call poller =
          on.thread("poll", sys -> sys.poll(new PollFd[] {new PollFd(fds[1], POLLOUT)}, -1));
      poller.blocks();

      on.read(fds[0], 4095).returns(4095);
      poller.blocks();
      on.read(fds[0], 1).returns(1);

      poller.returns(1);
    }
  }

  @Nested
  class A_close {
    @Scenario("L-173")
    void of_the_last_writer_wakes_every_reader(Stage on) {
      int[] fds = on.pipe();
      Call[] readers = new Call[10];
      for (int i = 0; i < readers.length; i++) {
        readers[i] = on.reading(fds[0], 1).blocks();
      }

      on.close(fds[1]);

      for (Call reader : readers) {
        reader.returns(0);
      }
    }

    @Scenario("L-173")
    void of_the_last_reader_wakes_every_writer(Stage on) {
      int[] count = on.count(Signal.SIGPIPE, 0);
      int[] fds = on.pipe();
      on.write(fds[1], 65536).returns(65536);
      Call[] writers = new Call[10];
      for (int i = 0; i < writers.length; i++) {
        writers[i] = on.writing(fds[1], 1).blocks();
      }

      on.close(fds[0]);

      for (Call writer : writers) {
        writer.failsWith(EPIPE);
      }
      assertThat(count[0]).isEqualTo(writers.length);
    }
  }

  @Nested
  class An_open {
    @Scenario("L-174")
    void that_is_refused_has_not_been_a_writer(Stage on) {
      String fifo = on.fifo();
      on.expect("open", on.sys().open(fifo, O_WRONLY | O_NONBLOCK)).failsWith(ENXIO);

      int reader = on.open(fifo, O_RDONLY | O_NONBLOCK);

      assertThat(on.poll(reader, POLLIN)).isZero();
      int writer = on.open(fifo, O_WRONLY | O_NONBLOCK);
      on.close(writer);
      assertThat(on.poll(reader, POLLIN)).isEqualTo(POLLHUP);
    }

    @Scenario("L-174")
    void waits_for_the_other_side_to_have_come_not_to_be_there(Stage on) {
      String fifo = on.fifo();
      Call opener = on.thread("open", sys -> sys.open(fifo, O_RDONLY)).blocks();

      int writer = on.open(fifo, O_WRONLY | O_NONBLOCK);
      on.close(writer);

      int reader = (int) opener.ends().succeeds();
      on.read(reader, 1).returns(0);
    }

    @Scenario("L-174")
    void that_is_interrupted_takes_its_count_back(Stage on) {
      String fifo = on.fifo();
      on.count(Signal.SIGUSR1, 0);
      Call opener = on.child("open", sys -> sys.open(fifo, O_WRONLY)).blocks();
      on.sys().kill(opener.tid(), Signal.SIGUSR1.number());
      opener.failsWith(org.gardenhose.abi.Errno.EINTR);

      int reader = on.open(fifo, O_RDONLY | O_NONBLOCK);

      on.read(reader, 1).returns(0);
      assertThat(on.poll(reader, POLLIN)).isZero();
    }
  }

  @Nested
  class Who_waits {
    @Scenario("L-179")
    void to_read_has_nothing_to_read_and_to_write_has_no_room(Stage on) {
      int[] empty = on.pipe();
      on.reading(empty[0], 1).blocks();
      assertThat(on.available(empty[0])).isZero();
      assertThat(on.poll(empty[0], POLLIN)).isZero();

      int[] full = on.pipe();
      Call writer = on.writing(full[1], 65537).blocks();
      assertThat(on.available(full[0])).isEqualTo(65536);
      assertThat(on.poll(full[1], POLLOUT)).isZero();

      on.close(empty[1]);
      on.read(full[0], 65536).returns(65536);
      writer.returns(65537);
    }

    @Scenario("L-180")
    void is_woken_until_all_bytes_have_come_through(Stage on) {
      int[] fds = on.pipe();
      on.resize(fds[1], 8192).returns(8192);
      Call[] readers = new Call[3];
      Call[] writers = new Call[3];
      for (int i = 0; i < 3; i++) {
        int size = 1 + 1500 * i;
        readers[i] =
            on.child(
                "read all",
                sys -> {
                  sys.close(fds[1]);
                  long sum = 0;
                  for (long n = 1; n > 0; sum += n) {
                    n = sys.read(fds[0], ByteBuffer.allocate(size));
                  }
                  return sum;
                });
        writers[i] = on.child("write", sys -> sys.write(fds[1], Stage.bytes(50_000)));
      }
      on.close(fds[0]);
      on.close(fds[1]);

      for (int i = 0; i < 6; i++) {
        on.expect("wait", on.sys().wait(null)).succeeds();
      }

      long sum = 0;
      for (int i = 0; i < 3; i++) {
        writers[i].returns(50_000);
        sum += readers[i].ends().succeeds();
      }
      assertThat(sum).isEqualTo(150_000);
    }
  }
}
