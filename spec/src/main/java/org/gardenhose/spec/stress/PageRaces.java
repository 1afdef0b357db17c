package org.gardenhose.spec.stress;

import org.gardenhose.memory.Page;
import org.gardenhose.memory.PagePool;
import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;
import org.openjdk.jcstress.infra.results.Z_Result;

/// Two slots share a page and let go of it at once; two threads want a page at once.
public final class PageRaces {
  private PageRaces() {}

  @JCStressTest
  @Description("Two holders of a page let go of it.")
  @Outcome(id = "true, false", expect = Expect.ACCEPTABLE, desc = "The first was the last.")
  @Outcome(id = "false, true", expect = Expect.ACCEPTABLE, desc = "The second was the last.")
  @Outcome(id = "true, true", expect = Expect.FORBIDDEN, desc = "It would be pooled twice.")
  @Outcome(id = "false, false", expect = Expect.FORBIDDEN, desc = "It would be lost.")
  @State
  public static class Two_puts {
    private final Page page = PagePool.of(0).take();

    public Two_puts() {
      page.get();
    }

    @Actor
    public void first(ZZ_Result r) {
      r.r1 = page.put();
    }

    @Actor
    public void second(ZZ_Result r) {
      r.r2 = page.put();
    }
  }

  @JCStressTest
  @Description("One gives a page back while two take one.")
  @Outcome(id = "true", expect = Expect.ACCEPTABLE, desc = "Each has a page of its own.")
  @Outcome(expect = Expect.FORBIDDEN, desc = "Two have the same page.")
  @State
  public static class Two_takes_and_a_put {
    private final PagePool pool = PagePool.of(1);
    private final Page given = pool.take();
    private @Nullable Page first;
    private @Nullable Page second;

    @Actor
    public void giver() {
      pool.put(given);
    }

    @Actor
    public void first() {
      first = pool.take();
    }

    @Actor
    public void second() {
      second = pool.take();
    }

    @Arbiter
    public void different(Z_Result r) {
      r.r1 = first != second;
    }
  }
}
