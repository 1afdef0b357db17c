package org.gardenhose.spec.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.gardenhose.abi.Errno.EAGAIN;
import static org.gardenhose.abi.Errno.EFAULT;
import static org.gardenhose.abi.PipeAbi.O_DIRECT;
import static org.gardenhose.abi.PipeAbi.O_NONBLOCK;

import java.nio.ByteBuffer;
import org.gardenhose.abi.FileAbi;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;

/// The caller's memory fails midway: L-129 to L-131. One byte that nobody has mapped is null.
class FaultSpec {
  private static final @Nullable ByteBuffer BAD = null;

  private static ByteBuffer room(int count) {
    return ByteBuffer.allocate(count);
  }

  @Nested
  class A_read_that_faults {
    @Scenario("L-129")
    void consumes_nothing_of_the_slot_it_was_copying(Stage on) {
      int[] fds = on.pipe();
      String all = "0123456789abcdefghij";
      on.write(fds[1], all).returns(20);

      on.readv(fds[0], room(10), BAD).failsWith(EFAULT);
      on.expect("read", on.sys().read(fds[0], null)).failsWith(EFAULT);
      ByteBuffer readOnly = room(5).asReadOnlyBuffer();
      on.expect("read", on.sys().read(fds[0], readOnly)).failsWith(EFAULT);

      assertThat(on.text(fds[0], 99)).isEqualTo(all);
    }

    @Scenario("L-129")
    void returns_what_whole_slots_before_had(Stage on) {
      int[] fds = on.pipe();
      on.write(fds[1], 4096).returns(4096);
      on.write(fds[1], "abc").returns(3);

      on.readv(fds[0], room(4097), BAD, room(9)).returns(4096);

      assertThat(on.text(fds[0], 99)).isEqualTo("abc");
    }

    @Scenario("L-129")
    void leaves_a_packet_as_it_was(Stage on) {
      int[] fds = on.pipe(O_DIRECT);
      on.write(fds[1], "abcdef").returns(6);

      on.readv(fds[0], room(2), BAD).failsWith(EFAULT);

      assertThat(on.available(fds[0])).isEqualTo(6);
      assertThat(on.text(fds[0], 99)).isEqualTo("abcdef");
    }

    @Scenario("L-129")
    void after_it_waited_leaves_what_came_to_the_next(Stage on) {
      int[] fds = on.pipe();
      Call first = on.thread("read", sys -> sys.read(fds[0], null)).blocks();
      Call second = on.reading(fds[0], 9).blocks();

      on.write(fds[1], 3).returns(3);

      first.failsWith(EFAULT);
      second.returns(3);
    }
  }

  @Nested
  class A_write_that_faults {
    @Scenario("L-130")
    void returns_what_whole_pages_before_had(Stage on) {
      int[] fds = on.pipe();

      on.writev(fds[1], Stage.bytes(4096), BAD, room(4095)).returns(4096);

      assertThat(on.text(fds[0], 9999)).isEqualTo(Stage.text(Stage.bytes(4096)));
    }

    @Scenario({"L-4", "L-130"})
    void in_its_first_page_takes_no_slot(Stage on) {
      int[] fds = on.slot();

      on.writev(fds[1], room(4095), BAD, room(1904)).failsWith(EFAULT);

      on.read(fds[0], 1).failsWith(EAGAIN);
      on.write(fds[1], 4096).returns(4096);
    }

    @Scenario("L-130")
    void while_it_appends_appends_nothing(Stage on) {
      int[] fds = on.pipe();
      on.write(fds[1], "abc").returns(3);

      on.writev(fds[1], Stage.bytes("xy"), BAD).failsWith(EFAULT);
      on.write(fds[1], "def").returns(3);

      assertThat(on.text(fds[0], 99)).isEqualTo("abcdef");
    }

    @Scenario("L-130")
    void after_it_appended_returns_what_it_appended(Stage on) {
      int[] fds = on.pipe();
      on.write(fds[1], 10).returns(10);

      on.writev(fds[1], room(1000), BAD, room(4096 + 100 - 1001)).returns(100);

      assertThat(on.available(fds[0])).isEqualTo(110);
    }

    @Scenario("L-130")
    void after_it_waited_leaves_the_slot_to_the_next(Stage on) {
      int[] fds = on.pipe();
      on.write(fds[1], 65536).returns(65536);
      Call first = on.thread("write", sys -> sys.write(fds[1], null)).blocks();
      Call second = on.writing(fds[1], 9).blocks();

      on.read(fds[0], 4096).returns(4096);

      first.failsWith(EFAULT);
      second.returns(9);
    }
  }

  @Nested
  class A_later_buffer_that_faults {
    @Scenario("L-131")
    void takes_its_page_with_it(Stage on) {
      int[] fds = on.pipe(O_NONBLOCK);

      on.writev(fds[1], room(10), BAD, room(9)).failsWith(EFAULT);

      on.read(fds[0], 1).failsWith(EAGAIN);
    }

    @Scenario("L-131")
    void leaves_what_vmsplice_attached_before(Stage on) {
      int[] fds = on.pipe();
      @Nullable ByteBuffer[] memory = {Stage.bytes("0123456789"), BAD};

      on.expect("vmsplice", on.sys().vmsplice(fds[1], memory, FileAbi.SPLICE_F_NONBLOCK))
          .returns(10);

      assertThat(on.text(fds[0], 99)).isEqualTo("0123456789");
    }
  }
}
