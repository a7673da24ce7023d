package dev.videosession.benchmark.media;

import dev.videosession.benchmark.report.Table;
import dev.videosession.media.VideoSources;
import dev.videosession.media.source.VideoFormat;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** Many short calls one after the other: the time to the first frame, and what they leave behind in the process. */
public final class Calls {
    private static final int WARM_UP_CALLS = 20;
    private static final int CALLS = 100;
    private static final int DIGITS = 3;

    private Calls() {}

    /**
     * Measures the SDK, then webrtc-java alone.
     *
     * @param server for relayed sessions
     * @return one row for each
     * @throws Exception if two ends do not connect
     */
    public static Table run(MediaServer server) throws Exception {
        Table table = new Table(
                CALLS + " calls one after the other: both ends connect, one sends, the other receives its first frame",
                "",
                "first frame p50 ms",
                "p95 ms",
                "resident MiB before",
                "after",
                "live objects MiB before",
                "after",
                "threads before",
                "after");
        row(
                table,
                "video-session, connecting to the server included",
                (from, to) -> SessionPath.open(server, from, to));
        NativePath.Factories factories = new NativePath.Factories();
        row(table, "webrtc-java alone", (from, to) -> new NativePath(factories, from, to));
        return table;
    }

    private static void row(Table table, String name, VideoPath.Opener opener) throws Exception {
        for (int call = 0; call < WARM_UP_CALLS; call++) {
            microsToFirstFrame(opener);
        }
        Histogram first = new Histogram(DIGITS);
        double live = ProcessUse.liveMib();
        double resident = ProcessUse.residentMib();
        int threads = ProcessUse.threads();
        for (int call = 0; call < CALLS; call++) {
            first.recordValue(microsToFirstFrame(opener));
        }
        double liveAfter = ProcessUse.liveMib();
        table.row(
                name,
                Figures.millis(first, 50),
                Figures.millis(first, 95),
                Figures.oneDecimal(resident),
                Figures.oneDecimal(ProcessUse.residentMib()),
                Figures.oneDecimal(live),
                Figures.oneDecimal(liveAfter),
                threads,
                ProcessUse.threads());
    }

    private static long microsToFirstFrame(VideoPath.Opener opener) throws Exception {
        FrameClock clock = new FrameClock(VideoSources.pattern(VideoFormat.P360));
        long begin = System.nanoTime();
        try (VideoPath path = opener.open(clock, clock)) {
            clock.awaitFirstFrame();
            return TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - begin);
        }
    }
}
