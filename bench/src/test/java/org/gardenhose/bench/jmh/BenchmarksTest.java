package org.gardenhose.bench.jmh;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/// Every benchmark runs for a moment, so that none rots. Nothing here judges speed.
@Timeout(60)
class BenchmarksTest {
  @ParameterizedTest
  @ValueSource(
      classes = {
        CallBenchmark.class,
        CrowdBenchmark.class,
        OpenBenchmark.class,
        PagesBenchmark.class,
        PingPongBenchmark.class,
        ThroughputBenchmark.class
      })
  void a_benchmark_runs(Class<?> benchmark) throws RunnerException {
    OptionsBuilder options = new OptionsBuilder();
    options.include(benchmark.getName() + "\\.");
    options.param("peer", "GARDENHOSE", "OKIO");
    options.param("kind", "VIRTUAL");
    options.param("chunk", "4096");
    options.param("shape", "4x1", "16x16");
    options.param("pages", "16");
    options.forks(0).warmupIterations(0).measurementIterations(1);
    options.measurementTime(TimeValue.milliseconds(10));
    options.verbosity(VerboseMode.SILENT).shouldFailOnError(true);

    Collection<RunResult> results = new Runner(options.build()).run();

    assertThat(results).isNotEmpty();
  }
}
