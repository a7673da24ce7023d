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
 * How loud a microphone is. Its samples stay in native code, so the level comes out of the counters of a link that sends
 * it, ten times a second; without such a link nothing is recorded and there is none. Lives on the media loop.
 */
final class MicrophoneLevel {
    private static final Logger LOG = LoggerFactory.getLogger(MicrophoneLevel.class);
    private static final long PERIOD_MILLIS = 100;

    private final MediaLoop loop;
    private final Supplier<Optional<CompletableFuture<LinkStats>>> counters;
    private final DoubleConsumer level;
    private @Nullable CompletableFuture<LinkStats> asked;
    private boolean stopped;

    /**
     * Prepares a measurement.
     *
     * @param loop runs it
     * @param counters asks a connected link that sends the microphone, if there is one
     * @param level gets each level, 0 to 1
     */
    MicrophoneLevel(MediaLoop loop, Supplier<Optional<CompletableFuture<LinkStats>>> counters, DoubleConsumer level) {
        this.loop = loop;
        this.counters = counters;
        this.level = level;
    }

    void start() {
        loop.execute(this::look);
    }

    void stop() {
        loop.execute(() -> stopped = true);
    }

    private void look() {
        if (stopped) {
            return;
        }
        if (asked == null || asked.isDone()) {
            asked = counters.get().map(this::report).orElse(null);
        }
        loop.schedule(this::look, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
    }

    private CompletableFuture<LinkStats> report(CompletableFuture<LinkStats> answer) {
        return answer.whenComplete((stats, failure) -> {
            if (failure != null) {
                LOG.trace("The link was closed meanwhile", failure);
            } else if (!stopped) {
                level.accept(stats.audioLevel());
            }
        });
    }
}
