package org.gardenhose.spec.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.gardenhose.abi.Errno.EAGAIN;
import static org.gardenhose.abi.Errno.EBADF;
import static org.gardenhose.abi.Errno.EFAULT;
import static org.gardenhose.abi.Errno.EINVAL;
import static org.gardenhose.abi.Errno.EPIPE;
import static org.gardenhose.abi.FileAbi.O_RDWR;
import static org.gardenhose.abi.FileAbi.SPLICE_F_GIFT;
import static org.gardenhose.abi.FileAbi.SPLICE_F_NONBLOCK;
import static org.gardenhose.abi.PipeAbi.O_DIRECT;
import static org.gardenhose.abi.PipeAbi.O_NONBLOCK;
import static org.gardenhose.spec.scenario.FileWords.FULL;
import static org.gardenhose.spec.scenario.FileWords.PAGE;
import static org.gardenhose.spec.scenario.FileWords.fifo;
import static org.gardenhose.spec.scenario.FileWords.file;
import static org.gardenhose.spec.scenario.FileWords.fill;
import static org.gardenhose.spec.scenario.FileWords.memory;
import static org.gardenhose.spec.scenario.FileWords.open;
import static org.gardenhose.spec.scenario.FileWords.vmsplice;

import java.nio.ByteBuffer;
import org.gardenhose.abi.Signal;
import org.junit.jupiter.api.Nested;

/// Passing memory to a pipe and taking a pipe's bytes to memory: L-162 to L-166.
class VmspliceSpec {
  private static Outcome flagged(Stage on, int fd, int flags, ByteBuffer... memory) {
    return on.expect("vmsplice", on.sys().vmsplice(fd, memory, flags));
  }

  @Nested
  class It_looks {
    @Scenario("L-162")
    void at_flags_then_the_descriptor_then_the_memory_and_then_for_a_pipe(Stage on) {
      int file = file(on, "/f", "text");

      flagged(on, -1, 0x10, memory(1)).failsWith(EINVAL);
      flagged(on, -1, 0, memory(1)).failsWith(EBADF);
      flagged(on, file, 0, (ByteBuffer[]) null).failsWith(EFAULT);
      flagged(on, file, 0, new ByteBuffer[1025]).failsWith(EINVAL);
      flagged(on, file, 0).returns(0);
      flagged(on, file, 0, memory(0)).returns(0);
      flagged(on, file, 0, memory(1)).failsWith(EBADF);
    }

    @Scenario("L-162")
    void at_the_access_mode_for_the_direction_which_is_into_the_pipe_if_it_is_both(Stage on) {
      int both = open(on, fifo(on), O_RDWR);
      on.write(both, 3).returns(3);

      vmsplice(on, both, memory(5)).returns(5);

      assertThat(on.available(both)).isEqualTo(8);
    }
  }

  @Nested
  class Into_the_pipe {
    @Scenario("L-163")
    void it_waits_for_one_slot_whatever_the_description_says(Stage on) {
      int[] fds = on.pipe(O_NONBLOCK);
      on.write(fds[1], FULL).returns(FULL);
      ByteBuffer[] memory = {memory(2 * PAGE)};
      Call call = on.thread("vmsplice", sys -> sys.vmsplice(fds[1], memory, 0)).blocks();

      on.read(fds[0], PAGE).returns(PAGE);

      call.returns(PAGE);
    }

    @Scenario("L-163")
    void it_does_not_wait_if_the_flag_says_so(Stage on) {
      int[] fds = on.pipe();
      on.write(fds[1], FULL).returns(FULL);

      flagged(on, fds[1], SPLICE_F_NONBLOCK, memory(1)).failsWith(EAGAIN);
    }

    @Scenario("L-163")
    void without_a_reader_it_is_an_error_and_a_signal(Stage on) {
      int[] fds = on.pipe();
      int[] count = on.count(Signal.SIGPIPE, 0);
      on.close(fds[0]);

      vmsplice(on, fds[1], memory(1)).failsWith(EPIPE);

      assertThat(count[0]).isEqualTo(1);
    }

    @Scenario("L-164")
    void every_page_that_is_touched_takes_a_slot(Stage on) {
      int[] across = on.pipe(O_NONBLOCK);
      int[] parts = on.pipe(O_NONBLOCK);
      ByteBuffer memory = memory(2 * PAGE);

      vmsplice(on, across[1], memory.slice(PAGE - 100, 200)).returns(200);
      vmsplice(on, parts[1], memory.slice(0, 10), memory.slice(10, 10), memory.slice(20, 10))
          .returns(30);

      assertThat(fill(on, across[1])).isEqualTo(14);
      assertThat(fill(on, parts[1])).isEqualTo(13);
    }

    @Scenario("L-164")
    void it_takes_as_much_as_there_are_slots_for(Stage on) {
      int[] aligned = on.pipe();
      int[] shifted = on.pipe();
      ByteBuffer memory = memory(1 << 20);

      vmsplice(on, aligned[1], memory.slice()).returns(FULL);
      vmsplice(on, shifted[1], memory.slice(1, (1 << 20) - 1)).returns(FULL - 1);
    }

    @Scenario("L-164")
    void what_it_passed_is_not_added_to(Stage on) {
      int[] fds = on.pipe(O_NONBLOCK);

      vmsplice(on, fds[1], memory(1)).returns(1);
      on.write(fds[1], 1).returns(1);

      assertThat(fill(on, fds[1])).isEqualTo(14);
    }

    @Scenario("L-165")
    void the_reader_sees_what_is_in_the_memory_when_it_reads(Stage on) {
      for (int flags : new int[] {0, SPLICE_F_GIFT}) {
        int[] fds = on.pipe();
        ByteBuffer memory = memory(PAGE);
        flagged(on, fds[1], flags, memory.slice()).returns(PAGE);

        memory.put(1, (byte) 'X');

        assertThat(on.text(fds[0], 3)).isEqualTo("\0X\0");
      }
    }
  }

  @Nested
  class Out_of_the_pipe {
    @Scenario("L-166")
    void it_takes_what_is_there_to_several_places(Stage on) {
      int[] fds = on.pipe();
      on.write(fds[1], PAGE + 10).returns(PAGE + 10);
      ByteBuffer first = memory(100);
      ByteBuffer second = memory(FULL);

      vmsplice(on, fds[0], first, second).returns(PAGE + 10);

      assertThat(first.get(99)).isEqualTo((byte) 99);
      assertThat(second.get(0)).isEqualTo((byte) 100);
      assertThat(second.get(PAGE + 10 - 101)).isEqualTo((byte) 9);
    }

    @Scenario("L-166")
    void it_waits_only_while_there_is_nothing_whatever_the_description_says(Stage on) {
      int[] fds = on.pipe(O_NONBLOCK);
      ByteBuffer[] memory = {memory(10)};
      flagged(on, fds[0], SPLICE_F_NONBLOCK, memory(1)).failsWith(EAGAIN);
      Call call = on.thread("vmsplice", sys -> sys.vmsplice(fds[0], memory, 0)).blocks();

      on.write(fds[1], 1).returns(1);

      call.returns(1);
    }

    @Scenario("L-166")
    void it_comes_to_nothing_at_the_end(Stage on) {
      int[] fds = on.pipe();
      on.close(fds[1]);

      vmsplice(on, fds[0], memory(1)).returns(0);
    }

    @Scenario("L-166")
    void it_consumes_nothing_if_the_memory_is_bad(Stage on) {
      int[] fds = on.pipe();
      on.write(fds[1], 10).returns(10);

      vmsplice(on, fds[0], memory(20).asReadOnlyBuffer()).failsWith(EFAULT);

      assertThat(on.available(fds[0])).isEqualTo(10);
    }

    @Scenario("L-166")
    void it_leaves_what_it_does_not_take_of_a_packet(Stage on) {
      int[] fds = on.pipe(O_DIRECT);
      on.write(fds[1], 10).returns(10);

      vmsplice(on, fds[0], memory(4)).returns(4);

      on.read(fds[0], 99).returns(6);
    }
  }
}
