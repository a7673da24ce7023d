package dev.videosession.session;

import dev.videosession.media.stats.LinkStats;
import dev.videosession.session.loop.Loop;
import java.util.Collection;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Watches the links of one publication and turns the picture of a poor one off, so that the sound gets through. Asks each
 * link once a second, only while there are any. Lives on the session's loop.
 */
final class AudioFallback {
    private static final long PERIOD_MILLIS = TimeUnit.SECONDS.toMillis(1);
    /** What a picture of 320 x 240 needs to be acceptable; a smaller one needs less. */
    private static final long ACCEPTABLE_BITRATE = 150_000;

    private static final double ACCEPTABLE_PIXELS = 320 * 240;
    private static final String REASON = "quality";

    /** Tells whether a link is too poor for its picture. */
    interface Measure {
        boolean isPoor(LinkStats stats, int maxBitrate);
    }

    static final Measure BITRATE = (stats, maxBitrate) -> {
        double pixels = (double) stats.width() * stats.height();
        double needed = ACCEPTABLE_BITRATE * Math.min(1, pixels == 0 ? 1 : pixels / ACCEPTABLE_PIXELS);
        double wanted = maxBitrate == 0 ? needed : Math.min(needed, maxBitrate);
        return stats.availableBitrate() > 0 && stats.availableBitrate() < wanted;
    };

    private final ServerLine line;
    private final Publisher publisher;
    private final Measure measure;
    private final Supplier<Collection<SubscriberLink>> links;
    private final Runnable reapply;
    private Loop.@Nullable Timer timer;
    private boolean stopped;

    AudioFallback(
            ServerLine line,
            Publisher publisher,
            Measure measure,
            Supplier<Collection<SubscriberLink>> links,
            Runnable reapply) {
        this.line = line;
        this.publisher = publisher;
        this.measure = measure;
        this.links = links;
        this.reapply = reapply;
    }

    /** There may be a link to watch. */
    void wake() {
        if (timer == null && !stopped) {
            timer = line.loop().schedule(PERIOD_MILLIS, this::ask);
        }
    }

    void stop() {
        stopped = true;
        if (timer != null) {
            timer.cancel();
        }
    }

    private void ask() {
        timer = null;
        for (SubscriberLink link : links.get()) {
            link.stats()
                    .whenComplete((stats, failure) -> line.loop().execute(() -> {
                        if (stats != null && !stopped) {
                            judge(link, stats);
                        }
                    }));
        }
        if (!links.get().isEmpty()) {
            wake();
        }
    }

    private void judge(SubscriberLink link, LinkStats stats) {
        boolean poor = measure.isPoor(stats, publisher.maxVideoBitrate());
        FallbackJudge.Verdict verdict = link.judge(line.loop().nowMillis(), poor);
        switch (verdict) {
            case NOTHING -> {
                // the usual case
            }
            case WARN -> publisher.tell(listener -> listener.onVideoDisableWarning(link.subscriber()));
            case LIFT_WARNING -> publisher.tell(listener -> listener.onVideoDisableWarningLifted(link.subscriber()));
            case DISABLE -> {
                reapply.run();
                publisher.tell(listener -> listener.onVideoDisabled(link.subscriber(), REASON));
            }
            case ENABLE -> {
                reapply.run();
                publisher.tell(listener -> listener.onVideoEnabled(link.subscriber(), REASON));
            }
        }
    }
}
