package org.gardenhose.wait;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// Who stands where in the queue, and whom a wake takes (L-87 to L-94). Nobody here really sleeps.
class WaitQueueSpec {
  private final Uniprocessor machine = new Uniprocessor(1);
  private final WaitQueue queue = new WaitQueue();

  @Nested
  class Waking {
    @Test
    void takes_the_exclusive_one_that_came_first_and_no_other_L88_L89() {
      Waiter first = queue.enterExclusive("first");
      Waiter second = queue.enterExclusive("second");

      queue.wake(machine);

      assertThat(first.signalled()).isTrue();
      assertThat(second.signalled()).isFalse();
      assertThat(queue.length()).isEqualTo(1);
    }

    @Test
    void takes_everybody_who_is_not_exclusive_and_one_who_is_L89() {
      Waiter exclusive = queue.enterExclusive("exclusive");
      Waiter poller = queue.enter("poller");
      Waiter other = queue.enter("other");
      Waiter last = queue.enterExclusive("last");

      queue.wake(machine);

      assertThat(poller.signalled()).isTrue();
      assertThat(other.signalled()).isTrue();
      assertThat(exclusive.signalled()).isTrue();
      assertThat(last.signalled()).isFalse();
    }

    @Test
    void all_takes_all_L89() {
      Waiter exclusive = queue.enterExclusive("exclusive");
      Waiter other = queue.enterExclusive("other");
      Waiter poller = queue.enter("poller");

      queue.wakeAll(machine);

      assertThat(List.of(exclusive, other, poller)).allMatch(Waiter::signalled);
      assertThat(queue.isEmpty()).isTrue();
    }

    @Test
    void an_owner_takes_that_owners_and_leaves_the_order_of_the_rest() {
      Waiter first = queue.enterExclusive("a");
      Waiter second = queue.enterExclusive("b");
      Waiter third = queue.enterExclusive("a");
      Waiter fourth = queue.enterExclusive("b");

      queue.wakeOwned("b", machine);

      assertThat(second.signalled() && fourth.signalled()).isTrue();
      assertThat(first.signalled() || third.signalled()).isFalse();
      queue.wake(machine);
      assertThat(first.signalled()).isTrue();
      assertThat(third.signalled()).isFalse();
    }

    @Test
    void an_empty_queue_does_nothing() {
      queue.wake(machine);
      queue.wakeAll(machine);
      queue.wakeOwned("a", machine);

      assertThat(queue.isEmpty()).isTrue();
    }
  }

  @Nested
  class Leaving {
    @Test
    void before_the_wake_means_not_to_be_taken_by_it_L60() {
      Waiter first = queue.enterExclusive("first");
      Waiter second = queue.enterExclusive("second");

      assertThat(queue.withdraw(first)).isTrue();
      queue.wake(machine);

      assertThat(first.signalled()).isFalse();
      assertThat(second.signalled()).isTrue();
    }

    @Test
    void after_the_wake_is_too_late_so_that_the_baton_can_be_passed_L60() {
      Waiter first = queue.enterExclusive("first");
      queue.wake(machine);

      assertThat(queue.withdraw(first)).isFalse();

      assertThat(first.signalled()).isTrue();
    }

    @Test
    void from_the_middle_leaves_the_others_in_order() {
      Waiter first = queue.enterExclusive("first");
      Waiter second = queue.enterExclusive("second");
      Waiter third = queue.enterExclusive("third");

      queue.withdraw(second);
      queue.wake(machine);
      queue.wake(machine);

      assertThat(first.signalled() && third.signalled()).isTrue();
      assertThat(queue.isEmpty()).isTrue();
    }

    @Test
    void gives_the_place_back_so_that_the_next_sleep_allocates_nothing() {
      Waiter first = queue.enterExclusive("first");
      queue.withdraw(first);
      queue.release(first);

      Waiter again = queue.enter("again");

      assertThat(again).isSameAs(first);
      assertThat(again.signalled()).isFalse();
      queue.wake(machine);
      assertThat(again.signalled()).isTrue();
    }
  }

  @Nested
  class Offers {
    private final byte[] array = new byte[10];

    @Test
    void the_first_in_line_is_taken_if_it_offers() {
      Waiter first = queue.enterExclusive("first", array, 2, 5);
      queue.enterExclusive("second", array, 0, 1);

      Waiter taken = queue.takeOffer();

      assertThat(taken).isSameAs(first);
      assertThat(first.target()).isSameAs(array);
      assertThat(first.targetAt()).isEqualTo(2);
      assertThat(first.targetLength()).isEqualTo(5);
      assertThat(first.signalled()).as("not before it is completed").isFalse();
      assertThat(queue.withdraw(first)).isFalse();
      first.handedOver(3);
      queue.complete(first, machine);
      assertThat(first.signalled()).isTrue();
      assertThat(first.handedOver()).isEqualTo(3);
    }

    @Test
    void nobody_is_taken_past_one_that_does_not_offer_L88() {
      queue.enterExclusive("first");
      queue.enterExclusive("second", array, 0, 1);

      assertThat(queue.takeOffer()).isNull();
      assertThat(queue.length()).isEqualTo(2);
    }

    @Test
    void nobody_is_taken_while_others_want_to_hear_of_every_write_L89() {
      queue.enterExclusive("first", array, 0, 1);
      Waiter poller = queue.enter("poller");
      assertThat(queue.takeOffer()).isNull();

      queue.withdraw(poller);
      Watcher watcher = () -> {};
      queue.watch(watcher);
      assertThat(queue.takeOffer()).isNull();

      queue.unwatch(watcher);
      assertThat(queue.takeOffer()).isNotNull();
    }

    @Test
    void an_offer_is_not_left_over_from_the_last_sleep() {
      Waiter first = queue.enterExclusive("first", array, 0, 1);
      queue.withdraw(first);
      queue.release(first);

      queue.enterExclusive("again");

      assertThat(queue.takeOffer()).isNull();
    }
  }

  @Nested
  class Watching {
    @Test
    void is_told_of_every_wake_even_if_nobody_waits_L81() {
      int[] told = new int[1];
      Watcher watcher = () -> told[0]++;
      queue.watch(watcher);
      assertThat(queue.isEmpty()).as("a watcher is somebody").isFalse();

      queue.wake(machine);
      queue.wakeAll(machine);
      queue.unwatch(watcher);
      queue.wake(machine);

      assertThat(told[0]).isEqualTo(2);
      assertThat(queue.isEmpty()).isTrue();
    }

    @Test
    void several_are_all_told() {
      List<String> told = new ArrayList<>();
      queue.watch(() -> told.add("one"));
      queue.watch(() -> told.add("two"));

      queue.wake(machine);

      assertThat(told).containsExactlyInAnyOrder("one", "two");
    }
  }

  @Test
  void any_sequence_of_calls_takes_whom_a_plain_list_says_L88_L89() {
    for (long seed = 0; seed < 300; seed++) {
      new Model(seed).run();
    }
  }

  /// The queue as two plain lists.
  private static final class Model {
    private record Entry(Waiter waiter, String owner, boolean offers) {}

    private final SplittableRandom random;
    private final long seed;
    private final Uniprocessor machine = new Uniprocessor(1);
    private final WaitQueue queue = new WaitQueue();
    private final Deque<Entry> pollers = new ArrayDeque<>();
    private final Deque<Entry> line = new ArrayDeque<>();

    Model(long seed) {
      this.seed = seed;
      random = new SplittableRandom(seed);
    }

    void run() {
      for (int i = 0; i < 100; i++) {
        step();
        assertThat(queue.length()).as("seed %d", seed).isEqualTo(pollers.size() + line.size());
      }
    }

    private void step() {
      String owner = random.nextBoolean() ? "a" : "b";
      switch (random.nextInt(8)) {
        case 0 -> line.addLast(new Entry(queue.enterExclusive(owner), owner, false));
        case 1 ->
            line.addLast(new Entry(queue.enterExclusive(owner, new byte[1], 0, 1), owner, true));
        case 2 -> pollers.addFirst(new Entry(queue.enter(owner), owner, false));
        case 3 -> {
          Deque<Entry> from = random.nextBoolean() ? pollers : line;
          List<Entry> some = new ArrayList<>(from);
          if (!some.isEmpty()) {
            Entry entry = some.get(random.nextInt(some.size()));
            from.remove(entry);
            assertThat(queue.withdraw(entry.waiter)).isTrue();
            queue.release(entry.waiter);
          }
        }
        case 4, 5 -> {
          queue.wake(machine);
          pollers.forEach(this::taken);
          pollers.clear();
          taken(line.pollFirst());
        }
        case 6 -> {
          if (random.nextInt(4) == 0) {
            queue.wakeOwned(owner, machine);
            List.of(pollers, line)
                .forEach(
                    list -> {
                      list.stream().filter(e -> e.owner.equals(owner)).forEach(this::taken);
                      list.removeIf(e -> e.owner.equals(owner));
                    });
          }
        }
        default -> {
          Waiter offer = queue.takeOffer();
          Entry first = pollers.isEmpty() ? line.peekFirst() : null;
          boolean expected = first != null && first.offers;
          assertThat(offer != null).as("seed %d: an offer", seed).isEqualTo(expected);
          if (offer != null) {
            queue.complete(offer, machine);
            taken(line.pollFirst());
          }
        }
      }
    }

    private void taken(@Nullable Entry entry) {
      if (entry != null) {
        assertThat(entry.waiter.signalled()).as("seed %d", seed).isTrue();
        queue.release(entry.waiter);
      }
    }
  }
}
