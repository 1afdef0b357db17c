package org.gardenhose.spec.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.gardenhose.abi.Errno.EACCES;
import static org.gardenhose.abi.Errno.EAGAIN;
import static org.gardenhose.abi.Errno.EBADF;
import static org.gardenhose.abi.Errno.EEXIST;
import static org.gardenhose.abi.Errno.EFAULT;
import static org.gardenhose.abi.Errno.EINVAL;
import static org.gardenhose.abi.Errno.ENAMETOOLONG;
import static org.gardenhose.abi.Errno.ENOENT;
import static org.gardenhose.abi.Errno.ENOTDIR;
import static org.gardenhose.abi.Errno.ENXIO;
import static org.gardenhose.abi.Errno.EOPNOTSUPP;
import static org.gardenhose.abi.Errno.EPIPE;
import static org.gardenhose.abi.FileAbi.F_GETFL;
import static org.gardenhose.abi.FileAbi.F_SETFL;
import static org.gardenhose.abi.FileAbi.O_APPEND;
import static org.gardenhose.abi.FileAbi.O_CREAT;
import static org.gardenhose.abi.FileAbi.O_DIRECTORY;
import static org.gardenhose.abi.FileAbi.O_EXCL;
import static org.gardenhose.abi.FileAbi.O_LARGEFILE;
import static org.gardenhose.abi.FileAbi.O_PATH;
import static org.gardenhose.abi.FileAbi.O_RDONLY;
import static org.gardenhose.abi.FileAbi.O_RDWR;
import static org.gardenhose.abi.FileAbi.O_TRUNC;
import static org.gardenhose.abi.FileAbi.O_WRONLY;
import static org.gardenhose.abi.FileAbi.RWF_NOWAIT;
import static org.gardenhose.abi.PipeAbi.O_DIRECT;
import static org.gardenhose.abi.PipeAbi.O_NONBLOCK;
import static org.gardenhose.spec.scenario.FileWords.FULL;
import static org.gardenhose.spec.scenario.FileWords.fifo;
import static org.gardenhose.spec.scenario.FileWords.open;
import static org.gardenhose.spec.scenario.FileWords.opening;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.gardenhose.abi.FileAbi;
import org.gardenhose.abi.Signal;
import org.gardenhose.abi.Stat;
import org.junit.jupiter.api.Nested;

/// FIFOs: L-97 to L-107.
class FifoSpec {
  private static Call opener(Stage on, String path, int flags) {
    return on.thread("open", sys -> sys.open(path, flags));
  }

  private static int opened(Call opener) {
    return (int) opener.ends().succeeds();
  }

  @Nested
  class Making_one {
    @Scenario("L-97")
    void needs_no_more_than_a_free_name_and_takes_the_mask_off_its_mode(Stage on) {
      on.sys().umask(026);
      Stat[] stat = new Stat[1];

      on.expect("mkfifo", on.sys().mkfifo("/f", 0666)).returns(0);

      on.expect("stat", on.sys().stat("/f", stat)).returns(0);
      assertThat(stat[0].mode()).isEqualTo(FileAbi.S_IFIFO | 0640);
      assertThat(stat[0].size()).isZero();
    }

    @Scenario("L-97")
    void fails_as_making_any_name_does(Stage on) {
      String fifo = fifo(on);

      on.expect("mkfifo", on.sys().mkfifo(fifo, 0600)).failsWith(EEXIST);
      on.expect("mkfifo", on.sys().mkfifo("/nowhere/f", 0600)).failsWith(ENOENT);
      on.expect("mkfifo", on.sys().mkfifo("", 0600)).failsWith(ENOENT);
      on.expect("mkfifo", on.sys().mkfifo(fifo + "/f", 0600)).failsWith(ENOTDIR);
      on.expect("mkfifo", on.sys().mkfifo("/" + "f".repeat(256), 0600)).failsWith(ENAMETOOLONG);
      on.expect("mkfifo", on.sys().mkfifo(null, 0600)).failsWith(EFAULT);
    }
  }

  @Nested
  class Opening_one {
    @Scenario("L-98")
    void to_read_waits_for_a_writer(Stage on) {
      String fifo = fifo(on);
      Call opener = opener(on, fifo, O_RDONLY).blocks();

      open(on, fifo, O_WRONLY);

      opened(opener);
    }

    @Scenario("L-98")
    void to_write_waits_for_a_reader(Stage on) {
      String fifo = fifo(on);
      Call opener = opener(on, fifo, O_WRONLY).blocks();

      open(on, fifo, O_RDONLY);

      opened(opener);
    }

    @Scenario("L-98")
    void without_waiting_works_for_a_reader_and_only_with_a_reader_for_a_writer(Stage on) {
      String fifo = fifo(on);

      opening(on, fifo, O_WRONLY | O_NONBLOCK).failsWith(ENXIO);
      int reader = open(on, fifo, O_RDONLY | O_NONBLOCK);
      on.read(reader, 1).returns(0);
      open(on, fifo, O_WRONLY | O_NONBLOCK);
      on.read(reader, 1).failsWith(EAGAIN);
    }

    @Scenario({"L-98", "L-101"})
    void both_ways_waits_for_nobody_and_ends_the_waiting_of_all(Stage on) {
      String fifo = fifo(on);
      Call reader = opener(on, fifo, O_RDONLY).blocks();
      open(on, fifo, O_RDWR);
      opened(reader);

      on.expect("unlink", on.sys().unlink(fifo)).returns(0);
      fifo(on);
      Call writer = opener(on, fifo, O_WRONLY).blocks();
      open(on, fifo, O_RDWR | O_NONBLOCK);
      opened(writer);
    }

    @Scenario("L-98")
    void in_no_way_is_refused(Stage on) {
      opening(on, fifo(on), 3).failsWith(EINVAL);
    }

    @Scenario("L-99")
    void succeeds_for_a_reader_although_the_writer_is_gone_again(Stage on) {
      String fifo = fifo(on);
      Call opener = opener(on, fifo, O_RDONLY).blocks();

      on.close(open(on, fifo, O_WRONLY));

      on.read(opened(opener), 1).returns(0);
    }

    @Scenario("L-99")
    void succeeds_for_a_writer_although_the_reader_is_gone_again(Stage on) {
      String fifo = fifo(on);
      on.count(Signal.SIGPIPE, 0);
      Call opener = opener(on, fifo, O_WRONLY).blocks();

      on.close(open(on, fifo, O_RDONLY));

      on.write(opened(opener), 1).failsWith(EPIPE);
    }

    @Scenario("L-100")
    void to_read_counts_while_it_waits_and_to_write_does_not_help_a_writer(Stage on) {
      String fifo = fifo(on);
      Call writer = opener(on, fifo, O_WRONLY).blocks();
      opening(on, fifo, O_WRONLY | O_NONBLOCK).failsWith(ENXIO);
      on.close(open(on, fifo, O_RDONLY));
      on.close(opened(writer));

      Call reader = opener(on, fifo, O_RDONLY).blocks();
      open(on, fifo, O_WRONLY | O_NONBLOCK);
      opened(reader);
    }

    @Scenario("L-102")
    void takes_flags_that_mean_nothing_for_it(Stage on) {
      String fifo = fifo(on);
      int both = open(on, fifo, O_RDWR | O_TRUNC | O_APPEND | O_CREAT);
      on.write(both, "left").returns(4);

      open(on, fifo, O_WRONLY | O_TRUNC);

      assertThat(on.text(both, 9)).isEqualTo("left");
    }

    @Scenario("L-102")
    void refuses_flags_that_it_cannot_follow(Stage on) {
      String fifo = fifo(on);
      int both = open(on, fifo, O_RDWR);

      opening(on, fifo, O_RDWR | O_CREAT | O_EXCL).failsWith(EEXIST);
      opening(on, fifo, O_RDWR | O_DIRECTORY).failsWith(ENOTDIR);
      opening(on, fifo, O_RDWR | O_DIRECT).failsWith(EINVAL);
      on.expect("F_SETFL", on.sys().fcntl(both, F_SETFL, O_DIRECT)).returns(0);
      on.expect("ftruncate", on.sys().ftruncate(both, 0)).failsWith(EINVAL);
      on.expect("truncate", on.sys().truncate(fifo, 0)).failsWith(EINVAL);
    }

    @Scenario("L-102")
    void for_its_name_alone_counts_for_nothing(Stage on) {
      String fifo = fifo(on);

      int name = open(on, fifo, O_PATH);

      on.read(name, 1).failsWith(EBADF);
      opening(on, fifo, O_WRONLY | O_NONBLOCK).failsWith(ENXIO);
    }
  }

  @Nested
  class An_open_one {
    @Scenario("L-104")
    void is_the_same_by_all_its_names_and_without_any(Stage on) {
      String fifo = fifo(on);
      on.expect("link", on.sys().link(fifo, "/other")).returns(0);
      int reader = open(on, fifo, O_RDONLY | O_NONBLOCK);
      int writer = open(on, "/other", O_WRONLY);

      on.expect("unlink", on.sys().unlink(fifo)).returns(0);
      on.expect("unlink", on.sys().unlink("/other")).returns(0);
      on.write(writer, "x").returns(1);

      assertThat(on.text(reader, 1)).isEqualTo("x");
    }

    @Scenario("L-104")
    void is_not_a_new_one_of_its_name(Stage on) {
      String fifo = fifo(on);
      open(on, fifo, O_RDONLY | O_NONBLOCK);

      on.expect("unlink", on.sys().unlink(fifo)).returns(0);
      fifo(on);

      opening(on, fifo, O_WRONLY | O_NONBLOCK).failsWith(ENXIO);
    }

    @Scenario("L-104")
    void keeps_what_was_written_for_a_later_reader_while_a_writer_has_it_open(Stage on) {
      String fifo = fifo(on);
      on.count(Signal.SIGPIPE, 0);
      int reader = open(on, fifo, O_RDONLY | O_NONBLOCK);
      int writer = open(on, fifo, O_WRONLY);
      on.write(writer, "12345").returns(5);
      on.close(reader);
      on.write(writer, 1).failsWith(EPIPE);

      int later = open(on, fifo, O_RDONLY);

      assertThat(on.text(later, 9)).isEqualTo("12345");
    }

    @Scenario("L-105")
    void holds_as_much_as_a_pipe_and_differs_in_its_flags(Stage on) {
      int both = open(on, fifo(on), O_RDWR | O_NONBLOCK);
      ByteBuffer[] memory = {ByteBuffer.allocate(1)};

      on.write(both, FULL + 1).returns(FULL);

      on.expect("preadv2", on.sys().preadv2(both, memory, -1, RWF_NOWAIT)).failsWith(EOPNOTSUPP);
      on.expect("F_GETFL", on.sys().fcntl(both, F_GETFL, 0))
          .returns(O_RDWR | O_NONBLOCK | O_LARGEFILE);
    }

    @Scenario("L-106")
    void ends_at_once_for_a_reader_that_waits_but_did_not_wait_for_a_writer(Stage on) {
      int reader = open(on, fifo(on), O_RDONLY | O_NONBLOCK);

      on.expect("F_SETFL", on.sys().fcntl(reader, F_SETFL, 0)).returns(0);

      on.read(reader, 1).returns(0);
    }
  }

  @Scenario("L-107")
  void one_is_no_program(Stage on) {
    on.expect("mkfifo", on.sys().mkfifo("/f", 0700)).returns(0);

    on.expect("execve", on.sys().execve("/f", List.of("f"), Map.of())).failsWith(EACCES);
  }
}
