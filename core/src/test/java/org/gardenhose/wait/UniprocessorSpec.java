package org.gardenhose.wait;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.gardenhose.abi.Panic;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// The machine with one processor: order, sleep, time, and being stuck.
class UniprocessorSpec {
  private final Uniprocessor machine = new Uniprocessor(1);
  private final List<String> events = new ArrayList<>();

  @Nested
  class Order {
    @Test
    void is_the_same_for_the_same_seed_and_mostly_another_for_another() {
      Set<List<String>> orders = new HashSet<>();
      for (long seed = 0; seed < 50; seed++) {
        List<String> order = order(seed);
        assertThat(order(seed)).isEqualTo(order);
        orders.add(order);
      }

      assertThat(orders).hasSizeGreaterThan(40);
    }

    private static List<String> order(long seed) {
      Uniprocessor machine = new Uniprocessor(seed);
      List<String> events = new ArrayList<>();
      for (String name : List.of("a", "b", "c", "d")) {
        machine.spawn(
            name,
            () -> {
              for (int i = 0; i < 5; i++) {
                events.add(name + i);
                machine.pause();
              }
            });
      }
      machine.run();
      return events;
    }

    @Test
    void one_runs_on_until_it_sleeps_or_pauses() {
      for (String name : List.of("a", "b")) {
        machine.spawn(
            name,
            () -> {
              events.add(name);
              Thread.yield();
              events.add(name);
            });
      }

      machine.run();

      assertThat(events.get(0)).isEqualTo(events.get(1));
      assertThat(events.get(2)).isEqualTo(events.get(3));
    }

    @Test
    void a_task_may_start_another() {
      machine.spawn("a", () -> machine.spawn("b", () -> events.add("b")));

      machine.run();

      assertThat(events).containsExactly("b");
    }
  }

  @Nested
  class Sleep {
    @Test
    void without_a_wake_up_is_seen_as_being_stuck() {
      machine.spawn("sleeper", () -> machine.park("a bed", Deadlines.NEVER));
      machine.spawn("other", () -> events.add("done"));

      machine.run();

      assertThat(machine.asleep()).containsExactly("sleeper");
      assertThat(machine.toString()).contains("sleeper: ASLEEP on a bed");
      assertThat(events).containsExactly("done");
    }

    @Test
    void ends_with_an_unpark_from_a_task_or_from_outside() {
      Thread sleeper =
          machine.spawn(
              "sleeper",
              () -> {
                machine.park("a bed", Deadlines.NEVER);
                machine.park("a bed", Deadlines.NEVER);
              });
      machine.settle();
      machine.spawn("waker", () -> machine.unpark(sleeper));
      machine.settle();
      assertThat(machine.asleep()).containsExactly("sleeper");

      machine.unpark(sleeper);
      machine.run();

      assertThat(machine.asleep()).isEmpty();
    }

    @Test
    void is_skipped_once_after_an_unpark_that_came_before() {
      Thread sleeper =
          machine.spawn(
              "sleeper",
              () -> {
                machine.park("a bed", Deadlines.NEVER);
                events.add("skipped");
                machine.park("a bed", Deadlines.NEVER);
                events.add("woken");
              });

      machine.unpark(sleeper);
      machine.unpark(sleeper);
      machine.run();

      assertThat(events).containsExactly("skipped");
    }

    @Test
    void ends_with_an_interrupt_and_the_flag_is_set() {
      Thread sleeper =
          machine.spawn(
              "sleeper",
              () -> {
                machine.park("a bed", Deadlines.NEVER);
                events.add("" + Thread.interrupted());
              });
      machine.settle();

      machine.interrupt(sleeper);
      machine.run();

      assertThat(events).containsExactly("true");
    }

    @Test
    void of_a_thread_that_is_no_task_is_a_panic() {
      assertThatThrownBy(() -> machine.park("a bed", Deadlines.NEVER)).isInstanceOf(Panic.class);
    }
  }

  @Nested
  class Time {
    @Test
    void jumps_to_the_next_deadline_when_nobody_can_run() {
      for (int nanos : new int[] {500, 100, 300}) {
        machine.spawn(
            "sleeper " + nanos,
            () -> {
              machine.park("a bed", nanos);
              events.add(nanos + " at " + machine.nanoTime());
            });
      }

      machine.run();

      assertThat(events).containsExactly("100 at 100", "300 at 300", "500 at 500");
    }

    @Test
    void stands_still_while_anybody_can_run() {
      machine.spawn("sleeper", () -> machine.park("a bed", 1));
      machine.spawn(
          "busy",
          () -> {
            for (int i = 0; i < 100; i++) {
              machine.pause();
            }
            events.add("at " + machine.nanoTime());
          });

      machine.run();

      assertThat(events).containsExactly("at 0");
    }

    @Test
    void does_not_pass_while_settling() {
      machine.spawn("sleeper", () -> machine.park("a bed", 1000));

      machine.settle();
      assertThat(machine.asleep()).containsExactly("sleeper");
      assertThat(machine.nanoTime()).isEqualTo(0);

      machine.run();
      assertThat(machine.asleep()).isEmpty();
      assertThat(machine.nanoTime()).isEqualTo(1000);
    }

    @Test
    void that_is_up_already_is_no_sleep() {
      machine.spawn("sleeper", () -> machine.park("a bed", 0));

      machine.run();

      assertThat(machine.nanoTime()).isEqualTo(0);
    }
  }

  @Test
  void what_a_task_throws_ends_the_run_with_it_as_the_cause() {
    machine.spawn(
        "faulty",
        () -> {
          throw new IllegalArgumentException("no");
        });

    assertThatThrownBy(machine::run).hasRootCauseMessage("no");
  }
}
