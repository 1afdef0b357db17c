package org.gardenhose.spec.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.gardenhose.abi.Errno.EAGAIN;
import static org.gardenhose.abi.Errno.EINVAL;
import static org.gardenhose.abi.PipeAbi.O_DIRECT;
import static org.gardenhose.abi.PipeAbi.O_NONBLOCK;

import java.nio.ByteBuffer;
import org.gardenhose.abi.FileAbi;
import org.junit.jupiter.api.Nested;

/// Packets: writes through an end with `O_DIRECT`, L-64 to L-74.
class PacketSpec {
  @Nested
  class Making {
    @Scenario("L-65")
    void each_write_is_one_packet(Stage on) {
      int[] fds = on.pipe(O_DIRECT);
      on.write(fds[1], "ab").returns(2);
      on.write(fds[1], "cde").returns(3);

      assertThat(on.text(fds[0], 99)).isEqualTo("ab");
      assertThat(on.text(fds[0], 99)).isEqualTo("cde");
    }

    @Scenario("L-65")
    void more_than_a_page_is_a_packet_for_each_page(Stage on) {
      int[] fds = on.pipe(O_DIRECT);
      on.write(fds[1], 5000).returns(5000);
      on.write(fds[1], 12288).returns(12288);

      on.read(fds[0], 65536).returns(4096);
      on.read(fds[0], 65536).returns(904);
      for (int i = 0; i < 3; i++) {
        on.read(fds[0], 65536).returns(4096);
      }
    }

    @Scenario({"L-52", "L-65"})
    void a_gathering_write_is_one_packet(Stage on) {
      int[] fds = on.pipe(O_DIRECT);

      on.writev(fds[1], Stage.bytes("ab"), Stage.bytes("cd")).returns(4);
      on.write(fds[1], "ef").returns(2);

      assertThat(on.text(fds[0], 99)).isEqualTo("abcd");
    }

    @Scenario({"L-70", "L-71"})
    void sixteen_of_one_byte_fill_a_pipe(Stage on) {
      int[] fds = on.pipe(O_NONBLOCK | O_DIRECT);
      for (int i = 0; i < 16; i++) {
        on.write(fds[1], 1).returns(1);
      }

      on.write(fds[1], 1).failsWith(EAGAIN);
      assertThat(on.available(fds[0])).isEqualTo(16);
    }

    @Scenario("L-64")
    void the_flag_of_the_read_end_means_nothing(Stage on) {
      int[] fds = on.pipe();
      on.flags(fds[0], O_DIRECT);
      on.write(fds[1], "ab").returns(2);
      on.write(fds[1], "cd").returns(2);

      assertThat(on.text(fds[0], 99)).isEqualTo("abcd");
    }

    @Scenario({"L-64", "L-74"})
    void the_flag_counts_at_the_moment_of_the_write(Stage on) {
      int[] fds = on.pipe(O_DIRECT);
      on.write(fds[1], "ab").returns(2);
      on.flags(fds[1], 0);
      on.write(fds[1], "cd").returns(2);
      on.write(fds[1], "ef").returns(2);

      assertThat(on.text(fds[0], 99)).isEqualTo("ab");
      assertThat(on.text(fds[0], 99)).isEqualTo("cdef");
    }

    @Scenario("L-64")
    void the_flag_is_the_descriptions_and_not_the_descriptors(Stage on) {
      int[] fds = on.pipe();
      int copy = (int) on.expect("dup", on.sys().dup(fds[1])).succeeds();
      on.flags(copy, O_DIRECT);

      on.write(fds[1], "ab").returns(2);
      on.write(fds[1], "cd").returns(2);

      assertThat(on.text(fds[0], 99)).isEqualTo("ab");
    }
  }

  @Nested
  class Taking {
    @Scenario({"L-66", "L-71"})
    void a_short_read_throws_the_rest_of_the_packet_away(Stage on) {
      int[] fds = on.pipe(O_DIRECT);
      on.write(fds[1], "abcdef").returns(6);
      on.write(fds[1], "gh").returns(2);

      assertThat(on.text(fds[0], 2)).isEqualTo("ab");

      assertThat(on.available(fds[0])).isEqualTo(2);
      assertThat(on.text(fds[0], 99)).isEqualTo("gh");
    }

    @Scenario("L-66")
    void a_scattering_read_that_is_too_short_does_too(Stage on) {
      int[] fds = on.pipe(O_DIRECT);
      on.write(fds[1], "abcdef").returns(6);

      on.readv(fds[0], ByteBuffer.allocate(1), ByteBuffer.allocate(1)).returns(2);

      assertThat(on.available(fds[0])).isZero();
    }

    @Scenario("L-67")
    void a_read_runs_on_from_stream_bytes_and_stops_behind_the_packet(Stage on) {
      int[] fds = on.pipe();
      on.write(fds[1], 4096).returns(4096);
      on.flags(fds[1], O_DIRECT);
      on.write(fds[1], 5).returns(5);
      on.write(fds[1], "fg").returns(2);

      on.read(fds[0], 8192).returns(4101);

      assertThat(on.text(fds[0], 99)).isEqualTo("fg");
    }

    @Scenario("L-67")
    void what_has_no_room_behind_stream_bytes_is_lost(Stage on) {
      int[] fds = on.pipe();
      on.write(fds[1], 4096).returns(4096);
      on.read(fds[0], 4090).returns(4090);
      on.flags(fds[1], O_DIRECT);
      on.write(fds[1], 100).returns(100);
      on.write(fds[1], "x").returns(1);

      on.read(fds[0], 10).returns(10);

      assertThat(on.available(fds[0])).isEqualTo(1);
      assertThat(on.text(fds[0], 99)).isEqualTo("x");
    }
  }

  @Nested
  class Beside_a_stream {
    @Scenario("L-68")
    void a_packet_that_can_be_appended_loses_its_boundary(Stage on) {
      int[] fds = on.pipe();
      on.write(fds[1], "0123456789").returns(10);
      on.flags(fds[1], O_DIRECT);
      on.write(fds[1], "abcde").returns(5);
      on.write(fds[1], "fghij").returns(5);

      assertThat(on.text(fds[0], 99)).isEqualTo("0123456789abcdefghij");
    }

    @Scenario("L-69")
    void stream_bytes_behind_a_packet_begin_a_new_slot(Stage on) {
      int[] fds = on.pipe(O_NONBLOCK | O_DIRECT);
      on.resize(fds[1], 8192).returns(8192);
      on.write(fds[1], "ab").returns(2);
      on.flags(fds[1], O_NONBLOCK);
      on.write(fds[1], "cd").returns(2);

      on.write(fds[1], 4096).failsWith(EAGAIN);
      on.write(fds[1], "ef").returns(2);

      assertThat(on.text(fds[0], 99)).isEqualTo("ab");
      assertThat(on.text(fds[0], 99)).isEqualTo("cdef");
    }
  }

  @Nested
  class Passing_on {
    @Scenario("L-72")
    void splice_sees_no_boundaries(Stage on) {
      int[] from = on.pipe(O_DIRECT);
      int[] to = on.pipe(O_NONBLOCK);
      on.write(from[1], 10).returns(10);
      on.write(from[1], 20).returns(20);

      on.splice(from[0], to[1], 100).returns(30);

      on.read(to[0], 100).returns(10);
      on.read(to[0], 100).returns(20);
      on.read(to[0], 100).failsWith(EAGAIN);
    }

    @Scenario("L-72")
    void both_halves_of_a_split_packet_are_packets(Stage on) {
      int[] from = on.pipe(O_DIRECT);
      int[] to = on.pipe();
      on.write(from[1], "0123456789").returns(10);
      on.write(from[1], "xyz").returns(3);

      on.splice(from[0], to[1], 4).returns(4);
      on.write(to[1], "more").returns(4);

      assertThat(on.text(to[0], 99)).isEqualTo("0123");
      assertThat(on.text(from[0], 99)).isEqualTo("456789");
      assertThat(on.text(from[0], 99)).isEqualTo("xyz");
    }

    @Scenario("L-72")
    void vmsplice_takes_several_and_leaves_what_it_did_not_take(Stage on) {
      int[] fds = on.pipe(O_DIRECT);
      on.write(fds[1], "abc").returns(3);
      on.write(fds[1], "defg").returns(4);
      ByteBuffer[] memory = {ByteBuffer.allocate(5)};

      on.expect("vmsplice", on.sys().vmsplice(fds[0], memory, 0)).returns(5);

      assertThat(Stage.text(memory[0].flip())).isEqualTo("abcde");
      assertThat(on.text(fds[0], 99)).isEqualTo("fg");
    }

    @Scenario("L-73")
    void a_stream_slot_stays_one_in_a_pipe_of_packets(Stage on) {
      int[] from = on.pipe();
      int[] to = on.pipe(O_DIRECT);
      on.write(from[1], "ab").returns(2);
      on.splice(from[0], to[1], 99).returns(2);

      on.write(to[1], "cd").returns(2);

      assertThat(on.text(to[0], 99)).isEqualTo("abcd");
    }
  }

  @Nested
  class The_flag {
    @Scenario("L-74")
    void is_set_and_cleared_at_either_end(Stage on) {
      for (int fd : on.pipe()) {
        long before = on.expect("F_GETFL", on.sys().fcntl(fd, FileAbi.F_GETFL, 0)).succeeds();

        on.flags(fd, O_DIRECT);
        on.expect("F_GETFL", on.sys().fcntl(fd, FileAbi.F_GETFL, 0)).returns(before | O_DIRECT);
        on.flags(fd, 0);

        on.expect("F_GETFL", on.sys().fcntl(fd, FileAbi.F_GETFL, 0)).returns(before);
      }
    }

    @Scenario("L-74")
    void is_refused_when_a_pipe_is_opened_by_name(Stage on) {
      int[] fds = on.pipe();
      String path = "/proc/self/fd/" + fds[0];
      String fifo = on.fifo();

      on.expect("open", on.sys().open(path, FileAbi.O_RDONLY | O_DIRECT)).failsWith(EINVAL);
      on.expect("open", on.sys().open(fifo, FileAbi.O_RDWR | O_DIRECT)).failsWith(EINVAL);
    }
  }
}
