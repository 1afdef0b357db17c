package org.gardenhose.bench.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.gardenhose.bench.BytePipe;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// What the benchmarks compare must be pipes in the first place.
@Timeout(30)
class PeerTest {
  private static final int CAPACITY = 1 << 16;

  static Stream<Arguments> peersAndChunks() {
    return Stream.of(Peer.values())
        .flatMap(peer -> Stream.of(1, 100, 5000).map(chunk -> Arguments.of(peer, chunk)));
  }

  @ParameterizedTest
  @MethodSource("peersAndChunks")
  void bytes_come_out_as_they_went_in(Peer peer, int chunk) throws Exception {
    byte[] sent = new byte[Math.min(100 * chunk, 30_000)];
    new Random(42).nextBytes(sent);
    BytePipe pipe = peer.open(CAPACITY, chunk);

    byte[] received = pass(pipe, sent, chunk);

    assertThat(received).isEqualTo(sent);
  }

  @ParameterizedTest
  @EnumSource(Peer.class)
  void a_reader_with_less_room_than_was_written_gets_it_in_pieces(Peer peer) throws Exception {
    byte[] sent = new byte[1000];
    new Random(42).nextBytes(sent);
    BytePipe pipe = peer.open(CAPACITY, 1000);

    Future<byte[]> received;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      received = threads.submit(reading(pipe, 7));
      pipe.write(sent, 0, sent.length);
      pipe.closeWrite();
    }

    assertThat(received.get()).isEqualTo(sent);
  }

  @Test
  void a_peer_is_found_by_the_name_that_the_results_use() {
    for (Peer peer : Peer.values()) {
      assertThat(Peer.named(peer.label())).isSameAs(peer);
    }
  }

  @Test
  void an_unknown_peer_is_named_in_the_complaint() {
    assertThatThrownBy(() -> Peer.named("carrier-pigeon")).hasMessageContaining("carrier-pigeon");
  }

  private static byte[] pass(BytePipe pipe, byte[] bytes, int chunk) throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<byte[]> received = threads.submit(reading(pipe, chunk));
      for (int at = 0; at < bytes.length; at += chunk) {
        pipe.write(bytes, at, Math.min(chunk, bytes.length - at));
      }
      pipe.closeWrite();
      return received.get();
    }
  }

  private static Callable<byte[]> reading(BytePipe pipe, int room) {
    return () -> {
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      byte[] bytes = new byte[room];
      for (int n = pipe.read(bytes, 0, room); n >= 0; n = pipe.read(bytes, 0, room)) {
        all.write(bytes, 0, n);
      }
      pipe.closeRead();
      return all.toByteArray();
    };
  }
}
