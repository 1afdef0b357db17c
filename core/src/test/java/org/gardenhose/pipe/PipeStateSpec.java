package org.gardenhose.pipe;

import static org.assertj.core.api.Assertions.assertThat;

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
  void every_call_on_every_state_L33_L41_L48_L75_L149_L159_L163() {
    String expected =
        """
        state              write 1 write 4096  write 8K   read 1  read 64K   gift 1  splice>   splice<   tee>      tee<      4096      8192      pollr pollw
        empty              1       4096        8192       EAGAIN  EAGAIN     1       EAGAIN    3         EAGAIN    3         4096      8192      0     4
        one byte           1       4096        8192       1       1          1       1         3         1         3         4096      8192      1     4
        one slot free      1       4096        4096       1       61440      1       61440     3         61440     3         EBUSY     EBUSY     1     4
        one byte left      1       EAGAIN      EAGAIN     1       65535      EAGAIN  65535     EAGAIN    65535     EAGAIN    EBUSY     EBUSY     1     0
        full               EAGAIN  EAGAIN      EAGAIN     1       65536      EAGAIN  65536     EAGAIN    65536     EAGAIN    EBUSY     EBUSY     1     0
        no writer, empty   -       -           -          0       0          -       0         -         0         -         4096      8192      16    -
        no writer, data    -       -           -          1       5          -       5         -         5         -         4096      8192      17    -
        no reader, empty   EPIPE   EPIPE       EPIPE      -       -          EPIPE   -         EPIPE     -         EPIPE     4096      8192      -     12
        no reader, full    EPIPE   EPIPE       EPIPE      -       -          EPIPE   -         EPIPE     -         EPIPE     EBUSY     EBUSY     -     8
        both gone          EPIPE   EPIPE       EPIPE      0       0          EPIPE   0         EPIPE     0         EPIPE     4096      8192      16    12
        aborted            ECANCELED ECANCELED ECANCELED  ECANCELED ECANCELED ECANCELED ECANCELED ECANCELED ECANCELED ECANCELED 4096 8192 16 12
        """;

    assertThat(table()).isEqualTo(expected.replaceAll(" {2,}", " "));
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
    boolean writing = call.matches("write.*|gift.*|.*<|pollw");
    boolean reading = call.matches("read.*|.*>|pollr");
    if (writing && state.startsWith("no writer") || reading && state.startsWith("no reader")) {
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
    states.put("one slot free", () -> made(scene -> scene.write(61440)));
    states.put(
        "one byte left",
        () ->
            made(
                scene -> {
                  scene.write(61440);
                  scene.write(4095);
                }));
    states.put("full", () -> made(Scene::fill));
    states.put("no writer, empty", () -> made(Scene::closeWriter));
    states.put(
        "no writer, data",
        () ->
            made(
                scene -> {
                  scene.write(5);
                  scene.closeWriter();
                }));
    states.put("no reader, empty", () -> made(Scene::closeReader));
    states.put("no reader, full", () -> made(scene -> scene.fill().closeReader()));
    states.put(
        "both gone",
        () ->
            made(
                scene -> {
                  scene.write(5);
                  scene.closeReader();
                  scene.closeWriter();
                }));
    states.put(
        "aborted",
        () ->
            made(
                scene -> {
                  scene.write(5);
                  scene.pipe.abort();
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
    calls.put("write 1", scene -> scene.write(1));
    calls.put("write 4096", scene -> scene.write(4096));
    calls.put("write 8K", scene -> scene.write(8192));
    calls.put("read 1", scene -> scene.read(1));
    calls.put("read 64K", scene -> scene.read(65536));
    calls.put("gift 1", scene -> scene.gift(0, 1));
    calls.put("splice>", scene -> scene.splice(scene.another(16), 65536));
    calls.put("splice<", scene -> other(scene).splice(scene, 99));
    calls.put("tee>", scene -> scene.tee(scene.another(16), 65536));
    calls.put("tee<", scene -> other(scene).tee(scene, 99));
    calls.put("4096", scene -> scene.resize(4096));
    calls.put("8192", scene -> scene.resize(8192));
    calls.put("pollr", Scene::pollRead);
    calls.put("pollw", Scene::pollWrite);
    return calls;
  }

  private static Scene other(Scene scene) {
    Scene other = scene.another(16);
    other.write("abc");
    return other;
  }
}
