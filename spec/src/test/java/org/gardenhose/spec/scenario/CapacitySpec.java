package org.gardenhose.spec.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.gardenhose.abi.Errno.EAGAIN;
import static org.gardenhose.abi.Errno.EBADF;
import static org.gardenhose.abi.Errno.EBUSY;
import static org.gardenhose.abi.Errno.EINVAL;
import static org.gardenhose.abi.Errno.EPERM;
import static org.gardenhose.abi.PipeAbi.O_DIRECT;
import static org.gardenhose.abi.PipeAbi.O_NONBLOCK;
import static org.gardenhose.abi.PipeAbi.POLLOUT;

import org.gardenhose.abi.FileAbi;
import org.junit.jupiter.api.Nested;

/// How much a pipe holds, and changing that: L-3, L-20 to L-27, L-30.
class CapacitySpec {
  @Nested
  class A_pipe {
    @Scenario("L-20")
    void holds_sixteen_pages_and_says_so_at_both_ends(Stage on) {
      int[] fds = on.pipe(O_NONBLOCK);

      on.write(fds[1], 100_000).returns(65536);

      assertThat(on.size(fds[0])).isEqualTo(65536);
      assertThat(on.size(fds[1])).isEqualTo(65536);
    }

    @Scenario({"L-3", "L-21"})
    void is_full_when_its_slots_are_taken_however_little_is_in_them(Stage on) {
      int[] fds = on.pipe(O_NONBLOCK);

      for (int i = 0; i < 16; i++) {
        on.write(fds[1], 2049).returns(2049);
      }

      on.write(fds[1], 2049).failsWith(EAGAIN);
      assertThat(on.available(fds[0])).isEqualTo(32784);
    }

    @Scenario("L-3")
    void wastes_no_slot_wherever_its_ring_begins(Stage on) {
      int[] fds = on.pipe(O_NONBLOCK);

      for (int i = 0; i < 40; i++) {
        on.write(fds[1], 65536).returns(65536);
        on.write(fds[1], 1).failsWith(EAGAIN);
        on.read(fds[0], 65536).returns(65536);
        on.read(fds[0], 1).failsWith(EAGAIN);
        on.write(fds[1], 1).returns(1);
        on.read(fds[0], 1).returns(1);
      }
    }

    @Scenario({"L-3", "L-21"})
    void has_no_room_until_a_slot_is_read_to_its_end(Stage on) {
      int[] fds = on.pipe(O_NONBLOCK);
      on.write(fds[1], 65536).returns(65536);

      on.read(fds[0], 4095).returns(4095);
      on.write(fds[1], 1).failsWith(EAGAIN);
      assertThat(on.poll(fds[1], POLLOUT)).isZero();
      on.read(fds[0], 1).returns(1);

      assertThat(on.poll(fds[1], POLLOUT)).isEqualTo(POLLOUT);
      on.write(fds[1], 4096).returns(4096);
    }
  }

  @Nested
  class Resizing {
    @Scenario("L-22")
    void rounds_up_to_a_power_of_two_pages_and_returns_what_it_came_to(Stage on) {
      int[] fds = on.pipe();

      on.resize(fds[1], 0).returns(4096);
      on.resize(fds[1], 1).returns(4096);
      on.resize(fds[1], 4097).returns(8192);
      on.resize(fds[1], 65536).returns(65536);
      on.resize(fds[0], 65537).returns(131072);

      assertThat(on.size(fds[1])).isEqualTo(131072);
    }

    @Scenario("L-22")
    void looks_at_32_bits_of_the_argument(Stage on) {
      int[] fds = on.pipe();

      on.resize(fds[1], 0x1_0000_1000L).returns(4096);
      on.resize(fds[1], 0x8000_0001L).failsWith(EINVAL);
      on.resize(fds[1], 0xffff_ffffL).failsWith(EINVAL);
      on.resize(fds[1], Long.MAX_VALUE).failsWith(EINVAL);

      assertThat(on.size(fds[1])).isEqualTo(4096);
    }

    @Scenario("L-23")
    void above_a_mebibyte_is_not_for_ordinary_users(Stage on) {
      on.assumeOrdinaryUser();
      int[] fds = on.pipe();

      on.resize(fds[1], 1 << 20).returns(1 << 20);
      on.resize(fds[1], (1 << 20) + 1).failsWith(EPERM);
      on.resize(fds[1], 1L << 31).failsWith(EPERM);

      assertThat(on.size(fds[1])).isEqualTo(1 << 20);
    }

    @Scenario("L-24")
    void below_the_slots_in_use_is_refused(Stage on) {
      int[] fds = on.pipe(O_NONBLOCK | O_DIRECT);
      for (int i = 0; i < 3; i++) {
        on.write(fds[1], 1).returns(1);
      }

      on.resize(fds[1], 8192).failsWith(EBUSY);
      assertThat(on.size(fds[1])).isEqualTo(65536);
      on.resize(fds[1], 12288).returns(16384);
    }

    @Scenario("L-24")
    void counts_a_slot_that_has_one_byte_left(Stage on) {
      int[] fds = on.pipe(O_NONBLOCK);
      on.write(fds[1], 8192).returns(8192);
      on.read(fds[0], 4095).returns(4095);

      on.resize(fds[1], 4096).failsWith(EBUSY);
      on.read(fds[0], 1).returns(1);
      on.resize(fds[1], 4096).returns(4096);
    }

    @Scenario("L-25")
    void may_leave_the_pipe_full_or_make_room_in_a_full_one(Stage on) {
      int[] fds = on.pipe(O_NONBLOCK);
      on.write(fds[1], 8192).returns(8192);

      on.resize(fds[1], 8192).returns(8192);
      on.write(fds[1], 1).failsWith(EAGAIN);
      assertThat(on.poll(fds[1], POLLOUT)).isZero();
      on.resize(fds[1], 16384).returns(16384);

      assertThat(on.poll(fds[1], POLLOUT)).isEqualTo(POLLOUT);
      on.write(fds[1], 10_000).returns(8192);
    }

    @Scenario("L-26")
    void keeps_the_order_of_bytes_wherever_the_ring_begins(Stage on) {
      for (int begin = 0; begin < 16; begin++) {
        int[] fds = on.pipe(O_NONBLOCK);
        for (int i = 0; i < begin; i++) {
          on.write(fds[1], 4096).returns(4096);
          on.read(fds[0], 4096).returns(4096);
        }
        on.write(fds[1], 30_001).returns(30_001);

        on.resize(fds[1], 32768).returns(32768);
        on.resize(fds[1], 262_144).returns(262_144);

        assertThat(on.text(fds[0], 65536)).isEqualTo(Stage.text(Stage.bytes(30_001)));
        on.close(fds[0]);
        on.close(fds[1]);
      }
    }

    @Scenario("L-26")
    void lets_writers_go_on_that_waited_for_room(Stage on) {
      int[] fds = on.pipe();
      on.write(fds[1], 65536).returns(65536);
      Call first = on.writing(fds[1], 4096).blocks();
      Call second = on.writing(fds[1], 4096).blocks();

      on.resize(fds[0], 131_072).returns(131_072);

      first.returns(4096);
      second.returns(4096);
    }

    @Scenario("L-30")
    void is_only_for_pipes(Stage on) {
      int[] fds = on.pipe();
      on.close(fds[1]);
      int nothing = on.open("/dev/null", FileAbi.O_RDWR);

      on.resize(fds[1] + 7, 4096).failsWith(EBADF);
      on.resize(nothing, 4096).failsWith(EBADF);
      on.expect("F_GETPIPE_SZ", on.sys().fcntl(nothing, FileAbi.F_GETPIPE_SZ, 0)).failsWith(EBADF);
    }

    @Scenario("L-30")
    void is_not_for_who_only_names_the_pipe(Stage on) {
      int[] fds = on.pipe();
      String path = "/proc/self/fd/" + fds[0];
      int name = on.open(path, FileAbi.O_PATH);

      on.resize(name, 4096).failsWith(EBADF);
    }
  }

  @Nested
  class An_ordinary_user {
    /// Makes pipes of a mebibyte until that is refused, and small ones until the sum is above the
    /// soft limit, whatever the user has elsewhere.
    private int[] pipesBeyondTheSoftLimit(Stage on) {
      for (boolean more = true; more; ) {
        int[] fds = on.pipe();
        more = on.sys().fcntl(fds[1], FileAbi.F_SETPIPE_SZ, 1 << 20) > 0;
      }
      int[] fds = on.pipe();
      for (int small = 0; small < 16; fds = on.pipe()) {
        small += on.size(fds[1]) == 8192 ? 1 : 0;
      }
      return fds;
    }

    @Scenario("L-27")
    void gets_pipes_of_two_slots_beyond_the_soft_limit(Stage on) {
      on.assumeOrdinaryUser();

      int[] fds = pipesBeyondTheSoftLimit(on);

      assertThat(on.size(fds[1])).isEqualTo(8192);
    }

    @Scenario("L-27")
    void may_not_take_back_there_what_was_given_up(Stage on) {
      on.assumeOrdinaryUser();
      int[] fds = pipesBeyondTheSoftLimit(on);

      on.resize(fds[1], 16384).failsWith(EPERM);
      on.resize(fds[1], 4096).returns(4096);
      on.resize(fds[1], 8192).failsWith(EPERM);
    }

    @Scenario("L-27")
    void may_grow_pipes_again_once_others_are_gone(Stage on) {
      on.assumeOrdinaryUser();
      int[] fds = pipesBeyondTheSoftLimit(on);

      for (int fd = 0; fd < 64; fd++) {
        on.close(fd);
      }

      on.resize(fds[1], 65536).returns(65536);
    }
  }
}
