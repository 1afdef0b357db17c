package org.gardenhose.spec.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.gardenhose.abi.Errno.EAGAIN;
import static org.gardenhose.abi.Errno.EPIPE;
import static org.gardenhose.abi.Errno.ESRCH;
import static org.gardenhose.abi.FileAbi.F_GETFL;
import static org.gardenhose.abi.FileAbi.F_GETOWN;
import static org.gardenhose.abi.FileAbi.F_GETSIG;
import static org.gardenhose.abi.FileAbi.F_SETFL;
import static org.gardenhose.abi.FileAbi.F_SETOWN;
import static org.gardenhose.abi.FileAbi.F_SETSIG;
import static org.gardenhose.abi.FileAbi.O_ASYNC;
import static org.gardenhose.abi.PipeAbi.O_NONBLOCK;
import static org.gardenhose.spec.scenario.FileWords.FULL;
import static org.gardenhose.spec.scenario.FileWords.splice;
import static org.gardenhose.spec.scenario.FileWords.tee;

import org.gardenhose.abi.FileAbi;
import org.gardenhose.abi.ProcAbi;
import org.gardenhose.abi.Signal;

/// Signals of a pipe to its owner: L-121 to L-123.
class SigioSpec {
  /// Counts what it hears.
  private record Ear(int[] count) {
    /// Returns how many signals came since this was last asked.
    int heard() {
      int heard = count[0];
      count[0] = 0;
      return heard;
    }
  }

  private static Ear listen(Stage on, int fd) {
    int[] count = on.count(Signal.SIGIO, ProcAbi.SA_RESTART);
    on.expect("F_SETOWN", on.sys().fcntl(fd, F_SETOWN, on.sys().getpid())).returns(0);
    long flags = on.expect("F_GETFL", on.sys().fcntl(fd, F_GETFL, 0)).succeeds();
    on.expect("F_SETFL", on.sys().fcntl(fd, F_SETFL, flags | O_ASYNC)).returns(0);
    return new Ear(count);
  }

  @Scenario("L-121")
  void nobody_hears_without_an_owner_or_once_it_is_switched_off(Stage on) {
    int[] fds = on.pipe();
    Ear ear = listen(on, fds[0]);

    on.expect("F_SETOWN", on.sys().fcntl(fds[0], F_SETOWN, 0)).returns(0);
    on.write(fds[1], 1).returns(1);
    assertThat(ear.heard()).isZero();

    on.expect("F_SETOWN", on.sys().fcntl(fds[0], F_SETOWN, on.sys().getpid())).returns(0);
    on.write(fds[1], 1).returns(1);
    assertThat(ear.heard()).isEqualTo(1);

    on.expect("FIOASYNC", on.sys().ioctl(fds[0], FileAbi.FIOASYNC, new int[1])).returns(0);
    on.write(fds[1], 1).returns(1);
    assertThat(ear.heard()).isZero();
  }

  @Scenario("L-121")
  void the_signal_can_be_another_one(Stage on) {
    int[] fds = on.pipe();
    Ear ear = listen(on, fds[0]);
    int[] other = on.count(Signal.SIGUSR2, 0);

    on.expect("F_SETSIG", on.sys().fcntl(fds[0], F_SETSIG, Signal.SIGUSR2.number())).returns(0);
    on.write(fds[1], 1).returns(1);

    assertThat(other[0]).isEqualTo(1);
    assertThat(ear.heard()).isZero();
    on.expect("F_GETSIG", on.sys().fcntl(fds[0], F_GETSIG, 0)).returns(Signal.SIGUSR2.number());
    on.expect("F_GETOWN", on.sys().fcntl(fds[0], F_GETOWN, 0)).returns(on.sys().getpid());
    on.expect("F_SETOWN", on.sys().fcntl(fds[0], F_SETOWN, 999_999_999)).failsWith(ESRCH);
  }

  @Scenario("L-122")
  void readers_hear_every_write_also_one_that_failed_but_not_one_of_nothing(Stage on) {
    int[] fds = on.pipe(O_NONBLOCK);
    Ear ear = listen(on, fds[0]);

    on.write(fds[1], 1).returns(1);
    assertThat(ear.heard()).isEqualTo(1);
    on.write(fds[1], 0).returns(0);
    assertThat(ear.heard()).isZero();
    on.write(fds[1], FULL).succeeds();
    assertThat(ear.heard()).isEqualTo(1);
    on.write(fds[1], 4096).failsWith(EAGAIN);
    assertThat(ear.heard()).isEqualTo(1);
    on.read(fds[0], 1).returns(1);
    assertThat(ear.heard()).isZero();
    on.close(fds[1]);
    assertThat(ear.heard()).isEqualTo(1);
  }

  @Scenario("L-122")
  void readers_hear_a_writer_that_is_about_to_sleep(Stage on) {
    int[] fds = on.pipe();
    Ear ear = listen(on, fds[0]);

    on.thread("write", sys -> sys.write(fds[1], Stage.bytes(FULL + 1))).blocks();

    on.sys().schedYield();
    assertThat(ear.heard()).isEqualTo(1);
  }

  @Scenario({"L-122", "L-123"})
  void passing_pages_is_heard_by_readers_and_by_writers_if_it_frees_a_slot(Stage on) {
    int[] from = on.pipe();
    int[] to = on.pipe();
    on.write(from[1], 10).returns(10);
    Ear ear = listen(on, to[0]);

    tee(on, from[0], to[1], 4).returns(4);
    assertThat(ear.heard()).isEqualTo(1);
    splice(on, from[0], to[1], 4).returns(4);
    assertThat(ear.heard()).isEqualTo(1);

    on.expect("F_SETFL", on.sys().fcntl(to[0], F_SETFL, 0)).returns(0);
    Ear writers = listen(on, from[1]);
    splice(on, from[0], to[1], 4).returns(4);
    assertThat(writers.heard()).isZero();
    splice(on, from[0], to[1], 2).returns(2);
    assertThat(writers.heard()).isEqualTo(1);
  }

  @Scenario("L-123")
  void writers_hear_every_read_also_one_that_failed_or_came_to_the_end(Stage on) {
    int[] fds = on.pipe(O_NONBLOCK);
    Ear ear = listen(on, fds[1]);

    on.read(fds[0], 1).failsWith(EAGAIN);
    assertThat(ear.heard()).isEqualTo(1);
    on.write(fds[1], 2).returns(2);
    assertThat(ear.heard()).isZero();
    on.read(fds[0], 1).returns(1);
    assertThat(ear.heard()).isEqualTo(1);
    on.read(fds[0], 0).returns(0);
    assertThat(ear.heard()).isZero();
    on.close(fds[0]);
    assertThat(ear.heard()).isEqualTo(1);
    on.count(Signal.SIGPIPE, 0);
    on.write(fds[1], 1).failsWith(EPIPE);
    assertThat(ear.heard()).isZero();
  }
}
