package org.gardenhose.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.gardenhose.BrokenPipeException;
import org.gardenhose.Pipe;
import org.gardenhose.ReadEnd;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Bodies through a real client and a real server on this machine.
class PipeBodiesSpec {
  private static final int LARGE = 5_000_000;

  private HttpServer server;
  private HttpClient client;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/echo", PipeBodiesSpec::echo);
    server.createContext("/endless", PipeBodiesSpec::endless);
    server.start();
    client = HttpClient.newHttpClient();
  }

  @AfterEach
  void stop() {
    client.shutdownNow();
    server.stop(0);
  }

  private static void echo(HttpExchange exchange) throws IOException {
    try (exchange) {
      // All of it first: the client reads nothing before it has sent everything.
      byte[] body = exchange.getRequestBody().readAllBytes();
      exchange.sendResponseHeaders(200, 0);
      exchange.getResponseBody().write(body);
    }
  }

  private static void endless(HttpExchange exchange) throws IOException {
    try (exchange;
        OutputStream body = exchange.getResponseBody()) {
      exchange.sendResponseHeaders(200, 0);
      for (; ; ) {
        body.write(new byte[10_000]);
      }
    }
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(
        URI.create("http://localhost:%d%s".formatted(server.getAddress().getPort(), path)));
  }

  @Test
  void what_code_writes_is_sent_and_what_comes_back_is_read() throws Exception {
    byte[] body = "hello".repeat(LARGE / 5).getBytes(UTF_8);
    HttpRequest post = request("/echo").POST(PipeBodies.writtenBy(out -> out.write(body))).build();

    try (InputStream in = client.send(post, PipeBodies.toReadEnd()).body().inputStream()) {
      assertThat(in.readAllBytes()).isEqualTo(body);
    }
  }

  @Test
  void a_pipe_is_sent_while_it_is_written() throws Exception {
    Pipe pipe = Pipe.open();
    HttpRequest post = request("/echo").POST(PipeBodies.readFrom(pipe.readEnd())).build();
    var response = client.sendAsync(post, HttpResponse.BodyHandlers.ofString());

    pipe.writeEnd().write("first ".getBytes(UTF_8));
    pipe.writeEnd().write("second".getBytes(UTF_8));
    pipe.writeEnd().close();

    assertThat(response.get().body()).isEqualTo("first second");
  }

  @Test
  void a_producer_that_fails_fails_the_request() {
    HttpRequest post =
        request("/echo")
            .POST(
                PipeBodies.writtenBy(
                    out -> {
                      out.write(1);
                      throw new IllegalStateException("no more rows");
                    }))
            .build();

    assertThatThrownBy(() -> client.send(post, HttpResponse.BodyHandlers.ofString()))
        .isInstanceOf(IOException.class)
        .hasRootCauseMessage("no more rows");
  }

  @Test
  void a_producer_hears_of_a_request_that_is_given_up() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch heard = new CountDownLatch(1);
    HttpRequest post =
        request("/echo")
            .POST(
                PipeBodies.writtenBy(
                    out -> {
                      try {
                        for (; ; ) {
                          out.write(new byte[10_000]);
                          begun.countDown();
                        }
                      } catch (BrokenPipeException e) {
                        heard.countDown();
                        throw e;
                      }
                    }))
            .build();
    var response = client.sendAsync(post, PipeBodies.toReadEnd());

    begun.await();

    response.cancel(true);

    heard.await();
  }

  @Test
  void a_response_may_be_left_half_read() throws Exception {
    HttpResponse<ReadEnd> response =
        client.send(request("/endless").build(), PipeBodies.toReadEnd());

    try (ReadEnd body = response.body()) {
      assertThat(body.read(new byte[100])).isPositive();
    }

    assertThat(response.statusCode()).isEqualTo(200);
  }
}
