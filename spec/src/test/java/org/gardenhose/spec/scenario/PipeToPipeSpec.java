package org.gardenhose.spec.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.gardenhose.abi.Errno.EAGAIN;
import static org.gardenhose.abi.Errno.EPIPE;
import static org.gardenhose.abi.PipeAbi.O_DIRECT;
import static org.gardenhose.abi.PipeAbi.O_NONBLOCK;
import static org.gardenhose.spec.scenario.FileWords.FULL;
import static org.gardenhose.spec.scenario.FileWords.PAGE;
import static org.gardenhose.spec.scenario.FileWords.fill;
import static org.gardenhose.spec.scenario.FileWords.splice;

import org.gardenhose.abi.Signal;
import org.gardenhose.abi.Sys;
import org.junit.jupiter.api.Nested;

/// Splicing from a pipe to a pipe: L-149 to L-155.
class PipeToPipeSpec {
  private static int[] filled(Stage on, int count) {
    int[] fds = on.pipe(O_NONBLOCK);
    on.write(fds[1], count).returns(count);
    return fds;
  }

  private static int[] broken(Stage on) {
    int[] fds = on.pipe(O_NONBLOCK);
    on.close(fds[0]);
    return fds;
  }

  @Nested
  class It_waits {
    @Scenario("L-149")
    void for_the_input_to_have_something(Stage on) {
      int[] from = on.pipe();
      int[] to = on.pipe();
      Call call = on.thread("splice", sys -> sys.splice(from[0], null, to[1], null, FULL, 0));
      call.blocks();

      on.write(from[1], 7).returns(7);

      call.returns(7);
    }

    @Scenario("L-149")
    void then_for_the_output_to_have_a_slot(Stage on) {
      int[] from = on.pipe();
      int[] to = on.pipe();
      on.write(to[1], FULL).returns(FULL);
      on.write(from[1], 7).returns(7);
      Call call = on.thread("splice", sys -> sys.splice(from[0], null, to[1], null, FULL, 0));
      call.blocks();

      on.read(to[0], PAGE).returns(PAGE);

      call.returns(7);
    }

    @Scenario("L-149")
    void for_nothing_more_once_it_has_moved_something(Stage on) {
      int[] from = on.pipe();
      int[] to = on.pipe();
      on.write(to[1], FULL - PAGE).returns(FULL - PAGE);
      on.write(from[1], 2 * PAGE).returns(2 * PAGE);

      splice(on, from[0], to[1], FULL).returns(PAGE);
    }
  }

  @Nested
  class A_broken_output {
    @Scenario({"L-149", "L-150", "L-152"})
    void is_an_error_and_a_signal_and_the_input_keeps_its_data(Stage on) {
      int[] count = on.count(Signal.SIGPIPE, 0);
      int[] from = filled(on, 7);

      splice(on, from[0], broken(on)[1], 7).failsWith(EPIPE);

      assertThat(count[0]).isEqualTo(1);
      on.read(from[0], 99).returns(7);
    }

    @Scenario("L-152")
    void is_not_noticed_while_the_input_is_empty_and_has_writers(Stage on) {
      int[] count = on.count(Signal.SIGPIPE, 0);
      int[] from = on.pipe(O_NONBLOCK);

      splice(on, from[0], broken(on)[1], 7).failsWith(EAGAIN);

      assertThat(count[0]).isZero();
    }

    @Scenario("L-152")
    void is_noticed_before_the_inputs_end(Stage on) {
      int[] count = on.count(Signal.SIGPIPE, 0);
      int[] from = on.pipe(O_NONBLOCK);
      on.close(from[1]);

      splice(on, from[0], broken(on)[1], 7).failsWith(EPIPE);

      assertThat(count[0]).isEqualTo(1);
    }
  }

  @Scenario("L-150")
  void the_inputs_end_is_nothing(Stage on) {
    int[] from = on.pipe();
    int[] to = on.pipe();
    on.close(from[1]);

    splice(on, from[0], to[1], 7).returns(0);
  }

  @Scenario({"L-149", "L-150"})
  void a_full_output_is_an_error_if_one_does_not_wait(Stage on) {
    int[] from = filled(on, 7);
    int[] to = filled(on, FULL);

    splice(on, from[0], to[1], 7).failsWith(EAGAIN);
    on.read(from[0], 9).returns(7);
  }

  @Nested
  class A_slot {
    @Scenario("L-151")
    void that_moves_whole_is_still_added_to(Stage on) {
      int[] from = filled(on, 10);
      int[] to = on.pipe(O_NONBLOCK);

      splice(on, from[0], to[1], 10).returns(10);
      on.write(to[1], 10).returns(10);

      assertThat(fill(on, to[1])).isEqualTo(15);
    }

    @Scenario("L-151")
    void of_which_a_part_moves_is_added_to_where_it_was_and_not_where_it_goes(Stage on) {
      int[] from = filled(on, 10);
      int[] to = on.pipe(O_NONBLOCK);

      splice(on, from[0], to[1], 4).returns(4);
      on.write(from[1], "x").returns(1);
      on.write(to[1], "y").returns(1);

      assertThat(fill(on, from[1])).isEqualTo(15);
      assertThat(fill(on, to[1])).isEqualTo(14);
      assertThat(on.text(from[0], 7)).isEqualTo("\4\5\6\7\b\tx");
      assertThat(on.text(to[0], 5)).isEqualTo("\0\1\2\3y");
    }

    @Scenario("L-151")
    void stays_a_packet_whole_or_in_parts(Stage on) {
      int[] from = on.pipe(O_NONBLOCK | O_DIRECT);
      int[] to = on.pipe(O_NONBLOCK);
      on.write(from[1], 10).returns(10);
      on.write(from[1], 10).returns(10);

      splice(on, from[0], to[1], 10).returns(10);
      splice(on, from[0], to[1], 4).returns(4);
      splice(on, from[0], to[1], 99).returns(6);

      on.read(to[0], 99).returns(10);
      on.read(to[0], 99).returns(4);
      on.read(to[0], 99).returns(6);
    }
  }

  @Nested
  class The_output {
    @Scenario("L-153")
    void is_full_of_as_many_bytes_as_it_has_slots_if_they_come_one_by_one(Stage on) {
      int[] from = filled(on, 20);
      int[] to = on.pipe(O_NONBLOCK);

      for (int i = 0; i < 16; i++) {
        splice(on, from[0], to[1], 1).returns(1);
      }

      splice(on, from[0], to[1], 1).failsWith(EAGAIN);
      assertThat(on.available(to[0])).isEqualTo(16);
    }

    @Scenario("L-154")
    void has_a_slot_for_each_part_of_a_page(Stage on) {
      int[] from = filled(on, 10_000);
      int[] to = on.pipe(O_NONBLOCK);

      splice(on, from[0], to[1], 100).returns(100);
      splice(on, from[0], to[1], FULL).returns(9900);

      assertThat(fill(on, to[1])).isEqualTo(12);
    }
  }

  @Scenario("L-155")
  void two_who_splice_in_a_circle_do_not_wait_for_each_other(Stage on) {
    int[] a = on.pipe();
    int[] b = on.pipe();
    on.write(a[1], 1).returns(1);
    int rounds = 500;

    Call there = on.thread("splice", sys -> circle(sys, a[0], b[1], rounds));
    Call back = on.thread("splice", sys -> circle(sys, b[0], a[1], rounds));

    while (!there.done() || !back.done()) {
      on.sys().schedYield();
    }
    there.returns(rounds);
    back.returns(rounds);
    assertThat(on.available(a[0])).isEqualTo(1);
  }

  private static long circle(Sys sys, int in, int out, int rounds) {
    long moved = 0;
    for (int i = 0; i < rounds; i++) {
      moved += sys.splice(in, null, out, null, 1, 0);
    }
    return moved;
  }
}
