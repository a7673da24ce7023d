package dev.videosession.benchmark.scenario;

import dev.videosession.benchmark.peer.Peer;
import dev.videosession.benchmark.report.Report;
import dev.videosession.benchmark.report.Table;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Codec, log and fan-out by themselves, with JMH. */
public final class Parts implements Scenario {
    private static final String BENCHMARKS = "dev\\.videosession\\.benchmark\\.micro\\..*";
    private static final int WARM_UPS = 2;
    private static final int ITERATIONS = 3;
    private static final String ALLOCATED = "gc.alloc.rate.norm";

    @Override
    public String name() {
        return "parts";
    }

    @Override
    public void run(List<Peer> peers, Report report) {
        Options options = new OptionsBuilder()
                .include(BENCHMARKS)
                .mode(Mode.AverageTime)
                .timeUnit(TimeUnit.NANOSECONDS)
                .forks(1)
                .warmupIterations(WARM_UPS)
                .warmupTime(TimeValue.seconds(1))
                .measurementIterations(ITERATIONS)
                .measurementTime(TimeValue.seconds(1))
                .addProfiler(GCProfiler.class)
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT)
                .build();
        Table table = new Table("Parts by themselves", "benchmark", "ns", "+/-", "bytes allocated");
        try {
            for (RunResult result : new Runner(options).run()) {
                String name = result.getParams().getBenchmark();
                var allocated = result.getSecondaryResults().get(ALLOCATED);
                table.row(
                        name.substring(name.lastIndexOf('.', name.lastIndexOf('.') - 1) + 1),
                        Texts.oneDecimal(result.getPrimaryResult().getScore()),
                        Texts.oneDecimal(result.getPrimaryResult().getScoreError()),
                        allocated == null ? "" : Texts.oneDecimal(allocated.getScore()));
            }
        } catch (RunnerException e) {
            throw new IllegalStateException("JMH failed: " + e.getMessage(), e);
        }
        report.add(table);
    }
}
