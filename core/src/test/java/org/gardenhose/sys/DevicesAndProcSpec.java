package org.gardenhose.sys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.gardenhose.abi.FileAbi.F_GETFL;
import static org.gardenhose.abi.FileAbi.O_CREAT;
import static org.gardenhose.abi.FileAbi.O_LARGEFILE;
import static org.gardenhose.abi.FileAbi.O_RDONLY;
import static org.gardenhose.abi.FileAbi.O_RDWR;
import static org.gardenhose.abi.FileAbi.O_TRUNC;
import static org.gardenhose.abi.FileAbi.O_WRONLY;
import static org.gardenhose.abi.FileAbi.SEEK_SET;
import static org.gardenhose.abi.PipeAbi.O_DIRECT;
import static org.gardenhose.abi.PipeAbi.O_NONBLOCK;
import static org.gardenhose.sys.FileScene.named;
import static org.gardenhose.sys.FileScene.play;

import org.junit.jupiter.api.Test;

/// Devices, and what the kernel shows of itself as files.
class DevicesAndProcSpec {
  @Test
  void null_is_empty_and_takes_all_and_splices_only_inwards_L143_L148() {
    play(
        s -> {
          int fd = s.fd("/dev/null", O_RDWR);
          int[] pipe = s.pipe();
          s.write(pipe[1], "abc");

          assertThat(s.read(fd)).isEmpty();
          assertThat(s.write(fd, "abc")).isEqualTo(3);
          assertThat(s.sys.splice(pipe[0], null, fd, null, 9, 0)).isEqualTo(3);
          assertThat(named(s.sys.splice(fd, null, pipe[1], null, 9, 0))).isEqualTo("EINVAL");
          assertThat(s.sys.lseek(fd, 7, SEEK_SET)).isZero();
          assertThat(named(s.sys.ftruncate(fd, 0))).isEqualTo("EINVAL");
          assertThat(named(s.sys.fsync(fd))).isEqualTo("EINVAL");
          assertThat(s.fstat(fd).rdev()).isEqualTo(0x103);
          assertThat(s.open("/dev/null", O_DIRECT)).isEqualTo("EINVAL");
        });
  }

  @Test
  void zero_and_full_read_as_zeros_and_full_has_no_room_L143_L145() {
    play(
        s -> {
          int zero = s.fd("/dev/zero", O_RDWR);
          int full = s.fd("/dev/full", O_RDWR);
          int[] pipe = s.pipe();

          assertThat(s.pread(zero, 5, 3)).isEqualTo("\0\0\0");
          assertThat(s.write(zero, "abc")).isEqualTo(3);
          assertThat(s.read(full)).hasSize(1 << 16);
          assertThat(named(s.write(full, "x"))).isEqualTo("ENOSPC");
          assertThat(named(s.write(full, ""))).isEqualTo("ENOSPC");
          assertThat(named(s.sys.pwrite(full, FileScene.bytes(""), 0))).isEqualTo("ENOSPC");
          assertThat(s.sys.splice(zero, null, pipe[1], null, 5000, 0)).isEqualTo(5000);
          assertThat(s.sys.splice(full, null, pipe[1], null, 1, 0)).isEqualTo(1);
          assertThat(named(s.sys.splice(pipe[0], null, full, null, 9, 0))).isEqualTo("EINVAL");
          assertThat(s.read(pipe[0])).isEqualTo("\0".repeat(5001));
        });
  }

  @Test
  void a_pipe_is_opened_anew_in_any_mode_and_never_waits_L109_L110_L17() {
    play(
        s -> {
          int[] pipe = s.pipe();

          int writer = s.fd("/proc/self/fd/" + pipe[0], O_WRONLY);
          s.sys.close(pipe[1]);
          s.write(writer, "anew");

          assertThat(s.read(pipe[0])).isEqualTo("anew");
          assertThat(s.sys.fcntl(writer, F_GETFL, 0)).isEqualTo(O_WRONLY | O_LARGEFILE);
          s.sys.close(writer);
          assertThat(s.read(pipe[0])).isEmpty();
          int both = s.fd("/proc/self/fd/" + pipe[0], O_RDWR | O_NONBLOCK);
          assertThat(s.read(both)).isEqualTo("EAGAIN");
          assertThat(s.open("/proc/self/fd/" + pipe[0], 3)).isEqualTo("EINVAL");
          assertThat(s.open("/proc/self/fd/" + pipe[0], O_DIRECT)).isEqualTo("EINVAL");
          assertThat(s.open("/proc/self/fd/99", O_RDONLY)).isEqualTo("ENOENT");
        });
  }

  @Test
  void a_FIFO_and_a_file_are_opened_anew_also_when_their_names_are_gone_L108() {
    play(
        s -> {
          int file = s.file("/f", "text");
          s.sys.mkfifo("/p", 0644);
          int fifo = s.fd("/p", O_RDONLY | O_NONBLOCK);
          s.sys.unlink("/f");
          s.sys.unlink("/p");

          assertThat(s.readlink("/proc/self/fd/" + file)).isEqualTo("/f (deleted)");
          int again = s.fd("/proc/self/fd/" + file, O_RDONLY);
          assertThat(s.read(again)).isEqualTo("text");
          assertThat(s.readlink("/proc/self/fd/" + again)).isEqualTo("/f (deleted)");
          assertThat(s.open("/proc/self/fd/" + fifo, O_WRONLY | O_NONBLOCK)).isEqualTo("3");
          s.sys.close(fifo);
          assertThat(s.open("/dev/fd/3", O_WRONLY | O_NONBLOCK)).isEqualTo("ENXIO");
        });
  }

  @Test
  void links_of_descriptors_say_what_they_mean_L108() {
    play(
        s -> {
          int[] pipe = s.pipe();
          s.sys.mkdir("/d", 0755);
          s.sys.chdir("/d");
          int file = s.file("f", "abc");

          assertThat(s.readlink("/proc/self/fd/" + pipe[0]))
              .isEqualTo("pipe:[" + s.fstat(pipe[0]).inode() + "]");
          assertThat(s.readlink("/proc/self/fd/" + file)).isEqualTo("/d/f");
          assertThat(s.readlink("/proc/self")).isEqualTo(Long.toString(s.sys.getpid()));
          assertThat(s.readlink("/proc/self/fd/00")).isEqualTo("ENOENT");
          assertThat(s.readlink("/proc/self/fd/-1")).isEqualTo("ENOENT");
          assertThat(s.readlink("/proc/999/fd/0")).isEqualTo("ENOENT");
          assertThat(s.read(s.fd("/proc/self/fdinfo/" + file, 0)))
              .startsWith("pos:\t3\nflags:\t0100002\n")
              .endsWith("ino:\t" + s.fstat(file).inode() + "\n");
        });
  }

  @Test
  void nothing_in_proc_can_be_made_or_removed() {
    play(
        s -> {
          s.pipe();

          assertThat(s.open("/proc/self/x", O_CREAT)).isEqualTo("ENOENT");
          assertThat(named(s.sys.mkdir("/proc/x", 0755))).isEqualTo("ENOENT");
          assertThat(named(s.sys.unlink("/proc/self/fd/0"))).isEqualTo("EPERM");
          assertThat(named(s.sys.rmdir("/proc/sys"))).isEqualTo("EPERM");
        });
  }

  @Test
  void the_limits_on_pipes_are_read_and_set_as_files_L27_L29() {
    play(
        s -> {
          int fd = s.fd("/proc/sys/fs/pipe-max-size", O_RDWR);

          assertThat(s.read(fd)).isEqualTo("1048576\n");
          assertThat(s.sys.pwrite(fd, FileScene.bytes("5000\n"), 0)).isEqualTo(5);
          assertThat(s.pread(fd, 0, 99)).isEqualTo("8192\n");
          assertThat(named(s.sys.pwrite(fd, FileScene.bytes("0"), 0))).isEqualTo("EINVAL");
          assertThat(named(s.sys.pwrite(fd, FileScene.bytes("2147483649"), 0))).isEqualTo("EINVAL");
          assertThat(named(s.sys.pwrite(fd, FileScene.bytes("many"), 0))).isEqualTo("EINVAL");
          assertThat(named(s.sys.pwrite(fd, FileScene.bytes("9".repeat(20)), 0)))
              .isEqualTo("EINVAL");
          for (String name : new String[] {"soft", "hard"}) {
            int limit = s.fd("/proc/sys/fs/pipe-user-pages-" + name, O_RDWR | O_TRUNC);
            assertThat(s.write(limit, "77")).isEqualTo(2);
            assertThat(s.pread(limit, 0, 9)).isEqualTo("77\n");
          }
          int[] pipe = s.pipe();
          assertThat(s.sys.splice(fd, new long[] {0}, pipe[1], null, 99, 0)).isEqualTo(5);
        });
  }
}
