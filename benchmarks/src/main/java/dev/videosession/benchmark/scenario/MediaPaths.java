package dev.videosession.benchmark.scenario;

import dev.videosession.benchmark.media.FrameClock;
import dev.videosession.benchmark.media.MediaServer;
import dev.videosession.benchmark.media.Mesh;
import dev.videosession.benchmark.media.NativePath;
import dev.videosession.benchmark.media.SessionPath;
import dev.videosession.benchmark.media.VideoPath;
import dev.videosession.benchmark.peer.Peer;
import dev.videosession.benchmark.report.Report;
import dev.videosession.benchmark.report.Table;
import dev.videosession.media.VideoSources;
import dev.videosession.media.source.VideoFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** What the SDK costs beside webrtc-java alone, what each participant of a session costs, and whether calls leave memory behind. */
public final class MediaPaths implements Scenario {
    /** The first round is not counted: the virtual machine compiles. */
    private static final int ROUNDS = 3;

    private static final long SETTLE_MILLIS = 3000;
    private static final long MILLIS = 5000;
    private static final List<Integer> SIZES = List.of(2, 3, 4);
    private static final int WARM_UP_CALLS = 10;
    private static final int CALLS = 40;
    private static final int DIGITS = 3;
    private static final double MICROS_PER_MILLI = 1000;

    @Override
    public String name() {
        return "media";
    }

    @Override
    public void run(List<Peer> peers, Report report) {
        try (MediaServer server = MediaServer.relayed()) {
            report.add(besideNative(server));
            report.add(participants(server));
            report.add(churn(server));
        } catch (Exception e) {
            throw new IllegalStateException("the media benchmark failed: " + e.getMessage(), e);
        }
    }

    private static Table besideNative(MediaServer server) throws Exception {
        Outcome ours = new Outcome();
        Outcome alone = new Outcome();
        double source = sourceAlone();
        NativePath.Factories factories = new NativePath.Factories();
        for (int round = 0; round < ROUNDS; round++) {
            measure((from, to) -> SessionPath.open(server, from, to), round == 0 ? new Outcome() : ours);
            measure((from, to) -> new NativePath(factories, from, to), round == 0 ? new Outcome() : alone);
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
        return table;
    }

    private static void row(Table table, String name, Outcome outcome, double source) {
        table.row(
                name,
                percent(outcome.cpu()),
                percent(outcome.cpu() - source),
                millis(outcome.micros, 50),
                millis(outcome.micros, 99),
                outcome.micros.getTotalCount());
    }

    private static final class Outcome {
        private final Histogram micros = new Histogram(DIGITS);
        private double cpuSum;
        private int rounds;

        double cpu() {
            return cpuSum / rounds;
        }
    }

    private static void measure(VideoPath.Opener opener, Outcome outcome) throws Exception {
        FrameClock clock = new FrameClock(VideoSources.pattern(VideoFormat.P360));
        VideoPath path = opener.open(clock, clock);
        try {
            clock.awaitFirstFrame();
            ProcessUse.rest(SETTLE_MILLIS);
            clock.count(true);
            outcome.cpuSum += ProcessUse.percentOfACore(MILLIS);
            clock.count(false);
            outcome.rounds++;
            outcome.micros.add(clock.micros());
        } finally {
            path.close();
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

    private static Table participants(MediaServer relayed) throws Exception {
        Table table = new Table(
                "CPU of each participant of a session who publishes 640x360 at 30 frames/s and receives every other one, of one core",
                "participants",
                "relayed",
                "routed, with the share of the router");
        Optional<MediaServer> routed = MediaServer.routed();
        try {
            for (int size : SIZES) {
                double direct = each(relayed, true, size);
                String through = routed.isEmpty() ? "Janus is not installed" : percent(each(routed.get(), false, size));
                table.row(size, percent(direct), through);
            }
        } finally {
            routed.ifPresent(MediaServer::close);
        }
        return table;
    }

    private static double each(MediaServer server, boolean relayed, int size) throws InterruptedException {
        try (Mesh mesh = new Mesh(server, relayed, size)) {
            ProcessUse.rest(SETTLE_MILLIS);
            return ProcessUse.percentOfACore(MILLIS) / size;
        }
    }

    private static Table churn(MediaServer server) throws Exception {
        Histogram first = new Histogram(DIGITS);
        double before = 0;
        for (int call = 0; call < WARM_UP_CALLS + CALLS; call++) {
            FrameClock clock = new FrameClock(VideoSources.pattern(VideoFormat.P360));
            if (call == WARM_UP_CALLS) {
                before = ProcessUse.residentMib();
            }
            long begin = System.nanoTime();
            try (VideoPath path = SessionPath.open(server, clock, clock)) {
                clock.awaitFirstFrame();
                if (call >= WARM_UP_CALLS) {
                    first.recordValue(TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - begin));
                }
            }
        }
        Table table = new Table(
                "Calls one after the other: two clients connect, one publishes, the other receives its first frame",
                "calls",
                "first frame p50 ms",
                "p95 ms",
                "resident MiB before",
                "after");
        table.row(
                CALLS,
                millis(first, 50),
                millis(first, 95),
                Texts.oneDecimal(before),
                Texts.oneDecimal(ProcessUse.residentMib()));
        return table;
    }

    private static String millis(Histogram micros, double percentile) {
        return Texts.oneDecimal(micros.getValueAtPercentile(percentile) / MICROS_PER_MILLI);
    }

    private static String percent(double value) {
        return String.format(Locale.ROOT, "%.1f %%", value);
    }
}
