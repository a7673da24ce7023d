package dev.videosession.app.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.videosession.app.process.Child;
import dev.videosession.app.process.LiveSession;
import dev.videosession.app.routed.ProcessUse;
import dev.videosession.app.window.DrivenWindow;
import dev.videosession.app.window.Screen;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What it costs a call window to show many participants of a routed session, as CPU time. */
@Tag("faults")
class PaintingIT {
    private static final Duration LIMIT = Duration.ofSeconds(40);
    private static final int SECONDS = 10;
    private static final long EVENT_MICROS = 16_000;

    @TempDir
    private Path directory;

    @Test
    void nineTilesOf360p() throws Exception {
        measure(8, "640x360@30");
    }

    @Test
    void twentyFiveTilesOf180p() throws Exception {
        measure(24, "320x180@15");
    }

    private void measure(int participants, String video) throws Exception {
        try (Screen screen = new Screen(directory);
                LiveSession session = LiveSession.routed(directory)) {
            Child crowd = Child.java(
                    "crowd",
                    directory,
                    Map.of(),
                    List.of(
                            PublishingCrowd.class.getName(),
                            session.url(),
                            session.id(),
                            session.token("publisher"),
                            String.valueOf(participants),
                            video));
            List<String> command = List.of(
                    "call", session.url(), session.id(), session.token("publisher"), "--name", "Ada", "--synthetic");
            try (DrivenWindow window =
                    DrivenWindow.start(directory, screen, List.of("-XX:TieredStopAtLevel=4"), command)) {
                crowd.line("all publish", LIMIT, "ready"::equals);
                window.resize("call", 1280, 800);
                await("a tile for each")
                        .atMost(LIMIT)
                        .until(() -> window.names("tile:").size() == participants);
                window.shownFrames();
                await("video in each of them")
                        .pollInterval(Duration.ofSeconds(1))
                        .atMost(LIMIT)
                        .until(() -> window.shownFrames().keySet().containsAll(window.names("tile:")));
                ProcessUse process = new ProcessUse(window.process().pid());
                window.costs();
                window.shownFrames();
                double before = process.cpuSeconds();
                long began = System.nanoTime();
                await("time to measure")
                        .pollDelay(Duration.ofSeconds(SECONDS))
                        .atMost(LIMIT)
                        .until(() -> true);
                Map<String, Long> painted = window.shownFrames();
                DrivenWindow.EventCost cost = window.costs();
                double seconds = (System.nanoTime() - began) / 1e9;
                double cpu = (process.cpuSeconds() - before) / seconds;
                report(participants, video, painted, cost, seconds, cpu);
                assertThat(cost.longest())
                        .as("CPU time of the longest event, in microseconds")
                        .isLessThan(EVENT_MICROS);
                assertThat(window.process().terminate()).isZero();
            } finally {
                crowd.close();
            }
        }
    }

    private static void report(
            int participants,
            String video,
            Map<String, Long> painted,
            DrivenWindow.EventCost cost,
            double seconds,
            double cpu) {
        List<Double> rates = new ArrayList<>();
        painted.forEach((name, frames) -> {
            if (name.startsWith("tile:")) {
                rates.add(frames / seconds);
            }
        });
        System.out.printf(
                Locale.ROOT,
                "%d tiles of %s: %.0f %% of a core; frames shown in a second: %.1f on average, %.1f in the slowest tile;"
                        + " event thread %.0f %%, %d events in %.0f s, p50 %d us, p99 %d us, longest %d us%n",
                participants + 1,
                video,
                100 * cpu,
                rates.stream().mapToDouble(Double::doubleValue).average().orElse(0),
                rates.stream().mapToDouble(Double::doubleValue).min().orElse(0),
                cost.sum() / 1e4 / seconds,
                cost.events(),
                seconds,
                cost.median(),
                cost.percentile99(),
                cost.longest());
    }
}
