package org.gardenhose.sys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.gardenhose.abi.FileAbi.F_GETFL;
import static org.gardenhose.abi.FileAbi.O_APPEND;
import static org.gardenhose.abi.FileAbi.O_CREAT;
import static org.gardenhose.abi.FileAbi.O_DIRECTORY;
import static org.gardenhose.abi.FileAbi.O_EXCL;
import static org.gardenhose.abi.FileAbi.O_LARGEFILE;
import static org.gardenhose.abi.FileAbi.O_RDONLY;
import static org.gardenhose.abi.FileAbi.O_RDWR;
import static org.gardenhose.abi.FileAbi.O_TRUNC;
import static org.gardenhose.abi.FileAbi.O_WRONLY;
import static org.gardenhose.abi.PipeAbi.O_DIRECT;
import static org.gardenhose.abi.PipeAbi.O_NONBLOCK;
import static org.gardenhose.sys.FileScene.named;
import static org.gardenhose.sys.FileScene.play;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Opening a FIFO: who waits for whom, on one processor and on many (L-97 to L-106).
class FifoOpenSpec {
  static Stream<Kernel> kernels() {
    return Stream.of(Kernel.seeded(1), Kernel.seeded(2), Kernel.seeded(3), Kernel.parallel());
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void reader_and_writer_wait_for_each_other_L98(Kernel kernel) {
    play(
        kernel,
        s -> {
          s.sys.mkfifo("/p", 0644);
          s.fork(child -> child.write(child.fd("/p", O_WRONLY), "hello"));

          int fd = s.fd("/p", O_RDONLY);

          assertThat(s.read(fd)).isEqualTo("hello");
          assertThat(s.read(fd)).isEmpty();
          assertThat(s.await()).isZero();
        });
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void a_partner_that_goes_at_once_has_been_there_L99(Kernel kernel) {
    play(
        kernel,
        s -> {
          s.sys.mkfifo("/p", 0644);
          s.fork(child -> child.sys.close(child.fd("/p", O_RDONLY)));

          int fd = s.fd("/p", O_WRONLY);

          s.await();
          assertThat(fd).isZero();
        });
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void an_opener_for_both_releases_whoever_waits_L101(Kernel kernel) {
    play(
        kernel,
        s -> {
          s.sys.mkfifo("/p", 0644);
          s.fork(child -> child.fd("/p", O_RDONLY));
          s.fork(child -> child.fd("/p", O_WRONLY));

          s.fd("/p", O_RDWR);

          assertThat(s.await()).isZero();
          assertThat(s.await()).isZero();
        });
  }

  @Test
  void without_a_peer_only_a_writer_that_may_not_wait_is_refused_L98() {
    play(
        s -> {
          s.sys.mkfifo("/p", 0644);

          assertThat(s.open("/p", O_WRONLY | O_NONBLOCK)).isEqualTo("ENXIO");
          assertThat(s.open("/p", 3)).isEqualTo("EINVAL");
          assertThat(s.open("/p", O_RDONLY | O_NONBLOCK)).isEqualTo("0");
          assertThat(s.read(0)).isEmpty();
          assertThat(s.open("/p", O_WRONLY | O_NONBLOCK)).isEqualTo("1");
          assertThat(s.open("/p", O_WRONLY)).isEqualTo("2");
          assertThat(s.open("/p", O_RDONLY)).isEqualTo("3");
          assertThat(s.open("/p", O_RDWR | O_NONBLOCK)).isEqualTo("4");
        });
  }

  @Test
  void flags_that_a_FIFO_takes_and_those_it_does_not_L102_L17() {
    play(
        s -> {
          s.sys.mkfifo("/p", 0644);
          int fd = s.fd("/p", O_RDWR | O_CREAT | O_TRUNC | O_APPEND);

          assertThat(s.sys.fcntl(fd, F_GETFL, 0)).isEqualTo(O_RDWR | O_APPEND | O_LARGEFILE);
          assertThat(s.open("/p", O_RDWR | O_DIRECT)).isEqualTo("EINVAL");
          assertThat(s.open("/p", O_RDWR | O_DIRECTORY)).isEqualTo("ENOTDIR");
          assertThat(s.open("/p", O_CREAT | O_EXCL)).isEqualTo("EEXIST");
          assertThat(named(s.sys.truncate("/p", 0))).isEqualTo("EINVAL");
          assertThat(named(s.sys.ftruncate(fd, 0))).isEqualTo("EINVAL");
        });
  }

  @Test
  void a_refused_open_leaves_nobody_at_an_end() {
    play(
        s -> {
          s.sys.mkfifo("/p", 0644);
          s.open("/p", O_RDWR | O_DIRECT);

          assertThat(s.open("/p", O_WRONLY | O_NONBLOCK)).isEqualTo("ENXIO");
        });
  }

  @Test
  void hard_links_share_the_pipe_and_a_new_FIFO_of_the_name_does_not_L104() {
    play(
        s -> {
          s.sys.mkfifo("/p", 0644);
          s.sys.link("/p", "/q");
          int p = s.fd("/p", O_RDWR);
          int q = s.fd("/q", O_RDWR);
          assertThat(s.fstat(p).links()).isEqualTo(2);

          s.write(p, "shared");
          s.sys.unlink("/p");
          s.sys.mkfifo("/p", 0644);

          assertThat(s.read(q)).isEqualTo("shared");
          assertThat(s.open("/p", O_WRONLY | O_NONBLOCK)).isEqualTo("ENXIO");
          assertThat(s.fstat(q).links()).isEqualTo(1);
        });
  }

  @Test
  void data_outlives_its_reader_while_a_writer_stays_L11() {
    play(
        s -> {
          s.sys.mkfifo("/p", 0644);
          int reader = s.fd("/p", O_RDONLY | O_NONBLOCK);
          int writer = s.fd("/p", O_WRONLY);
          s.write(writer, "kept");

          s.sys.close(reader);

          assertThat(s.read(s.fd("/p", O_RDONLY))).isEqualTo("kept");
        });
  }

  @Test
  void executing_a_FIFO_is_EACCES_L107() {
    play(
        s -> {
          s.sys.mkfifo("/p", 0777);

          assertThat(named(s.sys.execve("/p", java.util.List.of("p"), java.util.Map.of())))
              .isEqualTo("EACCES");
        });
  }
}
