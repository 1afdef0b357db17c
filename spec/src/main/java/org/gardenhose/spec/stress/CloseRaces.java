package org.gardenhose.spec.stress;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JJ_Result;
import org.openjdk.jcstress.infra.results.J_Result;

/// One goes to sleep, or is busy, while the last one at the other end leaves.
public final class CloseRaces {
  private CloseRaces() {}

  @JCStressTest
  @Description("A reader goes to sleep while the last writer leaves.")
  @Outcome(id = "0", expect = Expect.ACCEPTABLE, desc = "End of file.")
  @Outcome(expect = Expect.FORBIDDEN, desc = "Bytes from nowhere.")
  @State
  public static class A_close_and_a_sleeping_reader {
    private final Stage stage = new Stage(2);

    @Actor
    public void reader(J_Result r) {
      r.r1 = stage.readOffering(9);
    }

    @Actor
    public void writer() {
      stage.closeWriter();
    }
  }

  @JCStressTest
  @Description("A writer writes its last byte and leaves while a reader goes to sleep.")
  @Outcome(id = "1, 0", expect = Expect.ACCEPTABLE, desc = "The byte, then end of file.")
  @Outcome(expect = Expect.FORBIDDEN, desc = "End of file before the last byte.")
  @State
  public static class The_last_byte_and_end_of_file {
    private final Stage stage = new Stage(2);

    @Actor
    public void reader(JJ_Result r) {
      r.r1 = stage.read(9);
      r.r2 = stage.read(9);
    }

    @Actor
    public void writer() {
      stage.write(1);
      stage.closeWriter();
    }
  }

  @JCStressTest
  @Description("A writer goes to sleep on a full pipe while the last reader leaves.")
  @Outcome(id = "-32", expect = Expect.ACCEPTABLE, desc = "A broken pipe.")
  @Outcome(expect = Expect.FORBIDDEN, desc = "Written to nobody.")
  @State
  public static class A_close_and_a_sleeping_writer {
    private final Stage stage = new Stage(1);

    public A_close_and_a_sleeping_writer() {
      stage.tryWrite(4096);
    }

    @Actor
    public void writer(J_Result r) {
      r.r1 = stage.write(1);
    }

    @Actor
    public void reader() {
      stage.closeReader();
    }
  }

  @JCStressTest
  @Description("Both ends are closed at once, with a byte in the pipe.")
  @Outcome(id = "0", expect = Expect.ACCEPTABLE, desc = "The last one has given the page back.")
  @Outcome(expect = Expect.FORBIDDEN, desc = "Neither has.")
  @State
  public static class Two_closes {
    private final Stage stage = new Stage(1);

    public Two_closes() {
      stage.tryWrite(1);
    }

    @Actor
    public void reader() {
      stage.closeReader();
    }

    @Actor
    public void writer() {
      stage.closeWriter();
    }

    @Arbiter
    public void left(J_Result r) {
      r.r1 = stage.pipe.available() + stage.pipe.occupancy();
    }
  }

  @JCStressTest
  @Description("Everything is aborted while a reader goes to sleep.")
  @Outcome(id = "-125", expect = Expect.ACCEPTABLE, desc = "Cancelled.")
  @Outcome(expect = Expect.FORBIDDEN, desc = "Something else.")
  @State
  public static class An_abort_and_a_sleeping_reader {
    private final Stage stage = new Stage(1);

    @Actor
    public void reader(J_Result r) {
      r.r1 = stage.read(9);
    }

    @Actor
    public void other() {
      stage.pipe.abort();
    }
  }
}
