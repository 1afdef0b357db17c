package org.gardenhose.sys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.gardenhose.abi.FileAbi.O_APPEND;
import static org.gardenhose.abi.FileAbi.O_CREAT;
import static org.gardenhose.abi.FileAbi.O_EXCL;
import static org.gardenhose.abi.FileAbi.O_NOFOLLOW;
import static org.gardenhose.abi.FileAbi.O_RDONLY;
import static org.gardenhose.abi.FileAbi.O_RDWR;
import static org.gardenhose.abi.FileAbi.O_WRONLY;
import static org.gardenhose.abi.FileAbi.SEEK_CUR;
import static org.gardenhose.sys.FileScene.named;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A directory of the host in the tree of names: what works there, and that nothing leads out of
/// it.
class HostMountSpec {
  @TempDir Path outside;

  private void play(FileScene.Body body) throws IOException {
    Path inside = Files.createDirectories(outside.resolve("in"));
    Files.writeString(outside.resolve("secret"), "secret");
    Kernel kernel = Kernel.seeded(1);
    kernel.mount("/mnt/host", inside);
    FileScene.play(kernel, body);
  }

  private Path inside(String name) {
    return outside.resolve("in").resolve(name);
  }

  @Test
  void files_are_made_written_read_and_removed() throws IOException {
    play(
        s -> {
          int fd = s.file("/mnt/host/f", "hello");
          s.sys.pwrite(fd, FileScene.bytes("J"), 0);
          s.write(s.fd("/mnt/host/f", O_WRONLY | O_APPEND), "!");

          assertThat(Files.readString(inside("f"))).isEqualTo("Jello!");
          assertThat(s.pread(fd, 1, 3)).isEqualTo("ell");
          assertThat(s.read(fd)).isEqualTo("!");
          assertThat(s.sys.ftruncate(fd, 2)).isZero();
          assertThat(s.sys.truncate("/mnt/host/f", 4)).isZero();
          assertThat(Files.readString(inside("f"))).isEqualTo("Je\0\0");
          assertThat(s.stat("/mnt/host/f").size()).isEqualTo(4);
          assertThat(s.stat("/mnt/host/f").mtimeNanos() / 1_000_000)
              .isEqualTo(Files.getLastModifiedTime(inside("f")).toMillis());
          assertThat(s.sys.rename("/mnt/host/f", "/mnt/host/g")).isZero();
          assertThat(s.sys.unlink("/mnt/host/g")).isZero();
          assertThat(Files.exists(inside("g"))).isFalse();
        });
  }

  @Test
  void directories_are_made_listed_and_removed() throws IOException {
    play(
        s -> {
          assertThat(s.sys.mkdir("/mnt/host/d", 0755)).isZero();
          assertThat(named(s.sys.mkdir("/mnt/host/d", 0755))).isEqualTo("EEXIST");
          s.file("/mnt/host/d/x", "");
          assertThat(named(s.sys.rmdir("/mnt/host/d"))).isEqualTo("ENOTEMPTY");
          var names = java.nio.ByteBuffer.allocate(99);
          s.sys.getdents(s.fd("/mnt/host", 0), names);
          assertThat(FileScene.text(names)).isEqualTo("d\0");
          s.sys.chdir("/mnt/host/d");
          String[] path = new String[1];
          s.sys.getcwd(path);
          assertThat(path[0]).isEqualTo("/mnt/host/d");
          assertThat(s.open("../d/x", 0)).isEqualTo("2");
          assertThat(s.open("../../../tmp", 0)).isEqualTo("3");
          s.sys.unlink("x");
          assertThat(s.sys.rmdir("/mnt/host/d")).isZero();
          assertThat(s.open("y", O_CREAT)).isEqualTo("ENOENT");
        });
  }

  @Test
  void no_path_and_no_link_leads_out() throws IOException {
    Files.createDirectories(outside.resolve("in/d"));
    Files.createSymbolicLink(inside("up"), Path.of("../secret"));
    Files.createSymbolicLink(inside("absolute"), outside.resolve("secret"));
    Files.createSymbolicLink(inside("parent"), Path.of(".."));
    Files.createSymbolicLink(inside("loop"), Path.of("loop"));
    Files.createSymbolicLink(inside("d/good"), Path.of("../f"));
    Files.writeString(inside("f"), "inside");
    play(
        s -> {
          assertThat(s.open("/mnt/host/up", 0)).isEqualTo("EACCES");
          assertThat(s.open("/mnt/host/absolute", O_RDWR | O_CREAT)).isEqualTo("EACCES");
          assertThat(s.open("/mnt/host/parent/secret", 0)).isEqualTo("EACCES");
          assertThat(s.open("/mnt/host/../../secret", 0)).isEqualTo("ENOENT");
          assertThat(s.open("/mnt/host/loop", 0)).isEqualTo("ELOOP");
          assertThat(s.open("/mnt/host/up", O_NOFOLLOW)).isEqualTo("ELOOP");
          assertThat(s.readlink("/mnt/host/up")).isEqualTo("../secret");
          assertThat(s.read(s.fd("/mnt/host/d/good", 0))).isEqualTo("inside");
        });
  }

  @Test
  void a_directory_swapped_for_a_link_after_the_walk_is_not_followed() throws IOException {
    play(
        s -> {
          s.sys.mkdir("/mnt/host/d", 0755);
          s.sys.chdir("/mnt/host/d");
          Files.delete(inside("d"));
          Files.createSymbolicLink(inside("d"), Path.of(".."));

          assertThat(s.open("secret", 0)).isIn("ENOENT", "ELOOP", "ENOTDIR");
          assertThat(s.open("made", O_CREAT)).isIn("ENOENT", "ELOOP", "ENOTDIR");
          assertThat(Files.exists(outside.resolve("made"))).isFalse();
        });
  }

  @Test
  void special_files_and_what_the_host_cannot_make_are_refused() throws Exception {
    play(
        s -> {
          s.file("/mnt/host/f", "");
          new ProcessBuilder("mkfifo", inside("p").toString()).start().waitFor();

          assertThat(s.open("/mnt/host/p", O_RDONLY)).isEqualTo("EACCES");
          assertThat(named(s.sys.mkfifo("/mnt/host/q", 0644))).isEqualTo("EPERM");
          assertThat(named(s.sys.link("/mnt/host/f", "/mnt/host/g"))).isEqualTo("EPERM");
          assertThat(named(s.sys.rename("/mnt/host/f", "/f"))).isEqualTo("EXDEV");
          assertThat(s.open("/mnt/host/none", 0)).isEqualTo("ENOENT");
          assertThat(s.open("/mnt/host/f/x", 0)).isEqualTo("ENOTDIR");
          assertThat(s.open("/mnt/host/f", O_CREAT | O_EXCL)).isEqualTo("EEXIST");
        });
  }

  @Test
  void bytes_go_between_a_pipe_and_the_host_both_ways() throws IOException {
    play(
        s -> {
          int[] pipe = s.pipe();
          int out = s.fd("/mnt/host/out", O_CREAT | O_RDWR);
          String text = "0123456789".repeat(1000);
          s.write(pipe[1], text);

          assertThat(s.sys.splice(pipe[0], null, out, null, 1 << 20, 0)).isEqualTo(10000);
          assertThat(Files.readString(inside("out"))).isEqualTo(text);
          assertThat(s.sys.lseek(out, 0, SEEK_CUR)).isEqualTo(10000);
          assertThat(s.sys.splice(out, new long[] {5}, pipe[1], null, 1 << 20, 0)).isEqualTo(9995);
          assertThat(s.read(pipe[0])).isEqualTo(text.substring(5));
        });
  }

  @Test
  void a_directory_that_is_not_there_cannot_be_mounted() {
    Kernel kernel = Kernel.seeded(1);

    assertThatThrownBy(() -> kernel.mount("/mnt", outside.resolve("none")))
        .isInstanceOf(IOException.class);
    assertThatThrownBy(() -> kernel.mount("/proc/x", outside))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> kernel.mount("mnt", outside))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
