package org.gardenhose;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Enabled;
import jdk.jfr.Event;
import jdk.jfr.FlightRecorder;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Threshold;
import org.jspecify.annotations.Nullable;

/// What pipes tell the Java Flight Recorder: long waits, broken pipes, abandoned ends.
///
/// **Always true.** Without the module `jdk.jfr`, or with no recording, nothing here is loaded
/// beyond one class and one test of a boolean.
/// **Blocks.** never
final class PipeEvents {
  private static final boolean AVAILABLE = ModuleLayer.boot().findModule("jdk.jfr").isPresent();

  private PipeEvents() {}

  private static boolean recording() {
    return AVAILABLE && FlightRecorder.isInitialized();
  }

  /// Begins to record a wait, if somebody wants it.
  ///
  /// @return what [#endWait] takes, or null; an object, since its caller must not need `jdk.jfr`
  static @Nullable Object beginWait(JavaPipe pipe, boolean writing) {
    if (!recording()) {
      return null;
    }
    Wait event = new Wait();
    if (!event.isEnabled()) {
      return null;
    }
    event.pipe = pipe.name();
    event.writing = writing;
    event.begin();
    return event;
  }

  /// Records the wait, if it was longer than the recording's threshold, 20 ms unless it says so.
  static void endWait(Object began) {
    ((Wait) began).commit();
  }

  static void broken(String pipe, long bytesTransferred) {
    if (recording()) {
      Broken event = new Broken();
      event.pipe = pipe;
      event.bytesTransferred = bytesTransferred;
      event.commit();
    }
  }

  static void abandoned(String pipe, String end) {
    if (recording()) {
      Abandoned event = new Abandoned();
      event.pipe = pipe;
      event.end = end;
      event.commit();
    }
  }

  @Name("org.gardenhose.PipeWait")
  @Label("Pipe Wait")
  @Category({"Gardenhose"})
  @Description("A thread waited long for a pipe to have bytes or room")
  @Enabled
  @StackTrace
  @Threshold("20 ms")
  private static final class Wait extends Event {
    @Label("Pipe")
    String pipe = "";

    @Label("Writing")
    boolean writing;
  }

  @Name("org.gardenhose.BrokenPipe")
  @Label("Broken Pipe")
  @Category({"Gardenhose"})
  @Description("A thread wrote to a pipe that nobody reads any more")
  @Enabled
  @StackTrace
  private static final class Broken extends Event {
    @Label("Pipe")
    String pipe = "";

    @Label("Bytes Written Before")
    long bytesTransferred;
  }

  @Name("org.gardenhose.AbandonedEnd")
  @Label("Abandoned Pipe End")
  @Category({"Gardenhose"})
  @Description("An end of a pipe was never closed, and nobody has it any more")
  @Enabled
  @StackTrace(false)
  private static final class Abandoned extends Event {
    @Label("Pipe")
    String pipe = "";

    @Label("End")
    String end = "";
  }
}
