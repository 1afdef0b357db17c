package org.gardenhose.spec.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.gardenhose.abi.Errno.EAGAIN;
import static org.gardenhose.abi.Errno.EFAULT;
import static org.gardenhose.abi.Errno.EINVAL;
import static org.gardenhose.abi.Errno.EISDIR;
import static org.gardenhose.abi.Errno.ENOPKG;
import static org.gardenhose.abi.Errno.ENOSPC;
import static org.gardenhose.abi.Errno.ENOTDIR;
import static org.gardenhose.abi.Errno.ENOTTY;
import static org.gardenhose.abi.Errno.EOPNOTSUPP;
import static org.gardenhose.abi.Errno.ESPIPE;
import static org.gardenhose.abi.FileAbi.FIOASYNC;
import static org.gardenhose.abi.FileAbi.FIOCLEX;
import static org.gardenhose.abi.FileAbi.FIONBIO;
import static org.gardenhose.abi.FileAbi.FIONCLEX;
import static org.gardenhose.abi.FileAbi.FIONREAD;
import static org.gardenhose.abi.FileAbi.F_GETFD;
import static org.gardenhose.abi.FileAbi.F_GETFL;
import static org.gardenhose.abi.FileAbi.F_SETFL;
import static org.gardenhose.abi.FileAbi.O_APPEND;
import static org.gardenhose.abi.FileAbi.O_ASYNC;
import static org.gardenhose.abi.FileAbi.O_NOATIME;
import static org.gardenhose.abi.FileAbi.O_RDWR;
import static org.gardenhose.abi.FileAbi.O_TRUNC;
import static org.gardenhose.abi.FileAbi.O_WRONLY;
import static org.gardenhose.abi.FileAbi.RWF_NOWAIT;
import static org.gardenhose.abi.FileAbi.SEEK_CUR;
import static org.gardenhose.abi.FileAbi.SEEK_END;
import static org.gardenhose.abi.FileAbi.SEEK_SET;
import static org.gardenhose.abi.PipeAbi.O_DIRECT;
import static org.gardenhose.abi.PipeAbi.O_NONBLOCK;
import static org.gardenhose.spec.scenario.FileWords.open;
import static org.gardenhose.spec.scenario.FileWords.splice;
import static org.gardenhose.spec.scenario.FileWords.tee;
import static org.gardenhose.spec.scenario.FileWords.vmsplice;

import java.nio.ByteBuffer;

/// What other calls come to on a pipe: L-111, L-112, L-118 to L-120, L-170.
class OtherCallsSpec {
  /// Requests of terminals (`asm-generic/ioctls.h`) and of sizes (`FIOQSIZE`).
  private static final int[] UNKNOWN = {0x5401, 0x5411, 0x5460};

  private static ByteBuffer[] memory(int count) {
    return new ByteBuffer[] {Stage.bytes(count)};
  }

  @Scenario("L-111")
  void a_pipe_has_no_position_to_move(Stage on) {
    int[] fds = on.pipe();

    for (int whence : new int[] {SEEK_SET, SEEK_CUR, SEEK_END}) {
      on.expect("lseek", on.sys().lseek(fds[0], 0, whence)).failsWith(ESPIPE);
    }
    on.expect("lseek", on.sys().lseek(fds[0], 0, 99)).failsWith(EINVAL);
    on.expect("lseek", on.sys().lseek(fds[1], 0, -1)).failsWith(EINVAL);
  }

  @Scenario("L-111")
  void that_there_are_no_positions_comes_before_all_else_but_a_negative_one(Stage on) {
    int[] fds = on.pipe();

    for (int fd : fds) {
      for (int count = 0; count < 2; count++) {
        on.expect("pread", on.sys().pread(fd, Stage.bytes(count), 0)).failsWith(ESPIPE);
        on.expect("pwrite", on.sys().pwrite(fd, Stage.bytes(count), 0)).failsWith(ESPIPE);
        on.expect("preadv", on.sys().preadv2(fd, memory(count), 0, 0)).failsWith(ESPIPE);
        on.expect("pwritev", on.sys().pwritev2(fd, memory(count), 0, 0)).failsWith(ESPIPE);
      }
      on.expect("pread", on.sys().pread(fd, Stage.bytes(1), -1)).failsWith(EINVAL);
      on.expect("pwrite", on.sys().pwrite(fd, Stage.bytes(1), -1)).failsWith(EINVAL);
      on.expect("preadv", on.sys().preadv2(fd, memory(1), -2, 0)).failsWith(EINVAL);
    }
  }

  @Scenario("L-111")
  void a_position_of_minus_one_means_none(Stage on) {
    int[] fds = on.pipe();

    on.expect("pwritev2", on.sys().pwritev2(fds[1], memory(3), -1, 0)).returns(3);
    on.expect("preadv2", on.sys().preadv2(fds[0], memory(9), -1, 0)).returns(3);
  }

  @Scenario("L-112")
  void a_pipe_cannot_be_cut_stored_or_entered(Stage on) {
    int[] fds = on.pipe();

    for (int fd : fds) {
      on.expect("ftruncate", on.sys().ftruncate(fd, 0)).failsWith(EINVAL);
      on.expect("fsync", on.sys().fsync(fd)).failsWith(EINVAL);
      on.expect("getdents", on.sys().getdents(fd, ByteBuffer.allocate(999))).failsWith(ENOTDIR);
      on.expect("chdir", on.sys().chdir("/proc/self/fd/" + fd)).failsWith(ENOTDIR);
    }
  }

  @Scenario("L-112")
  void a_call_of_no_bytes_is_refused_by_files_that_refuse_all_and_not_by_pipes(Stage on) {
    int[] fds = on.pipe();

    on.write(fds[1], 0).returns(0);
    on.read(fds[0], 0).returns(0);
    on.write(open(on, "/dev/full", O_WRONLY), 0).failsWith(ENOSPC);
    on.read(open(on, "/", 0), 0).failsWith(EISDIR);
  }

  @Scenario("L-118")
  void some_flags_can_be_changed_and_the_rest_is_ignored(Stage on) {
    int[] fds = on.pipe();
    int settable = O_NONBLOCK | O_APPEND | O_ASYNC | O_DIRECT | O_NOATIME;

    on.expect("F_SETFL", on.sys().fcntl(fds[1], F_SETFL, settable | O_TRUNC | O_RDWR)).returns(0);
    on.expect("F_GETFL", on.sys().fcntl(fds[1], F_GETFL, 0)).returns(settable | O_WRONLY);

    on.expect("F_SETFL", on.sys().fcntl(fds[1], F_SETFL, 0)).returns(0);
    on.expect("F_GETFL", on.sys().fcntl(fds[1], F_GETFL, 0)).returns(O_WRONLY);
  }

  @Scenario({"L-119", "L-137"})
  void one_can_ask_not_to_wait_until_the_description_has_passed_pages(Stage on) {
    int[] fds = on.pipe();
    int[] other = on.pipe();
    on.expect("preadv2", on.sys().preadv2(fds[0], memory(1), -1, RWF_NOWAIT)).failsWith(EAGAIN);
    on.write(fds[1], 3).returns(3);

    splice(on, fds[0], other[1], 1).returns(1);

    on.expect("preadv2", on.sys().preadv2(fds[0], memory(1), -1, RWF_NOWAIT)).failsWith(EOPNOTSUPP);
    on.expect("pwritev2", on.sys().pwritev2(other[1], memory(1), -1, RWF_NOWAIT))
        .failsWith(EOPNOTSUPP);
    on.expect("pwritev2", on.sys().pwritev2(fds[1], memory(1), -1, RWF_NOWAIT)).returns(1);
    on.expect("preadv2", on.sys().preadv2(other[0], memory(1), -1, RWF_NOWAIT)).returns(1);
  }

  @Scenario({"L-119", "L-137"})
  void passing_memory_counts_as_passing_pages_and_duplicating_does_not(Stage on) {
    int[] fds = on.pipe();
    int[] other = on.pipe();
    on.write(fds[1], 3).returns(3);

    tee(on, fds[0], other[1], 3).returns(3);
    vmsplice(on, fds[1], memory(1)).returns(1);

    on.expect("preadv2", on.sys().preadv2(fds[0], memory(1), -1, RWF_NOWAIT)).returns(1);
    on.expect("pwritev2", on.sys().pwritev2(other[1], memory(1), -1, RWF_NOWAIT)).returns(1);
    on.expect("pwritev2", on.sys().pwritev2(fds[1], memory(1), -1, RWF_NOWAIT))
        .failsWith(EOPNOTSUPP);
  }

  @Scenario("L-120")
  void either_end_tells_how_many_bytes_are_in_all_slots(Stage on) {
    int[] fds = on.pipe();

    on.write(fds[1], 5000).returns(5000);
    on.read(fds[0], 7).returns(7);

    assertThat(on.available(fds[0])).isEqualTo(4993);
    assertThat(on.available(fds[1])).isEqualTo(4993);
    on.expect("FIONREAD", on.sys().ioctl(fds[0], FIONREAD, null)).failsWith(EFAULT);
  }

  @Scenario("L-120")
  void requests_for_every_file_work_and_others_are_for_no_terminal(Stage on) {
    int[] fds = on.pipe();

    on.expect("FIONBIO", on.sys().ioctl(fds[0], FIONBIO, new int[] {1})).returns(0);
    on.read(fds[0], 1).failsWith(EAGAIN);
    on.expect("FIOASYNC", on.sys().ioctl(fds[0], FIOASYNC, new int[] {1})).returns(0);
    on.expect("F_GETFL", on.sys().fcntl(fds[0], F_GETFL, 0)).returns(O_NONBLOCK | O_ASYNC);
    on.expect("FIOCLEX", on.sys().ioctl(fds[0], FIOCLEX, null)).returns(0);
    on.expect("F_GETFD", on.sys().fcntl(fds[0], F_GETFD, 0)).returns(1);
    on.expect("FIONCLEX", on.sys().ioctl(fds[0], FIONCLEX, null)).returns(0);
    on.expect("F_GETFD", on.sys().fcntl(fds[0], F_GETFD, 0)).returns(0);
    for (int request : UNKNOWN) {
      on.expect("ioctl", on.sys().ioctl(fds[0], request, new int[16])).failsWith(ENOTTY);
    }
  }

  @Scenario("L-170")
  void a_pipe_for_notifications_is_not_to_be_had(Stage on) {
    int[] fds = new int[2];

    on.expect("pipe2", on.sys().pipe2(fds, org.gardenhose.abi.FileAbi.O_NOTIFICATION_PIPE))
        .failsWith(ENOPKG);
  }
}
