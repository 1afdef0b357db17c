package org.gardenhose.sys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.gardenhose.abi.FileAbi.O_APPEND;
import static org.gardenhose.abi.FileAbi.O_CREAT;
import static org.gardenhose.abi.FileAbi.O_RDONLY;
import static org.gardenhose.abi.FileAbi.O_RDWR;
import static org.gardenhose.abi.FileAbi.O_WRONLY;
import static org.gardenhose.abi.FileAbi.SEEK_CUR;
import static org.gardenhose.abi.FileAbi.SEEK_END;
import static org.gardenhose.abi.FileAbi.SEEK_SET;
import static org.gardenhose.abi.FileAbi.SPLICE_F_NONBLOCK;
import static org.gardenhose.sys.FileScene.named;
import static org.gardenhose.sys.FileScene.play;

import java.nio.ByteBuffer;
import org.gardenhose.abi.ProcAbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Regular files in memory: positions, holes, limits, several writers.
class TmpfsSpec {
  @Test
  void the_position_moves_with_reading_and_writing_and_belongs_to_the_description() {
    play(
        s -> {
          int fd = s.file("/f", "abcdef");
          int copy = (int) s.sys.dup(fd);

          assertThat(s.sys.lseek(fd, 2, SEEK_SET)).isEqualTo(2);
          assertThat(s.read(copy)).isEqualTo("cdef");
          assertThat(s.sys.lseek(fd, -1, SEEK_CUR)).isEqualTo(5);
          assertThat(s.sys.lseek(fd, -6, SEEK_END)).isZero();
          assertThat(s.pread(fd, 4, 9)).isEqualTo("ef");
          assertThat(s.read(fd)).isEqualTo("abcdef");
        });
  }

  @Test
  void a_position_before_the_beginning_or_beyond_all_numbers_is_EINVAL() {
    play(
        s -> {
          int fd = s.file("/f", "abc");
          long max = Long.MAX_VALUE;

          assertThat(s.sys.lseek(fd, max, SEEK_SET)).isEqualTo(max);
          assertThat(named(s.sys.lseek(fd, 1, SEEK_CUR))).isEqualTo("EINVAL");
          assertThat(named(s.sys.lseek(fd, -1, SEEK_SET))).isEqualTo("EINVAL");
          assertThat(named(s.sys.lseek(fd, Long.MIN_VALUE, SEEK_END))).isEqualTo("EINVAL");
          assertThat(named(s.sys.lseek(fd, 0, 7))).isEqualTo("EINVAL");
          assertThat(named(s.write(fd, "x"))).isEqualTo("EINVAL");
          assertThat(named(s.sys.pwrite(fd, FileScene.bytes("0123"), max - 3))).isEqualTo("EINVAL");
          assertThat(s.pread(fd, max - 3, 9)).isEqualTo("EINVAL");
          assertThat(named(s.sys.pwrite(fd, FileScene.bytes("0123"), max - 4))).isEqualTo("4");
          assertThat(s.fstat(fd).size()).isEqualTo(max);
          assertThat(s.fstat(fd).blocks()).isEqualTo(16);
          assertThat(s.pread(fd, max - 5, 5)).isEqualTo("\0" + "0123");
        });
  }

  @Test
  void holes_and_what_was_cut_off_read_as_zeros() {
    play(
        s -> {
          int fd = s.file("/f", "abc");
          s.sys.pwrite(fd, FileScene.bytes("z"), 9000);

          assertThat(s.pread(fd, 2, 3)).isEqualTo("c\0\0");
          assertThat(s.pread(fd, 8999, 9)).isEqualTo("\0z");
          s.sys.ftruncate(fd, 1);
          s.sys.ftruncate(fd, 3);
          assertThat(s.pread(fd, 0, 9)).isEqualTo("a\0\0");
        });
  }

  @Test
  void appending_goes_to_the_end_wherever_the_file_stands() {
    play(
        s -> {
          s.file("/f", "abc");
          int fd = s.fd("/f", O_RDWR | O_APPEND);

          s.write(fd, "de");
          s.sys.pwrite(fd, FileScene.bytes("f"), 0);

          assertThat(s.sys.lseek(fd, 0, SEEK_CUR)).isEqualTo(5);
          assertThat(s.pread(fd, 0, 9)).isEqualTo("abcdef");
        });
  }

  @Test
  void an_unlinked_file_lives_as_long_as_it_is_open_and_then_gives_its_pages_back() {
    Kernel kernel = Kernel.seeded(1);
    kernel.tree().mountTmpfs("/small", 2 * 4096, 1 << 20);
    play(
        kernel,
        s -> {
          int fd = s.file("/small/f", "x".repeat(8192));
          s.sys.unlink("/small/f");

          assertThat(s.pread(fd, 8190, 9)).isEqualTo("xx");
          assertThat(named(s.write(s.fd("/small/g", O_CREAT | O_WRONLY), "y"))).isEqualTo("ENOSPC");
          s.sys.close(fd);
          assertThat(named(s.write(s.fd("/small/g", O_WRONLY), "y"))).isEqualTo("1");
        });
  }

  @Test
  void a_full_file_system_takes_what_fits_then_ENOSPC() {
    Kernel kernel = Kernel.seeded(1);
    kernel.tree().mountTmpfs("/small", 2 * 4096, 1 << 20);
    play(
        kernel,
        s -> {
          int fd = s.fd("/small/f", O_CREAT | O_RDWR);

          assertThat(s.write(fd, "x".repeat(10000))).isEqualTo(8192);
          assertThat(named(s.write(fd, "y"))).isEqualTo("ENOSPC");
          assertThat(named(s.sys.pwrite(fd, FileScene.bytes("y"), 0))).isEqualTo("1");
        });
  }

  @Test
  void a_file_as_long_as_it_may_be_takes_what_fits_then_EFBIG() {
    Kernel kernel = Kernel.seeded(1);
    kernel.tree().mountTmpfs("/small", 1 << 20, 100);
    play(
        kernel,
        s -> {
          int fd = s.fd("/small/f", O_CREAT | O_RDWR);

          assertThat(s.write(fd, "x".repeat(101))).isEqualTo(100);
          assertThat(named(s.write(fd, "y"))).isEqualTo("EFBIG");
          assertThat(named(s.sys.ftruncate(fd, 101))).isEqualTo("EFBIG");
          assertThat(named(s.sys.ftruncate(fd, -1))).isEqualTo("EINVAL");
        });
  }

  @Test
  void what_does_not_fit_in_the_file_stays_in_the_pipe_L147() {
    Kernel kernel = Kernel.seeded(1);
    kernel.tree().mountTmpfs("/small", 1 << 20, 100);
    play(
        kernel,
        s -> {
          int fd = s.fd("/small/f", O_CREAT | O_RDWR);
          int[] pipe = s.pipe();
          s.write(pipe[1], "x".repeat(100) + "rest");

          assertThat(s.sys.splice(pipe[0], null, fd, null, 999, SPLICE_F_NONBLOCK)).isEqualTo(100);
          assertThat(named(s.sys.splice(pipe[0], null, fd, null, 999, 0))).isEqualTo("EFBIG");
          assertThat(s.read(pipe[0])).isEqualTo("rest");
        });
  }

  @Test
  void a_fault_in_later_memory_keeps_what_was_written_and_hides_the_rest() {
    play(
        s -> {
          int fd = s.fd("/f", O_CREAT | O_RDWR);
          ByteBuffer[] memory = {FileScene.bytes("a".repeat(4096)), FileScene.bytes("bc"), null};

          assertThat(s.sys.writev(fd, memory)).isEqualTo(4096);
          assertThat(s.fstat(fd).size()).isEqualTo(4096);
          s.sys.ftruncate(fd, 4098);
          assertThat(s.pread(fd, 4096, 9)).isEqualTo("\0\0");
        });
  }

  @Test
  @Timeout(60)
  void appenders_in_parallel_lose_and_tear_nothing() {
    play(
        Kernel.parallel(),
        s -> {
          int writers = 4;
          int records = 500;
          for (int w = 0; w < writers; w++) {
            String record = Character.toString('a' + w).repeat(99) + "\n";
            s.fork(child -> append(child, record, records));
          }
          for (int w = 0; w < writers; w++) {
            assertThat(ProcAbi.wexitstatus(s.await())).isZero();
          }

          int fd = s.fd("/log", O_RDONLY);
          assertThat(s.fstat(fd).size()).isEqualTo(writers * records * 100L);
          int[] seen = new int[writers];
          for (long at = 0; at < writers * records * 100L; at += 100) {
            String record = s.pread(fd, at, 100);
            char who = record.charAt(0);
            assertThat(record).isEqualTo(Character.toString(who).repeat(99) + "\n");
            seen[who - 'a']++;
          }
          assertThat(seen).containsOnly(records);
        });
  }

  private static void append(FileScene child, String record, int times) {
    int fd = child.fd("/log", O_CREAT | O_WRONLY | O_APPEND);
    for (int i = 0; i < times; i++) {
      child.write(fd, record);
    }
  }

  @Test
  @Timeout(60)
  void files_that_borrow_each_others_pages_in_parallel_keep_their_own_contents() {
    play(
        Kernel.parallel(),
        s -> {
          int workers = 4;
          int shared = s.file("/shared", "s".repeat(8192));
          for (int w = 0; w < workers; w++) {
            int me = w;
            s.fork(child -> borrow(child, shared, me));
          }
          for (int w = 0; w < workers; w++) {
            assertThat(ProcAbi.wexitstatus(s.await())).isZero();
          }
        });
  }

  /// Copies the shared file by way of a pipe, then writes the shared file: the copy must stay.
  private static void borrow(FileScene child, int shared, int me) {
    int mine = child.fd("/copy" + me, O_CREAT | O_RDWR);
    int[] pipe = child.pipe();
    for (int i = 0; i < 300; i++) {
      child.sys.splice(shared, new long[] {0}, pipe[1], null, 8192, 0);
      child.sys.splice(pipe[0], null, mine, new long[] {0}, 8192, 0);
      String before = child.pread(mine, 0, 8192);
      child.sys.pwrite(shared, FileScene.bytes(Character.toString('a' + me).repeat(8192)), 0);
      if (!child.pread(mine, 0, 8192).equals(before)) {
        throw new IllegalStateException("a borrowed page changed");
      }
    }
  }
}
