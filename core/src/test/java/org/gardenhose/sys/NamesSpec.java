package org.gardenhose.sys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.gardenhose.abi.FileAbi.O_CREAT;
import static org.gardenhose.abi.FileAbi.O_DIRECTORY;
import static org.gardenhose.abi.FileAbi.S_IFCHR;
import static org.gardenhose.abi.FileAbi.S_IFDIR;
import static org.gardenhose.abi.FileAbi.S_IFLNK;
import static org.gardenhose.sys.FileScene.named;
import static org.gardenhose.sys.FileScene.play;

import java.nio.ByteBuffer;
import org.gardenhose.abi.Stat;
import org.junit.jupiter.api.Test;

/// Making, removing and moving names, and what each mistake comes to on Linux.
class NamesSpec {
  @Test
  void mknod_makes_files_and_FIFOs_and_says_why_it_does_not_L97() {
    play(
        s -> {
          assertThat(named(s.sys.mknod("/f", 0644, 0))).isEqualTo("0");
          assertThat(named(s.sys.mkfifo("/f", 0644))).isEqualTo("EEXIST");
          assertThat(named(s.sys.mkfifo("/f/", 0644))).isEqualTo("EEXIST");
          assertThat(named(s.sys.mkfifo("/n/", 0644))).isEqualTo("ENOENT");
          assertThat(named(s.sys.mkfifo(".", 0644))).isEqualTo("EEXIST");
          assertThat(named(s.sys.mkfifo("/none/p", 0644))).isEqualTo("ENOENT");
          assertThat(named(s.sys.mkfifo("/f/p", 0644))).isEqualTo("ENOTDIR");
          assertThat(named(s.sys.mkfifo("", 0644))).isEqualTo("ENOENT");
          assertThat(named(s.sys.mkfifo(null, 0644))).isEqualTo("EFAULT");
          assertThat(named(s.sys.mkfifo("x".repeat(256), 0644))).isEqualTo("ENAMETOOLONG");
          assertThat(named(s.sys.mkfifo("/proc/p", 0644))).isEqualTo("ENOENT");
          assertThat(named(s.sys.mknod("/d", S_IFDIR, 0))).isEqualTo("EPERM");
          assertThat(named(s.sys.mknod("/c", S_IFCHR, 0))).isEqualTo("EPERM");
          assertThat(named(s.sys.mknod("/l", S_IFLNK, 0))).isEqualTo("EINVAL");
        });
  }

  @Test
  void directories_are_made_and_counted() {
    play(
        s -> {
          assertThat(named(s.sys.mkdir("/d/", 0755))).isEqualTo("0");
          assertThat(named(s.sys.mkdir("/d/e/f", 0755))).isEqualTo("ENOENT");
          assertThat(named(s.sys.mkdir("/d/e", 0755))).isEqualTo("0");
          assertThat(named(s.sys.mkdir("..", 0755))).isEqualTo("EEXIST");
          assertThat(named(s.sys.mkdir("/", 0755))).isEqualTo("EEXIST");
          assertThat(s.stat("/d").links()).isEqualTo(3);
          assertThat(s.stat("/d").size()).isEqualTo(60);
        });
  }

  @Test
  void unlink_removes_what_is_no_directory() {
    play(
        s -> {
          s.file("/f", "");

          assertThat(named(s.sys.unlink("/none"))).isEqualTo("ENOENT");
          assertThat(named(s.sys.unlink("/none/"))).isEqualTo("ENOENT");
          assertThat(named(s.sys.unlink("/tmp"))).isEqualTo("EISDIR");
          assertThat(named(s.sys.unlink("/tmp/"))).isEqualTo("EISDIR");
          assertThat(named(s.sys.unlink("/"))).isEqualTo("EISDIR");
          assertThat(named(s.sys.unlink("/f/"))).isEqualTo("ENOTDIR");
          assertThat(named(s.sys.unlink("/proc/self"))).isEqualTo("EPERM");
          assertThat(named(s.sys.unlink("/f"))).isEqualTo("0");
        });
  }

  @Test
  void rmdir_removes_an_empty_directory_that_nothing_is_mounted_on() {
    play(
        s -> {
          s.sys.mkdir("/d", 0755);
          s.sys.mkdir("/d/e", 0755);
          s.file("/f", "");

          assertThat(named(s.sys.rmdir("/d"))).isEqualTo("ENOTEMPTY");
          assertThat(named(s.sys.rmdir("/d/e/.."))).isEqualTo("ENOTEMPTY");
          assertThat(named(s.sys.rmdir("/d/."))).isEqualTo("EINVAL");
          assertThat(named(s.sys.rmdir("/"))).isEqualTo("EBUSY");
          assertThat(named(s.sys.rmdir("/proc"))).isEqualTo("EBUSY");
          assertThat(named(s.sys.rmdir("/f"))).isEqualTo("ENOTDIR");
          assertThat(named(s.sys.rmdir("/none"))).isEqualTo("ENOENT");
          assertThat(named(s.sys.rmdir("/d/e/"))).isEqualTo("0");
          assertThat(named(s.sys.rmdir("/d"))).isEqualTo("0");
        });
  }

  @Test
  void in_a_removed_directory_nothing_can_be_made_but_the_way_up_stays() {
    play(
        s -> {
          s.sys.mkdir("/d", 0755);
          s.sys.chdir("/d");
          s.sys.rmdir("/d");

          assertThat(named(s.sys.getcwd(new String[1]))).isEqualTo("ENOENT");
          assertThat(s.open("x", O_CREAT)).isEqualTo("ENOENT");
          assertThat(named(s.sys.mkdir("x", 0755))).isEqualTo("ENOENT");
          assertThat(s.open("../tmp", 0)).isEqualTo("0");
          assertThat(s.open(".", 0)).isEqualTo("1");
          assertThat(named(s.sys.getdents(1, ByteBuffer.allocate(9)))).isEqualTo("ENOENT");
        });
  }

  @Test
  void a_hard_link_is_another_name_of_the_same_file() {
    play(
        s -> {
          int fd = s.file("/f", "abc");

          assertThat(named(s.sys.link("/f", "/g"))).isEqualTo("0");
          assertThat(s.stat("/g").inode()).isEqualTo(s.stat("/f").inode());
          assertThat(s.fstat(fd).links()).isEqualTo(2);
          assertThat(named(s.sys.link("/f", "/g"))).isEqualTo("EEXIST");
          assertThat(named(s.sys.link("/none", "/h"))).isEqualTo("ENOENT");
          assertThat(named(s.sys.link("/f", "/h/"))).isEqualTo("ENOENT");
          assertThat(named(s.sys.link("/tmp", "/t"))).isEqualTo("EPERM");
          assertThat(named(s.sys.link("/f", "/dev/f"))).isEqualTo("EXDEV");
          assertThat(named(s.sys.link("/proc/self/fd/" + fd, "/h"))).isEqualTo("EXDEV");
        });
  }

  @Test
  void rename_refuses_in_the_order_of_Linux() {
    play(
        s -> {
          s.file("/f", "");
          s.sys.mkdir("/x", 0755);
          s.sys.mkdir("/full", 0755);
          s.file("/full/a", "");

          assertThat(named(s.sys.rename("/f", "/f"))).isEqualTo("0");
          assertThat(named(s.sys.rename("/x", "/x/y"))).isEqualTo("EINVAL");
          assertThat(named(s.sys.rename("/x", "/f"))).isEqualTo("ENOTDIR");
          assertThat(named(s.sys.rename("/f", "/x"))).isEqualTo("EISDIR");
          assertThat(named(s.sys.rename("/f", "/g/"))).isEqualTo("ENOTDIR");
          assertThat(named(s.sys.rename(".", "/g"))).isEqualTo("EBUSY");
          assertThat(named(s.sys.rename("/f", "/x/.."))).isEqualTo("EBUSY");
          assertThat(named(s.sys.rename("/x", "/full"))).isEqualTo("ENOTEMPTY");
          assertThat(named(s.sys.rename("/full/a", "/full"))).isEqualTo("ENOTEMPTY");
          assertThat(named(s.sys.rename("/none", "/g"))).isEqualTo("ENOENT");
          assertThat(named(s.sys.rename("/f", "/dev/f"))).isEqualTo("EXDEV");
          assertThat(named(s.sys.rename("/proc", "/g"))).isEqualTo("EBUSY");
        });
  }

  @Test
  void rename_replaces_a_file_in_one_step_and_moves_directories_with_their_paths() {
    play(
        s -> {
          s.file("/f", "new");
          int old = s.file("/g", "old");
          s.sys.mkdir("/d", 0755);
          s.sys.mkdir("/d/e", 0755);
          s.sys.chdir("/d/e");

          assertThat(named(s.sys.rename("/f", "/g"))).isEqualTo("0");
          assertThat(named(s.sys.rename("/d", "/tmp/moved/"))).isEqualTo("0");

          assertThat(s.read(s.fd("/g", 0))).isEqualTo("new");
          assertThat(s.fstat(old).links()).isZero();
          assertThat(s.pread(old, 0, 9)).isEqualTo("old");
          String[] path = new String[1];
          assertThat(s.sys.getcwd(path)).isEqualTo("/tmp/moved/e".length() + 1);
          assertThat(path[0]).isEqualTo("/tmp/moved/e");
          assertThat(s.stat("/tmp").links()).isEqualTo(3);
        });
  }

  @Test
  void truncate_takes_only_regular_files() {
    play(
        s -> {
          s.file("/f", "abc");

          assertThat(named(s.sys.truncate("/f", -1))).isEqualTo("EINVAL");
          assertThat(named(s.sys.truncate("/tmp", 0))).isEqualTo("EISDIR");
          assertThat(named(s.sys.truncate("/dev/null", 0))).isEqualTo("EINVAL");
          assertThat(named(s.sys.truncate("/none", 0))).isEqualTo("ENOENT");
          assertThat(named(s.sys.truncate("/f", 1))).isEqualTo("0");
          assertThat(s.stat("/f").size()).isEqualTo(1);
        });
  }

  @Test
  void asking_fails_for_memory_that_is_not_there() {
    play(
        s -> {
          s.file("/f", "");

          assertThat(named(s.sys.stat("/f", null))).isEqualTo("EFAULT");
          assertThat(named(s.sys.stat("/f", new Stat[0]))).isEqualTo("EFAULT");
          assertThat(s.sys.pread(s.fd("/f", 0), null, 0)).isZero();
          assertThat(named(s.sys.pread(s.file("/g", "text"), null, 0))).isEqualTo("EFAULT");
          assertThat(named(s.sys.readlink("/proc/self", null))).isEqualTo("EFAULT");
          assertThat(named(s.sys.readlink("/proc/self", ByteBuffer.allocate(0))))
              .isEqualTo("EINVAL");
          assertThat(s.readlink("/f")).isEqualTo("EINVAL");
          assertThat(s.readlink("/none")).isEqualTo("ENOENT");
          assertThat(named(s.sys.getcwd(new String[0]))).isEqualTo("EFAULT");
          assertThat(named(s.sys.chdir("/f"))).isEqualTo("ENOTDIR");
          assertThat(named(s.sys.chdir("/none"))).isEqualTo("ENOENT");
        });
  }

  @Test
  void the_names_of_a_directory_are_told_once_and_as_many_as_fit() {
    play(
        s -> {
          s.sys.mkdir("/d", 0755);
          s.file("/d/a", "");
          s.file("/d/bc", "");
          int fd = s.fd("/d", O_DIRECTORY);
          ByteBuffer small = ByteBuffer.allocate(3);

          assertThat(s.sys.getdents(fd, ByteBuffer.allocate(1))).isEqualTo(-22);
          assertThat(s.sys.getdents(fd, small)).isEqualTo(2);
          assertThat(FileScene.text(small)).isEqualTo("a\0");
          assertThat(s.sys.getdents(fd, small.clear())).isEqualTo(3);
          assertThat(FileScene.text(small)).isEqualTo("bc\0");
          assertThat(s.sys.getdents(fd, small.clear())).isZero();
          assertThat(named(s.sys.getdents(s.fd("/d/a", 0), small))).isEqualTo("ENOTDIR");
        });
  }
}
