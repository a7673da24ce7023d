package dev.videosession.benchmark.media;

import dev.videosession.benchmark.report.Table;
import dev.videosession.media.VideoSources;
import dev.videosession.media.source.VideoFormat;
import java.io.IOException;
import org.HdrHistogram.Histogram;

/** CPU and latency of video from one sender to one receiver: the SDK, webrtc-java alone, and Chromium. */
public final class VideoComparison {
    /** The first round is not counted: the virtual machine compiles. */
    private static final int ROUNDS = 3;

    private static final long SETTLE_MILLIS = 3000;
    private static final long MILLIS = 5000;
    private static final int DIGITS = 3;

    private VideoComparison() {}

    /**
     * Measures in turns.
     *
     * @param server for relayed sessions
     * @return one row for each
     * @throws Exception if two ends do not connect
     */
    public static Table run(MediaServer server) throws Exception {
        Outcome ours = new Outcome();
        Outcome alone = new Outcome();
        Outcome browser = new Outcome();
        double source = sourceAlone();
        NativePath.Factories factories = new NativePath.Factories();
        for (int round = 0; round < ROUNDS; round++) {
            measure((from, to) -> SessionPath.open(server, from, to), round == 0 ? new Outcome() : ours);
            measure((from, to) -> new NativePath(factories, from, to), round == 0 ? new Outcome() : alone);
            if (round > 0 && ChromiumCall.isInstalled()) {
                measureChromium(browser);
            }
        }
        Table table = new Table(
                "Video of 640x360 at 30 frames/s from a sender to a receiver in one process",
                "",
                "CPU, of one core",
                "without the source",
                "source to sink p50 ms",
                "p99 ms",
                "frames");
        row(table, "video-session", ours, source);
        row(table, "webrtc-java alone", alone, source);
        if (ChromiumCall.isInstalled()) {
            row(table, "one page in Chromium, with all of its processes", browser, chromiumSourceAlone());
        } else {
            table.row("Chromium is not installed", "", "", "", "", "");
        }
        return table;
    }

    private static void row(Table table, String name, Outcome outcome, double source) {
        table.row(
                name,
                Figures.percent(outcome.cpu()),
                Figures.percent(outcome.cpu() - source),
                Figures.millis(outcome.micros, 50),
                Figures.millis(outcome.micros, 99),
                outcome.micros.getTotalCount());
    }

    private static final class Outcome {
        private final Histogram micros = new Histogram(DIGITS);
        private double cpuSum;
        private int rounds;

        double cpu() {
            return cpuSum / rounds;
        }

        void add(double cpu, Histogram times) {
            cpuSum += cpu;
            rounds++;
            micros.add(times);
        }
    }

    private static void measure(VideoPath.Opener opener, Outcome outcome) throws Exception {
        FrameClock clock = new FrameClock(VideoSources.pattern(VideoFormat.P360));
        VideoPath path = opener.open(clock, clock);
        try {
            clock.awaitFirstFrame();
            ProcessUse.rest(SETTLE_MILLIS);
            clock.count(true);
            double cpu = ProcessUse.percentOfACore(MILLIS);
            clock.count(false);
            outcome.add(cpu, clock.micros());
        } finally {
            path.close();
        }
    }

    private static void measureChromium(Outcome outcome) throws IOException {
        try (ChromiumCall call = new ChromiumCall(false)) {
            call.awaitStart();
            ProcessUse.rest(SETTLE_MILLIS);
            call.count(true);
            double cpu = ProcessUse.percentOfACore(MILLIS);
            call.count(false);
            outcome.add(cpu, call.micros());
        }
    }

    /** Making the frames and reading their stamps twice. */
    private static double sourceAlone() {
        FrameClock clock = new FrameClock(VideoSources.pattern(VideoFormat.P360));
        var capture = clock.start(clock, () -> {});
        ProcessUse.rest(SETTLE_MILLIS);
        double percent = ProcessUse.percentOfACore(MILLIS);
        capture.close();
        return percent;
    }

    private static double chromiumSourceAlone() throws IOException {
        try (ChromiumCall source = new ChromiumCall(true)) {
            source.awaitStart();
            ProcessUse.rest(SETTLE_MILLIS);
            return ProcessUse.percentOfACore(MILLIS);
        }
    }
}
