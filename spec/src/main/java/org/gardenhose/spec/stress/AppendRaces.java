package org.gardenhose.spec.stress;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JJJ_Result;
import org.openjdk.jcstress.infra.results.JJ_Result;

/// A writer lengthens the newest slot while a reader, or a splice, takes it away.
public final class AppendRaces {
  private AppendRaces() {}

  @JCStressTest
  @Description("One byte is there; another is appended while a read takes what there is.")
  @Outcome(id = "1, 1, 1", expect = Expect.ACCEPTABLE, desc = "The read came first.")
  @Outcome(id = "1, 2, 0", expect = Expect.ACCEPTABLE, desc = "The append came first.")
  @Outcome(expect = Expect.FORBIDDEN, desc = "A byte is lost, doubled or refused.")
  @State
  public static class With_a_read {
    private final Stage stage = new Stage(2);

    public With_a_read() {
      stage.tryWrite(1);
    }

    @Actor
    public void writer(JJJ_Result r) {
      r.r1 = stage.tryWrite(1);
    }

    @Actor
    public void reader(JJJ_Result r) {
      r.r2 = stage.tryRead(9);
    }

    @Arbiter
    public void left(JJJ_Result r) {
      r.r3 = Math.max(0, stage.tryRead(9));
    }
  }

  @JCStressTest
  @Description("The same in a pipe of one slot.")
  @Outcome(id = "1, 1, 1", expect = Expect.ACCEPTABLE, desc = "The read came first.")
  @Outcome(id = "1, 2, 0", expect = Expect.ACCEPTABLE, desc = "The append came first.")
  @Outcome(
      id = "-11, 1, 0",
      expect = Expect.ACCEPTABLE_INTERESTING,
      desc = "Between sealing and releasing the slot the writer finds neither: it would wait.")
  @Outcome(expect = Expect.FORBIDDEN, desc = "A byte is lost or doubled.")
  @State
  public static class With_a_read_of_the_only_slot {
    private final Stage stage = new Stage(1);

    public With_a_read_of_the_only_slot() {
      stage.tryWrite(1);
    }

    @Actor
    public void writer(JJJ_Result r) {
      r.r1 = stage.tryWrite(1);
    }

    @Actor
    public void reader(JJJ_Result r) {
      r.r2 = stage.tryRead(9);
    }

    @Arbiter
    public void left(JJJ_Result r) {
      r.r3 = Math.max(0, stage.tryRead(9));
    }
  }

  @JCStressTest
  @Description("One byte is there; another is appended while a splice moves the slot.")
  @Outcome(id = "1, 1, 2", expect = Expect.ACCEPTABLE, desc = "The splice came first.")
  @Outcome(id = "1, 2, 2", expect = Expect.ACCEPTABLE, desc = "The append came first.")
  @Outcome(expect = Expect.FORBIDDEN, desc = "A byte is lost, doubled or refused.")
  @State
  public static class With_a_splice {
    private final Stage stage = new Stage(2);
    private final Stage out = new Stage(2);

    public With_a_splice() {
      stage.tryWrite(1);
    }

    @Actor
    public void writer(JJJ_Result r) {
      r.r1 = stage.tryWrite(1);
    }

    @Actor
    public void splicer(JJJ_Result r) {
      r.r2 = stage.trySplice(out, 9);
    }

    @Arbiter
    public void left(JJJ_Result r) {
      r.r3 = Math.max(0, stage.tryRead(9)) + Math.max(0, out.tryRead(9));
    }
  }

  @JCStressTest
  @Description("Two writers append at once.")
  @Outcome(id = "2, 3", expect = Expect.ACCEPTABLE, desc = "Both are in, with the byte before.")
  @Outcome(expect = Expect.FORBIDDEN, desc = "An append is lost.")
  @State
  public static class With_another_append {
    private final Stage stage = new Stage(2);
    private long first;
    private long second;

    public With_another_append() {
      stage.tryWrite(1);
    }

    @Actor
    public void first() {
      first = stage.tryWrite(1);
    }

    @Actor
    public void second() {
      second = stage.tryWrite(1);
    }

    @Arbiter
    public void both(JJ_Result r) {
      r.r1 = first + second;
      r.r2 = stage.tryRead(9);
    }
  }

  @JCStressTest
  @Description("A byte is appended while the ring is resized.")
  @Outcome(id = "1, 16384, 2", expect = Expect.ACCEPTABLE, desc = "In whatever order.")
  @Outcome(expect = Expect.FORBIDDEN, desc = "A byte is lost or a slot is.")
  @State
  public static class With_a_resize {
    private final Stage stage = new Stage(2);

    public With_a_resize() {
      stage.tryWrite(1);
    }

    @Actor
    public void writer(JJJ_Result r) {
      r.r1 = stage.tryWrite(1);
    }

    @Actor
    public void resizer(JJJ_Result r) {
      r.r2 = stage.pipe.resize(16384, 1 << 20);
    }

    @Arbiter
    public void left(JJJ_Result r) {
      r.r3 = Math.max(0, stage.tryRead(9));
    }
  }
}
