package dev.videosession.media.internal.capture;

import dev.videosession.media.internal.rtc.MediaLoop;
import dev.videosession.media.stats.LinkStats;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Measures the level of a microphone, ten times a second. Its samples stay in native code, so the level comes from the statistics of a
 * link that sends it. Without such a link nothing is recorded and no level is measured. Confined to the media loop.
 */
final class MicrophoneLevel {
    private static final Logger LOG = LoggerFactory.getLogger(MicrophoneLevel.class);
    private static final long PERIOD_MILLIS = 100;

    private final MediaLoop loop;
    private final Supplier<Optional<CompletableFuture<LinkStats>>> stats;
    private final DoubleConsumer level;
    private @Nullable CompletableFuture<LinkStats> request;
    private boolean stopped;

    /**
     * Prepares a measurement.
     *
     * @param loop runs it
     * @param stats asks a connected link that sends the microphone for its statistics, if there is one
     * @param level gets each level, 0 to 1
     */
    MicrophoneLevel(MediaLoop loop, Supplier<Optional<CompletableFuture<LinkStats>>> stats, DoubleConsumer level) {
        this.loop = loop;
        this.stats = stats;
        this.level = level;
    }

    void start() {
        loop.execute(this::measure);
    }

    void stop() {
        loop.execute(() -> stopped = true);
    }

    private void measure() {
        if (stopped) {
            return;
        }
        if (request == null || request.isDone()) {
            request = stats.get().map(this::report).orElse(null);
        }
        loop.schedule(this::measure, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
    }

    private CompletableFuture<LinkStats> report(CompletableFuture<LinkStats> pending) {
        return pending.whenComplete((answer, failure) -> {
            if (failure != null) {
                LOG.trace("event=levelNotMeasured", failure);
            } else if (!stopped) {
                level.accept(answer.audioLevel());
            }
        });
    }
}
