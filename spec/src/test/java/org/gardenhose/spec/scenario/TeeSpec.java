package org.gardenhose.spec.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.gardenhose.abi.Errno.EAGAIN;
import static org.gardenhose.abi.Errno.EPIPE;
import static org.gardenhose.abi.PipeAbi.O_DIRECT;
import static org.gardenhose.abi.PipeAbi.O_NONBLOCK;
import static org.gardenhose.spec.scenario.FileWords.FULL;
import static org.gardenhose.spec.scenario.FileWords.PAGE;
import static org.gardenhose.spec.scenario.FileWords.fill;
import static org.gardenhose.spec.scenario.FileWords.tee;

import org.gardenhose.abi.Signal;
import org.junit.jupiter.api.Nested;

/// Duplicating what is in a pipe: L-159 to L-161. What is looked at before is in SpliceChecksSpec.
class TeeSpec {
  @Nested
  class It_waits {
    @Scenario("L-159")
    void for_the_input_to_have_something(Stage on) {
      int[] from = on.pipe();
      int[] to = on.pipe();
      Call call = on.thread("tee", sys -> sys.tee(from[0], to[1], FULL, 0)).blocks();

      on.write(from[1], 7).returns(7);

      call.returns(7);
    }

    @Scenario("L-159")
    void then_for_the_output_to_have_a_slot(Stage on) {
      int[] from = on.pipe();
      int[] to = on.pipe();
      on.write(from[1], 7).returns(7);
      on.write(to[1], FULL).returns(FULL);
      Call call = on.thread("tee", sys -> sys.tee(from[0], to[1], FULL, 0)).blocks();

      on.read(to[0], PAGE).returns(PAGE);

      call.returns(7);
    }

    @Scenario("L-159")
    void not_if_either_pipes_end_says_so(Stage on) {
      int[] from = on.pipe(O_NONBLOCK);
      int[] to = on.pipe();

      tee(on, from[0], to[1], 1).failsWith(EAGAIN);
      tee(on, to[0], from[1], 1).failsWith(EAGAIN);
    }
  }

  @Nested
  class The_input {
    @Scenario("L-159")
    void is_not_consumed_and_begins_with_its_oldest_byte_each_time(Stage on) {
      int[] from = on.pipe();
      int[] to = on.pipe();
      on.write(from[1], "0123456789").returns(10);

      tee(on, from[0], to[1], 3).returns(3);
      tee(on, from[0], to[1], 5).returns(5);

      assertThat(on.text(to[0], 99)).isEqualTo("01201234");
      assertThat(on.text(from[0], 99)).isEqualTo("0123456789");
    }

    @Scenario("L-159")
    void gives_all_its_slots_in_one_pass(Stage on) {
      int[] from = on.pipe();
      int[] to = on.pipe();
      on.write(from[1], 2 * PAGE + 1).returns(2 * PAGE + 1);

      tee(on, from[0], to[1], FULL).returns(2 * PAGE + 1);

      on.read(to[0], FULL).returns(2 * PAGE + 1);
    }

    @Scenario("L-160")
    void is_still_added_to_which_the_copy_does_not_see(Stage on) {
      int[] from = on.pipe(O_NONBLOCK);
      int[] to = on.pipe(O_NONBLOCK);
      on.write(from[1], "abc").returns(3);

      tee(on, from[0], to[1], 99).returns(3);
      on.write(from[1], "d").returns(1);
      on.write(to[1], "x").returns(1);

      assertThat(fill(on, from[1])).isEqualTo(15);
      assertThat(fill(on, to[1])).isEqualTo(14);
      assertThat(on.text(from[0], 4)).isEqualTo("abcd");
      assertThat(on.text(to[0], 4)).isEqualTo("abcx");
    }

    @Scenario("L-160")
    void of_packets_gives_packets(Stage on) {
      int[] from = on.pipe(O_DIRECT);
      int[] to = on.pipe();
      on.write(from[1], 5).returns(5);
      on.write(from[1], 6).returns(6);

      tee(on, from[0], to[1], 99).returns(11);

      on.read(to[0], 99).returns(5);
      on.read(to[0], 99).returns(6);
    }
  }

  @Nested
  class It_gives {
    @Scenario("L-161")
    void less_if_the_output_has_too_few_slots(Stage on) {
      int[] from = on.pipe();
      int[] to = on.pipe();
      on.write(from[1], 3 * PAGE).returns(3 * PAGE);
      on.write(to[1], FULL - 2 * PAGE).returns(FULL - 2 * PAGE);

      tee(on, from[0], to[1], FULL).returns(2 * PAGE);
    }

    @Scenario("L-161")
    void nothing_at_the_inputs_end(Stage on) {
      int[] from = on.pipe();
      int[] to = on.pipe();
      on.close(from[1]);

      tee(on, from[0], to[1], 1).returns(0);
    }

    @Scenario("L-161")
    void an_error_and_a_signal_if_the_output_has_no_reader_also_at_the_end(Stage on) {
      int[] count = on.count(Signal.SIGPIPE, 0);
      int[] from = on.pipe();
      int[] to = on.pipe();
      on.close(to[0]);
      on.write(from[1], 1).returns(1);

      tee(on, from[0], to[1], 1).failsWith(EPIPE);
      on.read(from[0], 9).returns(1);
      on.close(from[1]);
      tee(on, from[0], to[1], 1).failsWith(EPIPE);

      assertThat(count[0]).isEqualTo(2);
    }
  }
}
