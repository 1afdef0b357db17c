package org.gardenhose.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.gardenhose.abi.FileAbi.O_RDONLY;
import static org.gardenhose.abi.FileAbi.O_RDWR;
import static org.gardenhose.abi.FileAbi.O_WRONLY;
import static org.gardenhose.abi.PipeAbi.O_NONBLOCK;
import static org.gardenhose.abi.PipeAbi.POLLERR;
import static org.gardenhose.abi.PipeAbi.POLLHUP;
import static org.gardenhose.abi.PipeAbi.POLLIN;
import static org.gardenhose.abi.PipeAbi.POLLOUT;
import static org.gardenhose.abi.PollAbi.EPOLLET;
import static org.gardenhose.abi.PollAbi.POLLRDNORM;
import static org.gardenhose.abi.PollAbi.POLLWRNORM;

import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import org.gardenhose.abi.EpollEvent;
import org.gardenhose.abi.FileAbi;
import org.gardenhose.pipe.KernelPipe;
import org.gardenhose.pipe.SystemPipe;
import org.gardenhose.wait.Scheduler;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What poll and epoll say of a FIFO that is opened again and again (L-75, L-77, L-78, L-85).
class FifoPollSpec {
  private static final SystemPipe.Observer NOBODY =
      new SystemPipe.Observer() {
        @Override
        public KernelPipe.@Nullable Wait waits(SystemPipe pipe, SystemPipe.Sleep sleep) {
          return null;
        }

        @Override
        public void brokenPipe() {}
      };

  private final FileCount count = new FileCount(100);
  private final Pipefs pipefs = new Pipefs(Scheduler.SMP, NOBODY, new PipeLimits(), count);
  private final PipeInode fifo =
      new PipeInode(pipefs, 1, 1, FileAbi.S_IFIFO | 0600, Credentials.ROOT, Scheduler.SMP);

  private OpenFileDescription open(int access) {
    FileOperations[] opened = new FileOperations[1];
    assertThat(fifo.open(access | O_NONBLOCK, Credentials.ROOT, opened)).isZero();
    count.tryOpen();
    return new OpenFileDescription(fifo, opened[0], access | O_NONBLOCK, "fifo", count);
  }

  private static int poll(OpenFileDescription file) {
    return file.operations().poll(file) & ~(POLLRDNORM | POLLWRNORM);
  }

  private static void write(OpenFileDescription file) {
    assertThat(file.operations().write(file, new byte[1], 0, 1, false)).isEqualTo(1);
  }

  private static void read(OpenFileDescription file) {
    assertThat(file.operations().read(file, new byte[1], 0, 1, false)).isEqualTo(1);
  }

  private Epoll watch(OpenFileDescription file, int events) {
    OpenFileDescription epoll =
        Objects.requireNonNull(
            Epoll.create(Scheduler.SMP, new ReentrantLock(), count, Credentials.ROOT));
    Epoll made = (Epoll) epoll.operations();
    assertThat(made.add(file, 1, new EpollEvent(events | EPOLLET, 0))).isZero();
    return made;
  }

  private static int edge(Epoll epoll) {
    EpollEvent[] events = new EpollEvent[1];
    return epoll.take(events) == 0 ? 0 : events[0].events();
  }

  @Test
  void a_reader_that_never_saw_a_writer_has_no_HUP_and_another_may_L77() {
    OpenFileDescription early = open(O_RDONLY);
    assertThat(poll(early)).isZero();

    OpenFileDescription writer = open(O_WRONLY);
    assertThat(poll(early)).isZero();
    writer.put();
    OpenFileDescription late = open(O_RDONLY);

    assertThat(poll(early)).isEqualTo(POLLHUP);
    assertThat(poll(late)).isZero();
  }

  @Test
  void a_new_writer_clears_HUP_for_all_and_its_leaving_sets_it_L78() {
    OpenFileDescription one = open(O_RDONLY);
    OpenFileDescription two = open(O_RDONLY);
    open(O_WRONLY).put();

    OpenFileDescription writer = open(O_WRONLY);
    assertThat(poll(one) | poll(two)).isZero();
    writer.put();

    assertThat(poll(one) & poll(two)).isEqualTo(POLLHUP);
  }

  @Test
  void an_end_for_both_has_IN_and_OUT_and_never_HUP_or_ERR_L75() {
    OpenFileDescription both = open(O_RDWR);

    assertThat(poll(both)).isEqualTo(POLLOUT);
    write(both);
    assertThat(poll(both)).isEqualTo(POLLIN | POLLOUT);
  }

  @Test
  void a_reader_that_comes_back_is_no_edge_for_the_writer_L85() {
    OpenFileDescription reader = open(O_RDONLY);
    OpenFileDescription writer = open(O_WRONLY);
    Epoll epoll = watch(writer, POLLOUT);
    assertThat(edge(epoll)).isEqualTo(POLLOUT);
    reader.put();
    assertThat(edge(epoll)).isEqualTo(POLLOUT | POLLERR);

    open(O_RDONLY);

    assertThat(edge(epoll)).isZero();
    assertThat(poll(writer)).isEqualTo(POLLOUT);
  }

  @Test
  void a_writer_that_comes_back_is_an_edge_for_the_reader_only_with_data_L85() {
    OpenFileDescription reader = open(O_RDONLY);
    OpenFileDescription writer = open(O_WRONLY);
    write(writer);
    writer.put();
    Epoll epoll = watch(reader, POLLIN);
    assertThat(edge(epoll)).isEqualTo(POLLIN | POLLHUP);

    open(O_WRONLY).put();
    assertThat(edge(epoll)).isEqualTo(POLLIN | POLLHUP);
    read(reader);
    assertThat(edge(epoll)).isZero();
    OpenFileDescription again = open(O_WRONLY);

    assertThat(edge(epoll)).isZero();
    again.put();
    assertThat(edge(epoll)).isEqualTo(POLLHUP);
  }

  @Test
  void a_read_through_an_end_for_both_is_no_edge_for_who_wants_IN_alone() {
    OpenFileDescription both = open(O_RDWR);
    Epoll epoll = watch(both, POLLIN);
    assertThat(both.operations().write(both, new byte[65536], 0, 65536, false)).isEqualTo(65536);
    assertThat(edge(epoll)).isEqualTo(POLLIN);

    both.operations().read(both, new byte[8192], 0, 8192, false);

    assertThat(edge(epoll)).isZero();
  }

  @Test
  void the_last_reference_ends_the_registration() {
    OpenFileDescription reader = open(O_RDONLY);
    OpenFileDescription writer = open(O_WRONLY);
    Epoll epoll = watch(reader, POLLIN);
    write(writer);
    reader.put();

    assertThat(edge(epoll)).isZero();
    assertThat(epoll.available()).isFalse();
  }
}
