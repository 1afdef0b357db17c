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
import jdk.jfr.Timespan;

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

  /// Returns whether somebody records waits, so that they have to be timed.
  static boolean waitsWanted() {
    return recording() && new Wait().isEnabled();
  }

  static void waited(String pipe, boolean writing, long nanos) {
    if (recording()) {
      Wait event = new Wait();
      event.pipe = pipe;
      event.writing = writing;
      event.waited = nanos;
      if (nanos >= Wait.LONG_NANOS) {
        event.commit();
      }
    }
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
  @Threshold("0 ns")
  private static final class Wait extends Event {
    /// From here on a wait is long.
    static final long LONG_NANOS = 20_000_000;

    @Label("Pipe")
    String pipe = "";

    @Label("Writing")
    boolean writing;

    @Label("Waited")
    @Timespan(Timespan.NANOSECONDS)
    long waited;
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
