package org.gardenhose.spec.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.gardenhose.abi.PipeAbi.PAGE_SIZE;
import static org.gardenhose.abi.PipeAbi.PIPE_BUF;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Nested;

/// What of a write stays together among others: L-50, L-181, L-183.
class AtomicitySpec {
  private static ByteBuffer letters(char letter, int count) {
    return Stage.bytes(String.valueOf(letter).repeat(count));
  }

  private static Call writing(Stage on, int fd, char letter, int count) {
    return on.thread("write " + letter, sys -> sys.write(fd, letters(letter, count)));
  }

  @Nested
  class Large_writes {
    @Scenario({"L-50", "L-183"})
    void that_wait_take_turns_page_by_page(Stage on) {
      int[] fds = on.pipe();
      on.write(fds[1], 65536).returns(65536);
      Call first = writing(on, fds[1], 'A', 4 * PAGE_SIZE).blocks();
      Call second = writing(on, fds[1], 'B', 4 * PAGE_SIZE).blocks();

      StringBuilder order = new StringBuilder();
      for (int page = 0; page < 16 + 8; page++) {
        String read = on.text(fds[0], PAGE_SIZE);
        on.settle();
        if (page >= 16) {
          assertThat(read).isEqualTo(read.substring(0, 1).repeat(PAGE_SIZE));
          order.append(read.charAt(0));
        }
      }

      assertThat(order.toString()).isEqualTo("ABABABAB");
      first.returns(4 * PAGE_SIZE);
      second.returns(4 * PAGE_SIZE);
    }
  }

  @Nested
  class Writes_of_at_most_PIPE_BUF_bytes {
    /// Has `writers` processes write `times` records of `size` bytes each at once, and claims that
    /// each record arrives in one piece.
    private void areNotSplit(Stage on, int writers, int times, int size) {
      int[] fds = on.pipe();
      for (int i = 0; i < writers; i++) {
        char letter = (char) ('A' + i);
        on.child(
            "write " + letter,
            sys -> {
              long written = 0;
              for (int n = 0; n < times; n++) {
                written += sys.write(fds[1], letters(letter, size));
              }
              return written;
            });
      }
      on.close(fds[1]);

      StringBuilder read = new StringBuilder();
      for (String more = on.text(fds[0], 5000); !more.isEmpty(); more = on.text(fds[0], 5000)) {
        read.append(more);
      }

      assertThat(read).hasSize(writers * times * size);
      for (int at = 0; at < read.length(); at += size) {
        String one = read.substring(at, at + size);
        assertThat(one).isEqualTo(one.substring(0, 1).repeat(size));
      }
    }

    @Scenario({"L-50", "L-181"})
    void are_never_split(Stage on) {
      areNotSplit(on, 3, 40, PIPE_BUF);
    }

    @Scenario({"L-50", "L-181"})
    void are_never_split_whether_they_append_or_take_a_slot(Stage on) {
      areNotSplit(on, 3, 60, 1500);
    }

    @Scenario({"L-181", "L-183"})
    void come_in_one_order_or_the_other(Stage on) {
      int[] fds = on.pipe();
      Call first = on.thread("write ab", sys -> sys.write(fds[1], Stage.bytes("ab")));
      Call second = on.thread("write cd", sys -> sys.write(fds[1], Stage.bytes("cd")));

      first.returns(2);
      second.returns(2);

      assertThat(on.text(fds[0], 9)).isIn("abcd", "cdab");
    }
  }
}
