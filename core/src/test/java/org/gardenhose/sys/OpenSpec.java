package org.gardenhose.sys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.gardenhose.abi.FileAbi.FD_CLOEXEC;
import static org.gardenhose.abi.FileAbi.F_GETFD;
import static org.gardenhose.abi.FileAbi.F_GETFL;
import static org.gardenhose.abi.FileAbi.O_CLOEXEC;
import static org.gardenhose.abi.FileAbi.O_CREAT;
import static org.gardenhose.abi.FileAbi.O_DIRECTORY;
import static org.gardenhose.abi.FileAbi.O_EXCL;
import static org.gardenhose.abi.FileAbi.O_LARGEFILE;
import static org.gardenhose.abi.FileAbi.O_NOCTTY;
import static org.gardenhose.abi.FileAbi.O_NOFOLLOW;
import static org.gardenhose.abi.FileAbi.O_PATH;
import static org.gardenhose.abi.FileAbi.O_RDONLY;
import static org.gardenhose.abi.FileAbi.O_RDWR;
import static org.gardenhose.abi.FileAbi.O_TRUNC;
import static org.gardenhose.abi.FileAbi.O_WRONLY;
import static org.gardenhose.abi.FileAbi.S_IFDIR;
import static org.gardenhose.abi.FileAbi.S_IFIFO;
import static org.gardenhose.abi.FileAbi.S_IFREG;
import static org.gardenhose.abi.PipeAbi.O_DIRECT;
import static org.gardenhose.abi.PipeAbi.O_NONBLOCK;
import static org.gardenhose.sys.FileScene.named;
import static org.gardenhose.sys.FileScene.play;

import org.gardenhose.abi.ProcAbi;
import org.junit.jupiter.api.Test;

/// Opening a file by name: what the flags do and what each mistake comes to.
class OpenSpec {
  @Test
  void a_bad_path_is_told_before_any_file_is_looked_at() {
    play(
        s -> {
          assertThat(s.open(null, 0)).isEqualTo("EFAULT");
          assertThat(s.open("", 0)).isEqualTo("ENOENT");
          assertThat(s.open("x".repeat(10 << 20), 0)).isEqualTo("ENAMETOOLONG");
          assertThat(s.open("./".repeat(2048), 0)).isEqualTo("ENAMETOOLONG");
          assertThat(s.open("é".repeat(2048), 0)).isEqualTo("ENAMETOOLONG");
          assertThat(s.open("a\0b", O_CREAT)).isEqualTo("EINVAL");
        });
  }

  @Test
  void a_name_may_have_255_bytes_and_a_path_4095() {
    play(
        s -> {
          assertThat(s.open("a".repeat(256), O_CREAT)).isEqualTo("ENAMETOOLONG");
          assertThat(s.open("é".repeat(128), O_CREAT)).isEqualTo("ENAMETOOLONG");
          assertThat(s.open("a".repeat(255), O_CREAT)).isEqualTo("0");
          assertThat(s.open("./".repeat(2047) + ".", 0)).isEqualTo("1");
        });
  }

  @Test
  void a_walk_goes_only_through_directories() {
    play(
        s -> {
          s.file("/f", "");

          assertThat(s.open("/none/x", 0)).isEqualTo("ENOENT");
          assertThat(s.open("/f/x", 0)).isEqualTo("ENOTDIR");
          assertThat(s.open("/f/..", 0)).isEqualTo("ENOTDIR");
          assertThat(s.open("/f/", 0)).isEqualTo("ENOTDIR");
          assertThat(s.open("/../.././f", 0)).isEqualTo("1");
          assertThat(s.open("//tmp///..//f", 0)).isEqualTo("2");
        });
  }

  @Test
  void what_is_to_be_made_can_be_no_directory() {
    play(
        s -> {
          assertThat(s.open("/g/", O_CREAT)).isEqualTo("EISDIR");
          assertThat(s.open(".", O_CREAT)).isEqualTo("EISDIR");
          assertThat(s.open(".", O_CREAT | O_EXCL)).isEqualTo("EEXIST");
          assertThat(s.open("/tmp", O_CREAT)).isEqualTo("EISDIR");
          assertThat(s.open("/h", O_CREAT | O_DIRECTORY)).isEqualTo("EINVAL");
          assertThat(s.open("/proc/x", O_CREAT)).isEqualTo("ENOENT");
        });
  }

  @Test
  void a_directory_opens_for_reading_only() {
    play(
        s -> {
          int fd = s.fd("/tmp", O_RDONLY | O_DIRECTORY);

          assertThat(s.open("/tmp", O_WRONLY)).isEqualTo("EISDIR");
          assertThat(s.open("/tmp", O_TRUNC)).isEqualTo("EISDIR");
          assertThat(s.open("/tmp", O_DIRECT)).isEqualTo("EINVAL");
          assertThat(s.read(fd)).isEqualTo("EISDIR");
          assertThat(named(s.write(fd, "x"))).isEqualTo("EBADF");
          assertThat(named(s.sys.fsync(fd))).isEqualTo("0");
        });
  }

  @Test
  void flags_shown_later_have_no_trace_of_how_the_file_was_found_L17() {
    play(
        s -> {
          int fd = s.fd("/f", O_RDWR | O_CREAT | O_EXCL | O_TRUNC | O_CLOEXEC | O_NOCTTY);

          assertThat(s.sys.fcntl(fd, F_GETFL, 0)).isEqualTo(O_RDWR | O_LARGEFILE);
          assertThat(s.sys.fcntl(fd, F_GETFD, 0)).isEqualTo(FD_CLOEXEC);
          assertThat(s.open("/f", O_CREAT | O_EXCL)).isEqualTo("EEXIST");
        });
  }

  @Test
  void a_description_that_only_names_a_file_can_do_nothing_L102() {
    play(
        s -> {
          s.sys.mkfifo("/p", 0644);
          int fd = s.fd("/p", O_PATH | O_RDWR | O_CREAT);

          assertThat(s.sys.fcntl(fd, F_GETFL, 0)).isEqualTo(O_PATH);
          assertThat(s.read(fd)).isEqualTo("EBADF");
          assertThat(named(s.write(fd, "x"))).isEqualTo("EBADF");
          assertThat(s.open("/p", O_WRONLY | O_NONBLOCK)).isEqualTo("ENXIO");
          assertThat(s.fstat(fd).isFifo()).isTrue();
        });
  }

  @Test
  void a_link_is_followed_unless_that_is_not_wanted() {
    play(
        s -> {
          int fd = s.file("/f", "abc");
          String link = "/proc/self/fd/" + fd;

          assertThat(s.open(link, O_NOFOLLOW)).isEqualTo("ELOOP");
          assertThat(s.open(link, O_NOFOLLOW | O_PATH)).isEqualTo("1");
          assertThat(s.open(link + "/", 0)).isEqualTo("ENOTDIR");
          assertThat(s.open(link, O_CREAT | O_EXCL)).isEqualTo("EEXIST");
          assertThat(s.open(link, O_CREAT | O_RDWR)).isEqualTo("2");
        });
  }

  @Test
  void truncation_empties_a_regular_file_and_nothing_else() {
    play(
        s -> {
          int fd = s.file("/f", "abc");

          s.fd("/f", O_RDONLY | O_TRUNC);

          assertThat(s.fstat(fd).size()).isZero();
          assertThat(s.open("/dev/null", O_RDWR | O_TRUNC)).isEqualTo("2");
        });
  }

  @Test
  void permissions_are_those_of_the_inode_for_who_is_not_root_L103() {
    play(
        s -> {
          s.file("/secret", "");
          s.sys.mkdir("/closed", 0700);
          int fd = s.fd("/secret", O_RDONLY);
          s.sys.fchmod(fd, 0400);
          s.sys.fchown(fd, 7, 7);

          assertThat(s.open("/secret", O_RDWR)).isEqualTo("2");
          assertThat(s.stat("/secret").mode()).isEqualTo(S_IFREG | 0400);
        });
  }

  @Test
  void a_new_file_lacks_the_permissions_of_the_umask() {
    play(
        s -> {
          s.sys.umask(027);

          s.sys.open("/f", O_CREAT | O_WRONLY, 06777);
          s.sys.mkdir("/d", 0777);
          s.sys.mkfifo("/p", 0666);

          assertThat(s.stat("/f").mode()).isEqualTo(S_IFREG | 06750);
          assertThat(s.stat("/d").mode()).isEqualTo(S_IFDIR | 0750);
          assertThat(s.stat("/p").mode()).isEqualTo(S_IFIFO | 0640);
        });
  }

  @Test
  void without_a_free_number_the_path_is_not_even_walked_L128() {
    play(
        s -> {
          s.fd("/tmp", 0);
          s.sys.prlimit(ProcAbi.RLIMIT_NOFILE, new long[] {1, 1}, null);

          assertThat(s.open("/none", 0)).isEqualTo("EMFILE");
          assertThat(s.open("/made", O_CREAT)).isEqualTo("EMFILE");
          assertThat(named(s.sys.stat("/made", new org.gardenhose.abi.Stat[1])))
              .isEqualTo("ENOENT");
        });
  }

  @Test
  void beyond_the_limit_of_the_system_it_is_ENFILE_and_a_close_gives_one_back_L128() {
    Kernel kernel = Kernel.seeded(1);
    kernel.files().limit(1);
    play(
        kernel,
        s -> {
          int fd = s.fd("/tmp", 0);

          assertThat(s.open("/none", 0)).isEqualTo("ENFILE");
          s.sys.close(fd);
          assertThat(s.open("/none", 0)).isEqualTo("ENOENT");
          assertThat(s.open("/tmp", 0)).isEqualTo("0");
        });
    assertThat(kernel.files().open()).isZero();
  }
}
