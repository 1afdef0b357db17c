package org.gardenhose.spec.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.gardenhose.abi.Errno.EAGAIN;
import static org.gardenhose.abi.Errno.EFAULT;
import static org.gardenhose.abi.Errno.EINVAL;
import static org.gardenhose.abi.Errno.EMFILE;

import org.gardenhose.abi.FileAbi;
import org.gardenhose.abi.PipeAbi;
import org.gardenhose.abi.ProcAbi;
import org.gardenhose.abi.Stat;

/// Making pipes: L-13 to L-20.
class CreateSpec {
  @Scenario("L-13")
  void a_flag_that_pipe2_does_not_know_is_refused_before_the_result_is_looked_at(Stage on) {
    on.expect("pipe2", on.sys().pipe2(null, FileAbi.O_APPEND)).failsWith(EINVAL);
  }

  @Scenario("L-14")
  void a_bad_result_pointer_gives_both_descriptors_back(Stage on) {
    on.expect("pipe2", on.sys().pipe2(null, 0)).failsWith(EFAULT);

    assertThat(on.pipe()).containsExactly(0, 1);
  }

  @Scenario({"L-15", "L-20"})
  void the_two_ends_get_the_lowest_free_numbers_which_need_not_be_neighbours(Stage on) {
    int[] first = on.pipe();
    on.pipe();
    on.close(first[1]);
    on.sys().close(3);

    assertThat(on.pipe()).containsExactly(1, 3);
    on.expect("size", on.sys().fcntl(1, FileAbi.F_GETPIPE_SZ, 0)).returns(65536);
  }

  @Scenario("L-16")
  void one_free_number_is_not_enough_and_stays_free(Stage on) {
    on.expect("limit", on.sys().prlimit(ProcAbi.RLIMIT_NOFILE, new long[] {1, 1}, null)).returns(0);
    int[] fds = {-7, -7};

    on.expect("pipe", on.sys().pipe(fds)).failsWith(EMFILE);
    assertThat(fds).containsExactly(-7, -7);
  }

  @Scenario({"L-17", "L-18"})
  void the_flags_asked_for_show_on_each_end_as_far_as_they_mean_something_there(Stage on) {
    int[] fds = on.pipe(PipeAbi.O_NONBLOCK | PipeAbi.O_DIRECT | FileAbi.O_CLOEXEC);

    on.expect("F_GETFL", on.sys().fcntl(fds[0], FileAbi.F_GETFL, 0)).returns(PipeAbi.O_NONBLOCK);
    on.expect("F_GETFL", on.sys().fcntl(fds[1], FileAbi.F_GETFL, 0))
        .returns(FileAbi.O_WRONLY | PipeAbi.O_NONBLOCK | PipeAbi.O_DIRECT);
    on.expect("F_GETFD", on.sys().fcntl(fds[0], FileAbi.F_GETFD, 0)).returns(1);
    on.read(fds[0], 1).failsWith(EAGAIN);
  }

  @Scenario("L-19")
  void both_ends_are_the_same_file(Stage on) {
    int[] fds = on.pipe();
    Stat[] stat = new Stat[1];
    on.expect("fstat", on.sys().fstat(fds[0], stat)).returns(0);
    Stat read = stat[0];
    on.expect("fstat", on.sys().fstat(fds[1], stat)).returns(0);

    assertThat(stat[0]).isEqualTo(read);
    assertThat(read.mode()).isEqualTo(FileAbi.S_IFIFO | 0600);
    assertThat(read.links()).isEqualTo(1);
    assertThat(read.size()).isZero();
    assertThat(read.blksize()).isEqualTo(4096);
  }
}
