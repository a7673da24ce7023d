package dev.videosession.media;

import dev.videosession.media.link.LinkState;
import dev.videosession.media.link.LinkStats;
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
    /** A link that may know the level. */
    interface Meter {
        LinkState state();

        CompletableFuture<LinkStats> stats();
    }

    private static final Logger LOG = LoggerFactory.getLogger(MicrophoneLevel.class);
    private static final long PERIOD_MILLIS = 100;

    private final MediaLoop loop;
    private final Supplier<? extends Iterable<? extends Meter>> meters;
    private final DoubleConsumer level;
    private @Nullable CompletableFuture<LinkStats> asked;
    private boolean stopped;

    MicrophoneLevel(MediaLoop loop, Supplier<? extends Iterable<? extends Meter>> meters, DoubleConsumer level) {
        this.loop = loop;
        this.meters = meters;
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
            asked = meter().map(this::ask).orElse(null);
        }
        loop.schedule(this::look, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
    }

    private Optional<Meter> meter() {
        for (Meter each : meters.get()) {
            if (each.state() == LinkState.CONNECTED) {
                return Optional.of(each);
            }
        }
        return Optional.empty();
    }

    private CompletableFuture<LinkStats> ask(Meter meter) {
        return meter.stats().whenComplete((stats, failure) -> {
            if (failure != null) {
                LOG.trace("The link was closed meanwhile", failure);
            } else if (!stopped) {
                level.accept(stats.audioLevel());
            }
        });
    }
}
