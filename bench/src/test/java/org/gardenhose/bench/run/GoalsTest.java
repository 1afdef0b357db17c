package org.gardenhose.bench.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

/// The table of goals: how samples become verdicts.
class GoalsTest {
  private static final String OURS = "throughput.gardenhose.virtual.65536.65536";

  private static Samples rounds(double... ours) {
    Samples samples = new Samples(ours.length);
    for (int round = 0; round < ours.length; round++) {
      samples.take(Regime.PINNED, round, OURS + " " + ours[round] + " MiB/s");
      samples.take(Regime.PINNED, round, "kernel.pipe.65536.65536 100 MiB/s");
    }
    return samples;
  }

  private static String verdictOfT1(Samples samples) {
    Goal goal = Goals.of(samples).getFirst();
    assertThat(goal.row()).isEqualTo("T1");
    return goal.verdict(goal.spread(samples));
  }

  @Test
  void a_goal_is_met_by_the_median_if_the_worst_round_holds_the_floor() {
    assertThat(verdictOfT1(rounds(510, 800, 900))).isEqualTo("met");
  }

  @Test
  void a_floor_is_held_by_the_worst_round() {
    assertThat(verdictOfT1(rounds(510, 600, 900))).isEqualTo("floor");
  }

  @Test
  void one_round_below_the_floor_is_a_miss() {
    assertThat(verdictOfT1(rounds(490, 800, 900))).isEqualTo("MISSED");
  }

  @Test
  void rows_without_samples_are_left_out() {
    assertThat(Goals.of(rounds(1))).extracting(Goal::row).containsExactly("T1");
  }

  @Test
  void lines_that_are_no_samples_are_ignored() {
    Samples samples = new Samples(1);

    samples.take(Regime.FREE, 0, "WARNING: something else entirely");

    assertThat(samples.cells()).isEmpty();
  }

  @Test
  void every_goal_with_a_floor_wants_more_than_the_floor() {
    for (Goal goal : Goals.of(rounds(1))) {
      assertThat(goal.goal() > goal.floor()).isEqualTo(!goal.atMost());
    }
  }

  @Test
  void only_the_measurements_that_the_wanted_rows_need_are_planned() {
    Options options = Options.of(List.of("bench", "--only", "S3"));

    assertThat(Plan.of(options))
        .extracting(Job::toString)
        .containsExactly("B kernel create", "B create");
  }

  @Test
  void an_unknown_option_is_named_in_the_complaint() {
    assertThatThrownBy(() -> Options.of(List.of("bench", "--fast"))).hasMessageContaining("--fast");
    assertThatThrownBy(() -> Options.of(List.of("bench", "--rounds", "0")))
        .hasMessageContaining("0");
    assertThatThrownBy(() -> Options.of(List.of("bench", "--only"))).hasMessageContaining("--only");
  }
}
