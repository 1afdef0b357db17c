package org.gardenhose.spec.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.gardenhose.abi.Errno.EAGAIN;
import static org.gardenhose.abi.Errno.EPIPE;
import static org.gardenhose.abi.FileAbi.O_RDONLY;
import static org.gardenhose.abi.FileAbi.O_RDWR;
import static org.gardenhose.abi.FileAbi.O_WRONLY;
import static org.gardenhose.abi.PipeAbi.O_NONBLOCK;

import org.gardenhose.abi.Signal;
import org.gardenhose.abi.Stat;
import org.junit.jupiter.api.Nested;

/// How long the pipe behind a FIFO lives, and who counts as its reader and writer: L-1, L-9 to
/// L-11, L-34.
class FifoLifeSpec {
  @Nested
  class A_description_for_both {
    @Scenario("L-9")
    void is_a_writer_as_long_as_it_is_a_reader(Stage on) {
      String fifo = on.fifo();
      int both = on.open(fifo, O_RDWR | O_NONBLOCK);
      int writer = on.open(fifo, O_WRONLY);

      on.close(writer);

      on.read(both, 1).failsWith(EAGAIN);
    }

    @Scenario("L-9")
    void is_a_reader_as_long_as_it_is_a_writer(Stage on) {
      int[] count = on.count(Signal.SIGPIPE, 0);
      String fifo = on.fifo();
      int both = on.open(fifo, O_RDWR);
      int writer = on.open(fifo, O_WRONLY);
      int reader = on.open(fifo, O_RDONLY);

      on.close(reader);
      on.write(writer, 1).returns(1);
      on.write(both, 1).returns(1);
      on.close(both);

      on.write(writer, 1).failsWith(EPIPE);
      assertThat(count[0]).isEqualTo(1);
    }

    @Scenario("L-9")
    void counts_as_one_writer(Stage on) {
      String fifo = on.fifo();
      int both = on.open(fifo, O_RDWR);
      int reader = on.open(fifo, O_RDONLY | O_NONBLOCK);
      on.read(reader, 1).failsWith(EAGAIN);

      on.close(both);

      on.read(reader, 1).returns(0);
    }
  }

  @Nested
  class What_is_in_a_FIFO {
    @Scenario("L-10")
    void is_gone_with_its_size_once_nobody_has_it_open(Stage on) {
      String fifo = on.fifo();
      int before = on.open(fifo, O_RDWR | O_NONBLOCK);
      on.write(before, "lost").returns(4);
      on.resize(before, 4096).returns(4096);

      on.close(before);
      int after = on.open(fifo, O_RDWR | O_NONBLOCK);

      on.read(after, 9).failsWith(EAGAIN);
      assertThat(on.size(after)).isEqualTo(65536);
    }

    @Scenario("L-11")
    void outlives_its_readers_as_long_as_a_writer_stays(Stage on) {
      on.count(Signal.SIGPIPE, 0);
      String fifo = on.fifo();
      int first = on.open(fifo, O_RDONLY | O_NONBLOCK);
      int writer = on.open(fifo, O_WRONLY);
      on.write(writer, "hello").returns(5);

      on.close(first);
      on.write(writer, "lost").failsWith(EPIPE);
      int second = on.open(fifo, O_RDONLY);

      assertThat(on.text(second, 99)).isEqualTo("hello");
    }

    @Scenario({"L-10", "L-11", "L-35"})
    void outlives_its_writers_as_long_as_a_reader_stays(Stage on) {
      String fifo = on.fifo();
      int reader = on.open(fifo, O_RDONLY | O_NONBLOCK);
      int writer = on.open(fifo, O_WRONLY);
      on.write(writer, "bye").returns(3);

      on.close(writer);

      assertThat(on.text(reader, 99)).isEqualTo("bye");
      on.read(reader, 9).returns(0);
    }
  }

  @Nested
  class The_end {
    @Scenario("L-34")
    void is_over_with_each_new_writer_and_comes_again(Stage on) {
      String fifo = on.fifo();
      int reader = on.open(fifo, O_RDONLY | O_NONBLOCK);

      for (int i = 0; i < 3; i++) {
        on.read(reader, 1).returns(0);
        int writer = on.open(fifo, O_WRONLY);
        on.read(reader, 1).failsWith(EAGAIN);
        on.close(writer);
      }

      on.read(reader, 1).returns(0);
    }
  }

  @Nested
  class Its_file {
    @Scenario("L-1")
    void is_one_for_all_who_open_it_and_their_flags_are_their_own(Stage on) {
      String fifo = on.fifo();
      int first = on.open(fifo, O_RDWR | O_NONBLOCK);
      int second = on.open(fifo, O_RDWR);
      Stat[] one = new Stat[1];
      Stat[] other = new Stat[1];

      on.expect("fstat", on.sys().fstat(first, one)).returns(0);
      on.expect("fstat", on.sys().fstat(second, other)).returns(0);
      on.flags(second, 0);

      assertThat(other[0].inode()).isEqualTo(one[0].inode());
      on.read(first, 1).failsWith(EAGAIN);
    }
  }
}
