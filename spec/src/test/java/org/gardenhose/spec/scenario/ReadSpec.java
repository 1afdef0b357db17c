package org.gardenhose.spec.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.gardenhose.abi.Errno.EAGAIN;
import static org.gardenhose.abi.Errno.EBADF;
import static org.gardenhose.abi.Errno.EFAULT;
import static org.gardenhose.abi.Errno.EINVAL;
import static org.gardenhose.abi.Errno.EPIPE;
import static org.gardenhose.abi.PipeAbi.O_DIRECT;
import static org.gardenhose.abi.PipeAbi.O_NONBLOCK;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.gardenhose.abi.FileAbi;
import org.gardenhose.abi.Signal;
import org.junit.jupiter.api.Nested;

/// Reading: L-31 to L-40.
class ReadSpec {
  @Nested
  class A_read {
    @Scenario({"L-32", "L-33"})
    void gathers_from_many_slots_and_never_waits_to_fill_its_buffer(Stage on) {
      int[] fds = on.pipe();
      on.write(fds[1], 4095).returns(4095);
      on.write(fds[1], 4095).returns(4095);
      on.write(fds[1], 10).returns(10);

      on.read(fds[0], 65536).returns(8200);
    }

    @Scenario("L-32")
    void takes_part_of_a_slot_and_the_next_one_goes_on_there(Stage on) {
      int[] fds = on.pipe();
      on.write(fds[1], "abcdefgh").returns(8);

      assertThat(on.text(fds[0], 3)).isEqualTo("abc");
      assertThat(on.text(fds[0], 3)).isEqualTo("def");
      assertThat(on.text(fds[0], 3)).isEqualTo("gh");
    }

    @Scenario("L-33")
    void of_an_empty_pipe_waits_for_the_first_byte(Stage on) {
      int[] fds = on.pipe();
      Call reader = on.reading(fds[0], 100).blocks();

      on.write(fds[1], "x").returns(1);

      reader.returns(1);
    }

    @Scenario("L-33")
    void that_may_not_wait_says_so(Stage on) {
      int[] fds = on.pipe();
      ByteBuffer[] memory = {ByteBuffer.allocate(1)};

      on.expect("preadv2", on.sys().preadv2(fds[0], memory, -1, FileAbi.RWF_NOWAIT))
          .failsWith(EAGAIN);
      on.nonBlocking(fds[0]);
      on.read(fds[0], 1).failsWith(EAGAIN);
    }

    @Scenario("L-37")
    void that_waits_already_is_not_released_by_O_NONBLOCK(Stage on) {
      int[] fds = on.pipe();
      Call reader = on.reading(fds[0], 1).blocks();

      on.nonBlocking(fds[0]);

      reader.blocks();
      on.write(fds[1], 1).returns(1);
      reader.returns(1);
    }

    @Scenario({"L-8", "L-38"})
    void that_waits_keeps_its_end_open_after_the_descriptor_is_closed(Stage on) {
      int[] count = on.count(Signal.SIGPIPE, 0);
      int[] fds = on.pipe();
      Call reader = on.reading(fds[0], 1).blocks();

      on.close(fds[0]);
      reader.blocks();
      on.write(fds[1], 1).returns(1);
      reader.returns(1);

      on.write(fds[1], 1).failsWith(EPIPE);
      assertThat(count[0]).isEqualTo(1);
    }
  }

  @Nested
  class The_end {
    @Scenario("L-35")
    void comes_after_what_departed_writers_left(Stage on) {
      int[] fds = on.pipe();
      on.write(fds[1], "bye").returns(3);
      on.close(fds[1]);

      assertThat(on.text(fds[0], 2)).isEqualTo("by");
      assertThat(on.text(fds[0], 2)).isEqualTo("e");
      on.read(fds[0], 2).returns(0);
    }

    @Scenario({"L-34", "L-33"})
    void stays_and_is_no_error_for_one_who_does_not_wait(Stage on) {
      int[] fds = on.pipe(O_NONBLOCK);
      on.close(fds[1]);

      for (int i = 0; i < 3; i++) {
        on.read(fds[0], 1).returns(0);
      }
    }

    @Scenario("L-34")
    void is_over_when_a_writer_appears_again(Stage on) {
      int[] fds = on.pipe(O_NONBLOCK);
      on.close(fds[1]);
      on.read(fds[0], 1).returns(0);

      String path = "/proc/self/fd/" + fds[0];
      int writer = on.open(path, FileAbi.O_WRONLY);

      on.read(fds[0], 1).failsWith(EAGAIN);
      on.close(writer);
      on.read(fds[0], 1).returns(0);
    }

    @Scenario("L-33")
    void is_seen_by_one_who_waits(Stage on) {
      int[] fds = on.pipe();
      Call reader = on.reading(fds[0], 1).blocks();

      on.close(fds[1]);

      reader.returns(0);
    }

    @Scenario("L-36")
    void needs_no_memory(Stage on) {
      int[] fds = on.pipe(O_NONBLOCK);
      on.expect("read", on.sys().read(fds[0], null)).failsWith(EAGAIN);
      on.write(fds[1], 1).returns(1);
      on.expect("read", on.sys().read(fds[0], null)).failsWith(EFAULT);
      on.read(fds[0], 1).returns(1);
      on.close(fds[1]);

      on.expect("read", on.sys().read(fds[0], null)).returns(0);
    }
  }

  @Nested
  class A_read_of_nothing {
    @Scenario("L-31")
    void is_0_whatever_the_pipe_is_like(Stage on) {
      int[] fds = on.pipe();

      on.read(fds[0], 0).returns(0);
      on.write(fds[1], 1).returns(1);
      on.read(fds[0], 0).returns(0);
      on.close(fds[1]);
      on.read(fds[0], 0).returns(0);

      assertThat(on.available(fds[0])).isEqualTo(1);
    }

    @Scenario("L-31")
    void consumes_no_packet(Stage on) {
      int[] fds = on.pipe(O_DIRECT);
      on.write(fds[1], "abc").returns(3);

      on.read(fds[0], 0).returns(0);

      assertThat(on.text(fds[0], 9)).isEqualTo("abc");
    }

    @Scenario("L-31")
    void still_needs_a_descriptor_that_is_open_for_reading(Stage on) {
      int[] fds = on.pipe();

      on.read(fds[1], 0).failsWith(EBADF);
      on.read(fds[1], 1).failsWith(EBADF);
      on.expect("read", on.sys().read(fds[1], null)).failsWith(EBADF);
      on.read(99, 0).failsWith(EBADF);
      on.read(-1, 0).failsWith(EBADF);
    }
  }

  @Nested
  class A_scattering_read {
    @Scenario("L-40")
    void fills_its_buffers_in_order_and_skips_empty_ones(Stage on) {
      int[] fds = on.pipe();
      on.write(fds[1], "abcde").returns(5);
      ByteBuffer[] memory = {
        ByteBuffer.allocate(2),
        ByteBuffer.allocate(0),
        ByteBuffer.allocate(2),
        ByteBuffer.allocate(2)
      };

      on.readv(fds[0], memory).returns(5);

      assertThat(Stage.text(memory[0].flip())).isEqualTo("ab");
      assertThat(Stage.text(memory[2].flip())).isEqualTo("cd");
      assertThat(Stage.text(memory[3].flip())).isEqualTo("e");
    }

    @Scenario("L-40")
    void takes_at_most_1024_buffers_and_may_take_none(Stage on) {
      int[] fds = on.pipe();
      ByteBuffer[] memory = new ByteBuffer[1025];
      Arrays.setAll(memory, _ -> ByteBuffer.allocate(1));

      on.readv(fds[0]).returns(0);
      on.readv(fds[0], ByteBuffer.allocate(0)).returns(0);
      on.readv(fds[0], memory).failsWith(EINVAL);
      on.write(fds[1], 2000).returns(2000);
      on.readv(fds[0], Arrays.copyOf(memory, 1024)).returns(1024);
    }
  }
}
