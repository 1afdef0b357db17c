package org.gardenhose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a pipe tells of itself: capacity, counters, text, thread dumps, flight recordings.
class SeenFromOutsideSpec {
  private final Pipe pipe = Pipe.open(PipeOptions.DEFAULT.withName("orders").withTimedWaits(true));
  private final ReadEnd in = pipe.readEnd();
  private final WriteEnd out = pipe.writeEnd();

  @Test
  void the_capacity_is_rounded_up_to_a_power_of_two_pages_L22() {
    assertThat(in.capacity()).isEqualTo(65536);
    assertThat(Pipe.open(1).readEnd().capacity()).isEqualTo(4096);
    assertThat(Pipe.open(4097).readEnd().capacity()).isEqualTo(8192);
    assertThat(Pipe.open(PipeOptions.CAPACITY_MAX).readEnd().capacity()).isEqualTo(1 << 30);
    assertThatThrownBy(() -> Pipe.open(0)).hasMessageContaining("capacityBytes");
  }

  @Test
  void the_capacity_changes_while_bytes_are_in_the_pipe() throws Exception {
    out.write(new byte[10_000]);

    assertThat(in.setCapacity(16_384)).isEqualTo(16_384);
    assertThat(out.capacity()).isEqualTo(16_384);
    assertThatThrownBy(() -> out.setCapacity(8192))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("EBUSY");
    assertThat(in.inputStream().readNBytes(10_000)).hasSize(10_000);
  }

  @Test
  void room_is_what_writes_of_any_size_can_use() throws Exception {
    assertThat(out.room()).isEqualTo(65536);

    out.write(new byte[1]);

    assertThat(out.room()).isEqualTo(65536 - 4096);
  }

  @Test
  void counters_count_bytes_calls_and_the_high_water_mark() throws Exception {
    out.write(new byte[100]);
    out.write(new byte[200]);
    in.read(new byte[50]);

    PipeStatistics statistics = in.statistics();

    assertThat(statistics.bytesWritten()).isEqualTo(300);
    assertThat(statistics.bytesRead()).isEqualTo(50);
    assertThat(statistics.writes()).isEqualTo(2);
    assertThat(statistics.reads()).isEqualTo(1);
    assertThat(statistics.highWaterBytes()).isEqualTo(300);
  }

  @Test
  void waits_are_timed_if_asked_for() throws Exception {
    Blocked<Integer> reader = Blocked.reader(in, () -> in.read(new byte[1]));
    out.write(new byte[1]);
    reader.result();

    assertThat(in.statistics().readersBlocked()).isPositive();
    assertThat(in.statistics().writersBlocked()).isZero();
  }

  @Test
  void the_text_says_fullness_ends_and_waiters() throws Exception {
    out.write(new byte[10]);

    assertThat(pipe.toString())
        .isEqualTo("orders pipe[10 of 65536 bytes, 1 readers (0 waiting), 1 writers (0 waiting)]");
    in.close();
    assertThat(in.toString()).startsWith("read end of orders").endsWith("(closed)");
  }

  @Test
  void a_thread_dump_shows_the_pipe_that_is_waited_for() throws Exception {
    Blocked<Integer> reader = Blocked.reader(false, in, () -> in.read(new byte[1]));
    while (reader.thread().getState() != Thread.State.WAITING) {
      Thread.yield();
    }

    assertThat(LockSupport.getBlocker(reader.thread()).toString())
        .startsWith("orders pipe[0 of 65536 bytes, 1 readers (1 waiting)");
    out.close();
    reader.result();
  }

  @Test
  void a_flight_recording_has_broken_pipes_and_abandoned_ends(@TempDir Path folder)
      throws Exception {
    Path file = folder.resolve("pipes.jfr");
    try (Recording recording = new Recording()) {
      recording.start();
      in.close();
      assertThatThrownBy(() -> out.write(new byte[1])).isInstanceOf(BrokenPipeException.class);
      ReadEnd left = Pipe.open().readEnd();
      Blocked<Integer> reader = Blocked.reader(left, () -> left.read(new byte[1]));
      while (!reader.returned()) {
        System.gc();
        Thread.yield();
      }
      recording.stop();
      recording.dump(file);
    }

    List<RecordedEvent> events = RecordingFile.readAllEvents(file);
    assertThat(events)
        .filteredOn(event -> event.getEventType().getName().startsWith("org.gardenhose"))
        .extracting(event -> event.getEventType().getName())
        .contains("org.gardenhose.BrokenPipe", "org.gardenhose.AbandonedEnd");
    assertThat(Files.size(file)).isPositive();
  }

  @Test
  void a_flight_recording_has_the_waits_that_are_longer_than_its_threshold(@TempDir Path folder)
      throws Exception {
    Path file = folder.resolve("waits.jfr");
    try (Recording recording = new Recording()) {
      recording.enable("org.gardenhose.PipeWait").withThreshold(Duration.ZERO);
      recording.start();
      Blocked<Integer> reader = Blocked.reader(in, () -> in.read(new byte[1]));
      out.write(new byte[1]);
      reader.result();
      recording.stop();
      recording.dump(file);
    }

    assertThat(RecordingFile.readAllEvents(file))
        .filteredOn(event -> event.getEventType().getName().equals("org.gardenhose.PipeWait"))
        .anySatisfy(
            event -> {
              assertThat(event.getString("pipe")).isEqualTo("orders");
              assertThat(event.getBoolean("writing")).isFalse();
              assertThat(event.getDuration()).isPositive();
            });
  }

  @Test
  void a_deadline_far_away_is_none() {
    assertThat(Deadline.after(Duration.ofDays(1_000_000)).passed()).isFalse();
    assertThat(Deadline.after(Duration.ofSeconds(-1)).passed()).isTrue();
  }

  @Test
  void a_two_way_pipe_joins_two_parties() throws Exception {
    try (TwoWayPipe both = TwoWayPipe.open()) {
      both.left().out().write(new byte[] {1});
      both.right().out().write(new byte[] {2, 3});

      assertThat(both.right().in().read(new byte[10])).isEqualTo(1);
      assertThat(both.left().in().read(new byte[10])).isEqualTo(2);
    }
  }
}
