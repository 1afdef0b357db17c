package org.gardenhose.spec.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.gardenhose.abi.Errno.EAGAIN;
import static org.gardenhose.abi.Errno.EBADF;
import static org.gardenhose.abi.Errno.EINVAL;
import static org.gardenhose.abi.Errno.EPIPE;
import static org.gardenhose.abi.Errno.ESPIPE;
import static org.gardenhose.abi.FileAbi.F_SETFL;
import static org.gardenhose.abi.FileAbi.O_APPEND;
import static org.gardenhose.abi.PipeAbi.O_NONBLOCK;
import static org.gardenhose.spec.scenario.FileWords.FULL;
import static org.gardenhose.spec.scenario.FileWords.PAGE;
import static org.gardenhose.spec.scenario.FileWords.file;
import static org.gardenhose.spec.scenario.FileWords.position;
import static org.gardenhose.spec.scenario.FileWords.splice;

import org.gardenhose.abi.Signal;

/// Sending a file into a pipe: L-167 to L-169.
class SendfileSpec {
  private static Outcome send(Stage on, int out, int in, long[] offset, long count) {
    return on.expect("sendfile", on.sys().sendfile(out, in, offset, count));
  }

  @Scenario("L-167")
  void one_pass_fills_an_empty_pipe_at_most(Stage on) {
    int[] fds = on.pipe();
    int file = file(on, "/f", "a".repeat(FULL + PAGE));

    send(on, fds[1], file, null, 1 << 20).returns(FULL);

    assertThat(position(on, file)).isEqualTo(FULL);
  }

  @Scenario("L-167")
  void there_is_nothing_at_the_end_of_the_file(Stage on) {
    int[] fds = on.pipe();
    int file = file(on, "/f", "text");

    send(on, fds[1], file, null, 99).returns(4);
    send(on, fds[1], file, null, 99).returns(0);

    assertThat(on.text(fds[0], 99)).isEqualTo("text");
  }

  @Scenario("L-167")
  void an_offset_that_is_given_is_used_and_moved_instead_of_the_files_position(Stage on) {
    int[] fds = on.pipe();
    int file = file(on, "/f", "0123456789");
    long[] offset = {3};

    send(on, fds[1], file, offset, 4).returns(4);

    assertThat(offset[0]).isEqualTo(7);
    assertThat(position(on, file)).isZero();
    assertThat(on.text(fds[0], 99)).isEqualTo("3456");
  }

  @Scenario("L-167")
  void a_full_pipe_is_waited_for_unless_its_end_says_not_to(Stage on) {
    int[] fds = on.pipe();
    int file = file(on, "/f", "text");
    on.write(fds[1], FULL).returns(FULL);
    Call call = on.thread("sendfile", sys -> sys.sendfile(fds[1], file, null, 2)).blocks();
    on.read(fds[0], PAGE).returns(PAGE);
    call.returns(2);

    on.nonBlocking(fds[1]);

    send(on, fds[1], file, null, 2).failsWith(EAGAIN);
  }

  @Scenario("L-167")
  void without_a_reader_it_is_an_error_and_a_signal(Stage on) {
    int[] fds = on.pipe();
    int[] count = on.count(Signal.SIGPIPE, 0);
    int file = file(on, "/f", "text");
    on.close(fds[0]);

    send(on, fds[1], file, null, 2).failsWith(EPIPE);

    assertThat(count[0]).isEqualTo(1);
  }

  @Scenario("L-168")
  void space_is_waited_for_even_to_send_nothing_which_splice_does_not_do(Stage on) {
    int[] fds = on.pipe(O_NONBLOCK);
    int file = file(on, "/f", "text");
    send(on, fds[1], file, null, 0).returns(0);

    on.write(fds[1], FULL).returns(FULL);

    send(on, fds[1], file, null, 0).failsWith(EAGAIN);
    splice(on, file, fds[1], 0).returns(0);
  }

  @Scenario("L-169")
  void a_pipe_cannot_be_sent(Stage on) {
    int[] from = on.pipe();
    int[] to = on.pipe(O_NONBLOCK);
    on.write(from[1], 1).returns(1);

    send(on, to[1], from[0], null, 1).failsWith(EINVAL);
    send(on, to[1], from[0], new long[1], 1).failsWith(ESPIPE);
    send(on, file(on, "/f", ""), from[0], null, 1).failsWith(EINVAL);

    // The output is waited for before the input is asked for its pages.
    on.write(to[1], FULL).returns(FULL);
    send(on, to[1], from[0], null, 1).failsWith(EAGAIN);
  }

  @Scenario("L-169")
  void the_descriptors_must_be_open_the_right_way(Stage on) {
    int[] fds = on.pipe();
    int file = file(on, "/f", "text");

    send(on, fds[0], file, null, 1).failsWith(EBADF);
    send(on, fds[1], fds[1], null, 1).failsWith(EBADF);
    send(on, -1, file, null, 1).failsWith(EBADF);
    send(on, fds[1], file, new long[] {-1}, 1).failsWith(EINVAL);
  }

  @Scenario("L-169")
  void a_pipe_that_is_appended_to_takes_it_all_the_same(Stage on) {
    int[] fds = on.pipe();
    int file = file(on, "/f", "text");
    on.expect("F_SETFL", on.sys().fcntl(fds[1], F_SETFL, O_APPEND)).returns(0);

    send(on, fds[1], file, null, 4).returns(4);
    on.expect("splice", on.sys().splice(file, new long[1], fds[1], null, 4, 0)).returns(4);

    assertThat(on.text(fds[0], 99)).isEqualTo("texttext");
  }
}
