package org.gardenhose.spec.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.gardenhose.abi.Errno.EAGAIN;
import static org.gardenhose.abi.Errno.EBADF;
import static org.gardenhose.abi.Errno.EFAULT;
import static org.gardenhose.abi.Errno.EPIPE;
import static org.gardenhose.abi.FileAbi.O_APPEND;
import static org.gardenhose.abi.PipeAbi.O_DIRECT;
import static org.gardenhose.abi.PipeAbi.O_NONBLOCK;
import static org.gardenhose.abi.PipeAbi.POLLOUT;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.gardenhose.abi.FileAbi;
import org.gardenhose.abi.Signal;
import org.junit.jupiter.api.Nested;

/// Writing: L-41, L-42, L-45 to L-49, L-52 to L-55.
class WriteSpec {
  @Nested
  class A_write_of_nothing {
    @Scenario("L-41")
    void is_0_even_if_nobody_reads(Stage on) {
      int[] count = on.count(Signal.SIGPIPE, 0);
      int[] fds = on.pipe();
      on.close(fds[0]);

      on.write(fds[1], 0).returns(0);

      assertThat(count[0]).isZero();
    }

    @Scenario("L-41")
    void makes_no_packet(Stage on) {
      int[] fds = on.pipe(O_NONBLOCK | O_DIRECT);

      on.write(fds[1], 0).returns(0);

      on.read(fds[0], 1).failsWith(EAGAIN);
    }

    @Scenario("L-41")
    void still_needs_a_descriptor_that_is_open_for_writing(Stage on) {
      int[] fds = on.pipe();

      on.write(fds[0], 0).failsWith(EBADF);
      on.write(fds[0], 1).failsWith(EBADF);
      on.expect("write", on.sys().write(fds[0], null)).failsWith(EBADF);
      on.write(99, 0).failsWith(EBADF);
    }
  }

  @Nested
  class A_write_that_nobody_reads {
    @Scenario("L-42")
    void is_refused_before_the_memory_is_looked_at(Stage on) {
      int[] count = on.count(Signal.SIGPIPE, 0);
      int[] fds = on.pipe();
      on.expect("write", on.sys().write(fds[1], null)).failsWith(EFAULT);
      on.close(fds[0]);

      on.expect("write", on.sys().write(fds[1], null)).failsWith(EPIPE);

      assertThat(count[0]).isEqualTo(1);
    }

    @Scenario("L-42")
    void is_refused_also_if_there_is_no_room(Stage on) {
      on.count(Signal.SIGPIPE, 0);
      int[] fds = on.pipe(O_NONBLOCK);
      on.write(fds[1], 65536).returns(65536);
      on.close(fds[0]);

      on.write(fds[1], 1).failsWith(EPIPE);
    }
  }

  @Nested
  class A_write_that_may_not_wait {
    @Scenario("L-48")
    void of_at_most_a_page_goes_in_whole_or_not_at_all(Stage on) {
      for (int count = 1; count <= 4096; count += 273) {
        int[] fds = on.slot();
        on.write(fds[1], count).returns(count);

        on.write(fds[1], 4097 - count).failsWith(EAGAIN);

        assertThat(on.available(fds[0])).isEqualTo(count);
        on.close(fds[0]);
        on.close(fds[1]);
      }
    }

    @Scenario({"L-48", "L-44"})
    void of_whole_pages_leaves_the_rest_of_the_first_page_unused(Stage on) {
      int[] fds = on.pipe(O_NONBLOCK);
      on.write(fds[1], 1).returns(1);

      on.write(fds[1], 65536).returns(61440);

      on.write(fds[1], 4095).failsWith(EAGAIN);
      on.write(fds[1], 1).failsWith(EAGAIN);
    }

    @Scenario({"L-48", "L-43"})
    void puts_its_odd_bytes_into_the_first_page_ahead_of_the_rest(Stage on) {
      int[] fds = on.pipe(O_NONBLOCK);
      on.write(fds[1], "x").returns(1);

      on.write(fds[1], 65537).returns(61441);

      assertThat(on.text(fds[0], 70_000)).isEqualTo("x" + Stage.text(Stage.bytes(61441)));
    }

    @Scenario("L-48")
    void finds_room_only_in_the_last_page_for_what_is_over_whole_pages(Stage on) {
      int[] fds = on.pipe(O_NONBLOCK);
      on.write(fds[1], 61440).returns(61440);
      on.write(fds[1], 3996).returns(3996);

      on.write(fds[1], 101).failsWith(EAGAIN);
      on.write(fds[1], 4096).failsWith(EAGAIN);
      on.write(fds[1], 4095).failsWith(EAGAIN);
      on.write(fds[1], 4197).failsWith(EAGAIN);
      on.write(fds[1], 4196).returns(100);
      on.write(fds[1], 1).failsWith(EAGAIN);
    }

    @Scenario("L-55")
    void may_fit_although_poll_does_not_promise_it(Stage on) {
      int[] fds = on.pipe(O_NONBLOCK);
      on.write(fds[1], 65436).returns(65436);

      assertThat(on.poll(fds[1], POLLOUT)).isZero();
      on.write(fds[1], 100).returns(100);
    }

    @Scenario("L-55")
    void of_at_most_a_page_fits_where_poll_promises_it(Stage on) {
      int[] fds = on.pipe(O_NONBLOCK);
      for (int i = 0; i < 16; i++) {
        assertThat(on.poll(fds[1], POLLOUT)).isEqualTo(POLLOUT);
        on.write(fds[1], 4096 - i).returns(4096 - i);
      }

      assertThat(on.poll(fds[1], POLLOUT)).isZero();
    }

    @Scenario("L-49")
    void fills_the_pipe_byte_by_byte(Stage on) {
      int[] fds = on.pipe(O_NONBLOCK);

      for (int i = 0; i < 65536; i++) {
        on.expect("write", on.sys().write(fds[1], ByteBuffer.allocate(1))).returns(1);
      }

      on.write(fds[1], 1).failsWith(EAGAIN);
    }

    @Scenario("L-49")
    void in_pieces_of_4095_leaves_one_byte_in_the_last_page_only(Stage on) {
      int[] fds = on.pipe(O_NONBLOCK);
      for (int i = 0; i < 16; i++) {
        on.write(fds[1], 4095).returns(4095);
      }

      on.write(fds[1], 4095).failsWith(EAGAIN);
      on.write(fds[1], 1).returns(1);
      on.write(fds[1], 1).failsWith(EAGAIN);
      assertThat(on.available(fds[0])).isEqualTo(65521);
    }
  }

  @Nested
  class A_write_that_waits {
    @Scenario({"L-45", "L-48"})
    void fills_and_sleeps_until_everything_is_in(Stage on) {
      int[] fds = on.pipe();
      Call writer = on.writing(fds[1], 200_000).blocks();
      StringBuilder read = new StringBuilder();

      for (int i = 0; i < 20; i++) {
        read.append(on.text(fds[0], 10_000));
        on.settle();
      }

      writer.returns(200_000);
      assertThat(read.toString()).isEqualTo(Stage.text(Stage.bytes(200_000)));
    }

    @Scenario({"L-46", "L-171"})
    void needs_a_whole_slot_even_for_one_byte(Stage on) {
      int[] fds = on.pipe();
      on.resize(fds[1], 4096).returns(4096);
      on.write(fds[1], 4096).returns(4096);
      Call writer = on.writing(fds[1], 1).blocks();

      on.read(fds[0], 4095).returns(4095);
      writer.blocks();
      on.read(fds[0], 1).returns(1);

      writer.returns(1);
    }

    @Scenario({"L-46", "L-47", "L-171"})
    void is_overtaken_by_one_that_appends_to_the_last_page(Stage on) {
      int[] fds = on.pipe();
      on.write(fds[1], 65536).returns(65536);
      Call first = on.writing(fds[1], 1).blocks();
      Call second = on.writing(fds[1], 1).blocks();
      Call third = on.writing(fds[1], 1).blocks();

      on.read(fds[0], 4096).returns(4096);
      first.returns(1);
      on.write(fds[1], 1).returns(1);

      second.blocks();
      third.blocks();
    }
  }

  @Nested
  class A_gathering_write {
    @Scenario("L-52")
    void is_one_write_of_the_whole(Stage on) {
      int[] fds = on.slot();
      on.write(fds[1], 4090).returns(4090);

      on.writev(fds[1], Stage.bytes(4), Stage.bytes(3)).failsWith(EAGAIN);
      on.writev(fds[1], Stage.bytes(4), Stage.bytes(0), Stage.bytes(2)).returns(6);

      assertThat(on.available(fds[0])).isEqualTo(4096);
    }

    @Scenario("L-54")
    void is_capped_before_anything_is_decided(Stage on) {
      int[] fds = on.pipe(O_NONBLOCK);
      on.write(fds[1], 1).returns(1);
      ByteBuffer some = ByteBuffer.allocateDirect((1 << 21) + 1);
      ByteBuffer[] memory = new ByteBuffer[1024];
      Arrays.setAll(memory, i -> some.duplicate().limit(i == 0 ? (1 << 21) + 1 : 1 << 21));

      // 2^31 + 1 bytes would put one into the page that is there; 0x7ffff000 are whole pages.
      on.writev(fds[1], memory).returns(61440);
    }
  }

  @Nested
  class No_effect {
    @Scenario("L-53")
    void has_O_APPEND(Stage on) {
      int[] fds = on.pipe();
      on.write(fds[1], "ab").returns(2);

      on.flags(fds[1], O_APPEND);
      on.write(fds[1], "cd").returns(2);

      on.expect("F_GETFL", on.sys().fcntl(fds[1], FileAbi.F_GETFL, 0))
          .returns(FileAbi.O_WRONLY | O_APPEND);
      assertThat(on.text(fds[0], 9)).isEqualTo("abcd");
    }
  }
}
