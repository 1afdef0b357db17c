package org.gardenhose.spec.scenario;

import static org.gardenhose.abi.Errno.EAGAIN;
import static org.gardenhose.abi.Errno.EBADF;
import static org.gardenhose.abi.Errno.EFAULT;
import static org.gardenhose.abi.Errno.EINVAL;
import static org.gardenhose.abi.Errno.ESPIPE;
import static org.gardenhose.abi.FileAbi.O_RDONLY;
import static org.gardenhose.abi.FileAbi.O_RDWR;
import static org.gardenhose.abi.FileAbi.O_WRONLY;
import static org.gardenhose.abi.FileAbi.SPLICE_F_GIFT;
import static org.gardenhose.abi.FileAbi.SPLICE_F_MORE;
import static org.gardenhose.abi.FileAbi.SPLICE_F_MOVE;
import static org.gardenhose.abi.FileAbi.SPLICE_F_NONBLOCK;
import static org.gardenhose.abi.PipeAbi.O_NONBLOCK;
import static org.gardenhose.spec.scenario.FileWords.FULL;
import static org.gardenhose.spec.scenario.FileWords.fifo;
import static org.gardenhose.spec.scenario.FileWords.file;
import static org.gardenhose.spec.scenario.FileWords.open;
import static org.gardenhose.spec.scenario.FileWords.reopen;
import static org.gardenhose.spec.scenario.FileWords.tee;

import org.junit.jupiter.api.Nested;

/// What splice and tee look at before they move anything, and when they do not wait: L-132 to
/// L-136, L-158.
class SpliceChecksSpec {
  private static final int UNKNOWN = 0x10;

  /// Splices one byte.
  private static Outcome splice(Stage on, int in, long[] offIn, int out, long[] offOut, int flags) {
    return on.expect("splice", on.sys().splice(in, offIn, out, offOut, 1, flags));
  }

  /// Splices without offsets and flags.
  private static Outcome splice(Stage on, int in, int out, long length) {
    return FileWords.splice(on, in, out, length);
  }

  @Nested
  class Splice_looks {
    @Scenario("L-132")
    void at_the_length_before_anything(Stage on) {
      on.expect("splice", on.sys().splice(-1, null, -1, null, 0, UNKNOWN)).returns(0);
    }

    @Scenario("L-132")
    void at_the_flags_before_the_descriptors(Stage on) {
      int[] fds = on.pipe();

      splice(on, -1, null, -1, null, UNKNOWN).failsWith(EINVAL);
      splice(on, -1, null, fds[1], null, 0).failsWith(EBADF);
      splice(on, fds[0], null, -1, null, 0).failsWith(EBADF);
    }

    @Scenario("L-132")
    void at_offsets_before_the_direction(Stage on) {
      int[] fds = on.pipe();
      int file = file(on, "/f", "text");
      int unreadable = open(on, "/f", O_WRONLY);

      splice(on, fds[1], new long[1], file, null, 0).failsWith(ESPIPE);
      splice(on, fds[0], null, fds[0], new long[0], 0).failsWith(ESPIPE);
      splice(on, fds[0], null, file, new long[0], 0).failsWith(EFAULT);
      splice(on, unreadable, new long[0], fds[1], null, 0).failsWith(EFAULT);
      splice(on, unreadable, new long[1], fds[1], null, 0).failsWith(EBADF);
      splice(on, fds[1], null, file, null, 0).failsWith(EBADF);
      splice(on, file, null, fds[0], null, 0).failsWith(EBADF);
    }

    @Scenario("L-133")
    void for_two_different_pipes_or_one(Stage on) {
      int[] fds = on.pipe();
      int file = file(on, "/f", "text");
      int both = open(on, fifo(on), O_RDWR);
      int writer = open(on, "/fifo", O_WRONLY);

      splice(on, file, null, file, null, 0).failsWith(EINVAL);
      splice(on, fds[0], null, fds[1], null, 0).failsWith(EINVAL);
      splice(on, reopen(on, fds[1], O_RDONLY), null, fds[1], null, 0).failsWith(EINVAL);
      splice(on, both, null, writer, null, 0).failsWith(EINVAL);
    }
  }

  @Nested
  class Splice_does_not_wait {
    @Scenario("L-134")
    void if_the_flag_says_so(Stage on) {
      int[] empty = on.pipe();
      int[] full = on.pipe();
      int file = file(on, "/f", "text");
      on.write(full[1], FULL).returns(FULL);

      splice(on, empty[0], null, file, null, SPLICE_F_NONBLOCK).failsWith(EAGAIN);
      splice(on, file, null, full[1], null, SPLICE_F_NONBLOCK).failsWith(EAGAIN);
      splice(on, empty[0], null, full[1], null, SPLICE_F_NONBLOCK).failsWith(EAGAIN);
    }

    @Scenario("L-134")
    void if_the_pipes_end_that_it_uses_says_so(Stage on) {
      int[] empty = on.pipe(O_NONBLOCK);
      int[] full = on.pipe(O_NONBLOCK);
      int[] other = on.pipe();
      int file = file(on, "/f", "text");
      on.write(full[1], FULL).returns(FULL);

      splice(on, empty[0], file, 1).failsWith(EAGAIN);
      splice(on, file, full[1], 1).failsWith(EAGAIN);
      splice(on, empty[0], other[1], 1).failsWith(EAGAIN);
      splice(on, other[0], empty[1], 1).failsWith(EAGAIN);
    }

    @Scenario("L-134")
    void and_does_though_the_other_end_or_the_file_says_not_to(Stage on) {
      int[] empty = on.pipe();
      int[] full = on.pipe();
      int file = file(on, "/f", "text");
      on.write(full[1], FULL).returns(FULL);
      on.nonBlocking(empty[1]);
      on.nonBlocking(full[0]);
      on.nonBlocking(file);

      Call taking = on.thread("splice", sys -> sys.splice(empty[0], null, file, null, 1, 0));
      Call giving = on.thread("splice", sys -> sys.splice(file, null, full[1], null, 1, 0));

      taking.blocks();
      giving.blocks();
    }
  }

  @Scenario("L-135")
  void the_other_flags_change_nothing(Stage on) {
    int[] fds = on.pipe();
    int[] other = on.pipe();
    on.write(fds[1], 10).returns(10);

    splice(on, fds[0], null, other[1], null, SPLICE_F_MOVE | SPLICE_F_MORE | SPLICE_F_GIFT)
        .returns(1);

    on.read(other[0], 9).returns(1);
  }

  @Scenario("L-136")
  void less_than_was_asked_for_is_a_result(Stage on) {
    int[] fds = on.pipe();
    int[] other = on.pipe();
    on.write(fds[1], 10).returns(10);

    splice(on, fds[0], other[1], 100).returns(10);
    splice(on, other[0], file(on, "/f", ""), 100).returns(10);
  }

  @Scenario("L-158")
  void tee_looks_at_flags_then_the_length_then_descriptors_and_then_for_two_pipes(Stage on) {
    int[] fds = on.pipe();
    int[] other = on.pipe();
    int file = file(on, "/f", "text");

    on.expect("tee", on.sys().tee(-1, -1, 0, UNKNOWN)).failsWith(EINVAL);
    tee(on, -1, -1, 0).returns(0);
    tee(on, -1, fds[1], 1).failsWith(EBADF);
    tee(on, fds[1], file, 1).failsWith(EBADF);
    tee(on, file, fds[0], 1).failsWith(EBADF);
    tee(on, file, fds[1], 1).failsWith(EINVAL);
    tee(on, fds[0], file, 1).failsWith(EINVAL);
    tee(on, fds[0], fds[1], 1).failsWith(EINVAL);
    on.write(fds[1], 1).returns(1);
    tee(on, fds[0], other[1], 1).returns(1);
  }
}
