package org.gardenhose.spec.stress;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JJJ_Result;
import org.openjdk.jcstress.infra.results.JJ_Result;

/// One wake-up, and something for two: the first that is woken wakes the second. jcstress runs
// these
/// where there are three processors or more.
public final class BatonRaces {
  private BatonRaces() {}

  @JCStressTest
  @Description("Two readers of a byte each, one write of two bytes.")
  @Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "A byte each.")
  @Outcome(expect = Expect.FORBIDDEN, desc = "Something else.")
  @State
  public static class Two_readers {
    private final Stage stage = new Stage(1);

    @Actor
    public void first(JJ_Result r) {
      r.r1 = stage.read(1);
    }

    @Actor
    public void second(JJ_Result r) {
      r.r2 = stage.read(1);
    }

    @Actor
    public void writer() {
      stage.write(2);
    }
  }

  @JCStressTest
  @Description("The same with readers that offer their own arrays.")
  @Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "A byte each.")
  @Outcome(expect = Expect.FORBIDDEN, desc = "Something else.")
  @State
  public static class Two_readers_that_offer {
    private final Stage stage = new Stage(1);

    @Actor
    public void first(JJ_Result r) {
      r.r1 = stage.readOffering(1);
    }

    @Actor
    public void second(JJ_Result r) {
      r.r2 = stage.readOffering(1);
    }

    @Actor
    public void writer() {
      stage.write(2);
    }
  }

  @JCStressTest
  @Description("Two writers of a page each, one read of two pages.")
  @Outcome(id = "4096, 4096, 8192", expect = Expect.ACCEPTABLE, desc = "Both are in.")
  @Outcome(expect = Expect.FORBIDDEN, desc = "Something else.")
  @State
  public static class Two_writers {
    private final Stage stage = new Stage(2);

    public Two_writers() {
      stage.tryWrite(8192);
    }

    @Actor
    public void first(JJJ_Result r) {
      r.r1 = stage.write(4096);
    }

    @Actor
    public void second(JJJ_Result r) {
      r.r2 = stage.write(4096);
    }

    @Actor
    public void reader(JJJ_Result r) {
      r.r3 = stage.read(8192);
    }
  }
}
