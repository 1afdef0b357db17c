package org.gardenhose.spec.stress;

import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JJJ_Result;
import org.openjdk.jcstress.infra.results.JJ_Result;
import org.openjdk.jcstress.infra.results.J_Result;

/// One goes to sleep while the other makes it possible to go on. A wake-up that is lost shows as a
/// test that does not end.
public final class WakeRaces {
  private WakeRaces() {}

  @JCStressTest
  @Description("A reader goes to sleep on an empty pipe while a byte is written.")
  @Outcome(id = "1", expect = Expect.ACCEPTABLE, desc = "The reader has it.")
  @Outcome(expect = Expect.FORBIDDEN, desc = "The reader has something else.")
  @State
  public static class A_write_and_a_sleeping_reader {
    private final Stage stage = new Stage(2);

    @Actor
    public void reader(J_Result r) {
      r.r1 = stage.read(9);
    }

    @Actor
    public void writer() {
      stage.write(1);
    }
  }

  @JCStressTest
  @Description("The same with a reader that offers its own array.")
  @Outcome(id = "1, 0", expect = Expect.ACCEPTABLE, desc = "The reader has it, once.")
  @Outcome(expect = Expect.FORBIDDEN, desc = "The byte is lost, or is there twice.")
  @State
  public static class A_write_and_a_reader_that_offers {
    private final Stage stage = new Stage(2);

    @Actor
    public void reader(JJ_Result r) {
      r.r1 = stage.readOffering(9);
    }

    @Actor
    public void writer() {
      stage.write(1);
    }

    @Arbiter
    public void left(JJ_Result r) {
      r.r2 = stage.pipe.available();
    }
  }

  @JCStressTest
  @Description("A writer goes to sleep on a full pipe while its only slot is read.")
  @Outcome(id = "1, 4096", expect = Expect.ACCEPTABLE, desc = "Both have gone on.")
  @Outcome(expect = Expect.FORBIDDEN, desc = "Something else was moved.")
  @State
  public static class A_read_and_a_sleeping_writer {
    private final Stage stage = new Stage(1);

    public A_read_and_a_sleeping_writer() {
      stage.tryWrite(4096);
    }

    @Actor
    public void writer(JJ_Result r) {
      r.r1 = stage.write(1);
    }

    @Actor
    public void reader(JJ_Result r) {
      r.r2 = stage.tryRead(4096);
    }
  }

  @JCStressTest
  @Description("A writer goes to sleep on a full pipe while the pipe grows.")
  @Outcome(id = "1", expect = Expect.ACCEPTABLE, desc = "The writer has gone on.")
  @Outcome(expect = Expect.FORBIDDEN, desc = "Something else was moved.")
  @State
  public static class A_resize_and_a_sleeping_writer {
    private final Stage stage = new Stage(1);

    public A_resize_and_a_sleeping_writer() {
      stage.tryWrite(4096);
    }

    @Actor
    public void writer(J_Result r) {
      r.r1 = stage.write(1);
    }

    @Actor
    public void resizer() {
      stage.pipe.resize(8192, 1 << 20);
    }
  }

  @JCStressTest
  @Description("A byte is handed to a sleeping reader, which is interrupted next.")
  @Outcome(id = "1, 1, 0", expect = Expect.ACCEPTABLE, desc = "The reader was served first.")
  @Outcome(id = "-4, 1, 1", expect = Expect.ACCEPTABLE, desc = "The reader gave up; it stays.")
  @Outcome(expect = Expect.FORBIDDEN, desc = "The byte is lost, or is there twice.")
  @State
  public static class A_hand_over_and_then_an_interrupt {
    private final Stage stage = new Stage(2);
    private final Victim victim = new Victim();

    @Actor
    public void reader(JJJ_Result r) {
      victim.begin();
      r.r1 = stage.readOffering(9);
      victim.end();
    }

    @Actor
    public void writer(JJJ_Result r) {
      r.r2 = stage.write(1);
      victim.interrupt();
    }

    @Arbiter
    public void left(JJJ_Result r) {
      r.r3 = stage.pipe.available();
    }
  }

  @JCStressTest
  @Description("A sleeping reader is interrupted, and a byte is written next.")
  @Outcome(id = "1, 1, 0", expect = Expect.ACCEPTABLE, desc = "It was served before it noticed.")
  @Outcome(id = "-4, 1, 1", expect = Expect.ACCEPTABLE, desc = "The reader gave up; it stays.")
  @Outcome(expect = Expect.FORBIDDEN, desc = "The byte is lost, or is there twice.")
  @State
  public static class An_interrupt_and_then_a_hand_over {
    private final Stage stage = new Stage(2);
    private final Victim victim = new Victim();

    @Actor
    public void reader(JJJ_Result r) {
      victim.begin();
      r.r1 = stage.readOffering(9);
      victim.end();
    }

    @Actor
    public void writer(JJJ_Result r) {
      victim.interrupt();
      r.r2 = stage.write(1);
    }

    @Arbiter
    public void left(JJJ_Result r) {
      r.r3 = stage.pipe.available();
    }
  }

  /// A thread of jcstress that is interrupted exactly once while it is in a test.
  private static final class Victim {
    private volatile @Nullable Thread thread;
    private volatile boolean interrupted;

    void begin() {
      thread = Thread.currentThread();
    }

    void interrupt() {
      Thread now = thread;
      while (now == null) {
        Thread.onSpinWait();
        now = thread;
      }
      now.interrupt();
      interrupted = true;
    }

    /// Waits for the interrupt, which must not reach the next test.
    void end() {
      while (!interrupted) {
        Thread.onSpinWait();
      }
      Thread.interrupted();
    }
  }
}
