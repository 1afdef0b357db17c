package org.gardenhose.pipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.gardenhose.abi.PipeAbi.POLLERR;
import static org.gardenhose.abi.PipeAbi.POLLHUP;
import static org.gardenhose.abi.PipeAbi.POLLOUT;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.gardenhose.abi.Errno;
import org.junit.jupiter.api.Test;

/// Every call on every state a pipe can be in, as one table. None of the calls waits.
class PipeStateSpec {
  @Test
  void every_call_on_every_state_L33_L41_L48_L75_L149_L163() {
    String expected =
        """
        state         w1     w4K    w8K    r1 r64K   gift   s>     s<     4K    8K    pr pw
        empty         1      4096   8192   EAGAIN EAGAIN 1  EAGAIN 3      4096  8192  0  4
        one byte      1      4096   8192   1  1      1      1      3      4096  8192  1  4
        a slot free   1      4096   4096   1  61440  1      61440  3      EBUSY EBUSY 1  4
        a byte free   1      EAGAIN EAGAIN 1  65535  EAGAIN 65535  EAGAIN EBUSY EBUSY 1  0
        full          EAGAIN EAGAIN EAGAIN 1  65536  EAGAIN 65536  EAGAIN EBUSY EBUSY 1  0
        no writer     -      -      -      0  0      -      0      -      4096  8192  16 -
        last words    -      -      -      1  5      -      5      -      4096  8192  17 -
        no reader     EPIPE  EPIPE  EPIPE  -  -      EPIPE  -      EPIPE  4096  8192  -  12
        unread        EPIPE  EPIPE  EPIPE  -  -      EPIPE  -      EPIPE  EBUSY EBUSY -  8
        both gone     EPIPE  EPIPE  EPIPE  0  0      EPIPE  0      EPIPE  4096  8192  16 12
        """;

    assertThat(table()).isEqualTo(expected.replaceAll(" {2,}", " "));
  }

  @Test
  void a_tee_comes_to_what_a_splice_does_on_every_state_L159() {
    Map<String, ToLongFunction<Scene>> calls = calls();
    states()
        .forEach(
            (state, make) -> {
              assertThat(cell(state, "t>", make, scene -> scene.tee(scene.another(16), 65536)))
                  .as(state)
                  .isEqualTo(cell(state, "s>", make, calls.get("s>")));
              assertThat(cell(state, "t<", make, scene -> other(scene).tee(scene, 99)))
                  .as(state)
                  .isEqualTo(cell(state, "s<", make, calls.get("s<")));
            });
  }

  @Test
  void after_an_abort_no_call_moves_a_byte() {
    Supplier<Scene> aborted =
        () ->
            made(
                scene -> {
                  scene.write(5);
                  scene.pipe.abort();
                });
    calls()
        .forEach(
            (call, act) -> {
              if (!call.matches("4K|8K|p.")) {
                assertThat(cell("aborted", call, aborted, act)).as(call).isEqualTo("ECANCELED");
              }
            });
    assertThat(aborted.get().pollRead()).isEqualTo(POLLHUP);
    assertThat(aborted.get().pollWrite()).isEqualTo(POLLOUT | POLLERR);
    assertThat(aborted.get().available()).isEqualTo(0);
  }

  private static String table() {
    Map<String, Supplier<Scene>> states = states();
    Map<String, ToLongFunction<Scene>> calls = calls();
    StringBuilder text = new StringBuilder("state");
    calls.keySet().forEach(call -> text.append(' ').append(call));
    states.forEach(
        (state, make) -> {
          text.append('\n').append(state);
          calls.forEach((call, act) -> text.append(' ').append(cell(state, call, make, act)));
        });
    return text.append('\n').toString();
  }

  private static String cell(
      String state, String call, Supplier<Scene> make, ToLongFunction<Scene> act) {
    // A call through an end that is closed does not exist.
    boolean writing = call.matches("w.*|gift|.<|pw");
    boolean reading = call.matches("r.*|.>|pr");
    if (writing && state.matches("no writer|last words")
        || reading && state.matches("no reader|unread")) {
      return "-";
    }
    Scene scene = make.get();
    long result = act.applyAsLong(scene);
    scene.invariants();
    return result < 0 ? Errno.of(result).name() : "" + result;
  }

  private static Map<String, Supplier<Scene>> states() {
    Map<String, Supplier<Scene>> states = new LinkedHashMap<>();
    states.put("empty", () -> made(scene -> {}));
    states.put("one byte", () -> made(scene -> scene.write(1)));
    states.put("a slot free", () -> made(scene -> scene.write(61440)));
    states.put(
        "a byte free",
        () ->
            made(
                scene -> {
                  scene.write(61440);
                  scene.write(4095);
                }));
    states.put("full", () -> made(Scene::fill));
    states.put("no writer", () -> made(Scene::closeWriter));
    states.put(
        "last words",
        () ->
            made(
                scene -> {
                  scene.write(5);
                  scene.closeWriter();
                }));
    states.put("no reader", () -> made(Scene::closeReader));
    states.put("unread", () -> made(scene -> scene.fill().closeReader()));
    states.put(
        "both gone",
        () ->
            made(
                scene -> {
                  scene.write(5);
                  scene.closeReader();
                  scene.closeWriter();
                }));
    return states;
  }

  private static Scene made(Consumer<Scene> steps) {
    Scene scene = Scene.open();
    steps.accept(scene);
    return scene;
  }

  private static Map<String, ToLongFunction<Scene>> calls() {
    Map<String, ToLongFunction<Scene>> calls = new LinkedHashMap<>();
    calls.put("w1", scene -> scene.write(1));
    calls.put("w4K", scene -> scene.write(4096));
    calls.put("w8K", scene -> scene.write(8192));
    calls.put("r1", scene -> scene.read(1));
    calls.put("r64K", scene -> scene.read(65536));
    calls.put("gift", scene -> scene.gift(0, 1));
    calls.put("s>", scene -> scene.splice(scene.another(16), 65536));
    calls.put("s<", scene -> other(scene).splice(scene, 99));
    calls.put("4K", scene -> scene.resize(4096));
    calls.put("8K", scene -> scene.resize(8192));
    calls.put("pr", Scene::pollRead);
    calls.put("pw", Scene::pollWrite);
    return calls;
  }

  private static Scene other(Scene scene) {
    Scene other = scene.another(16);
    other.write("abc");
    return other;
  }
}
