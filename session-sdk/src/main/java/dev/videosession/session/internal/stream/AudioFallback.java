package dev.videosession.session.internal.stream;

import dev.videosession.media.stats.LinkStats;
import dev.videosession.session.VideoChangeReason;
import dev.videosession.session.internal.link.FallbackJudge;
import dev.videosession.session.internal.link.LinkQuality;
import dev.videosession.session.internal.link.SignalingPort;
import dev.videosession.session.internal.link.SubscriberLink;
import dev.videosession.session.internal.loop.SessionLoop;
import java.util.Collection;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Watches the links of one publication and turns the picture of a poor one off, so that the sound gets through. Asks each
 * link once a second, only while there are any. Lives on the session's loop.
 */
public final class AudioFallback {
    private static final long PERIOD_MILLIS = TimeUnit.SECONDS.toMillis(1);

    private final SignalingPort line;
    private final LocalPublisher publisher;
    private final LinkQuality quality;
    private final Supplier<Collection<SubscriberLink>> links;
    private final Runnable reapply;
    private SessionLoop.@Nullable Timer timer;
    private boolean stopped;

    AudioFallback(
            SignalingPort line,
            LocalPublisher publisher,
            LinkQuality quality,
            Supplier<Collection<SubscriberLink>> links,
            Runnable reapply) {
        this.line = line;
        this.publisher = publisher;
        this.quality = quality;
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
        boolean poor = quality.isPoor(stats, publisher.maxVideoBitrate());
        FallbackJudge.Verdict verdict = link.judge(line.loop().nowMillis(), poor);
        switch (verdict) {
            case NOTHING -> {
                // the usual case
            }
            case WARN -> publisher.tell(listener -> listener.onVideoDisableWarning(link.subscriber()));
            case LIFT_WARNING -> publisher.tell(listener -> listener.onVideoDisableWarningLifted(link.subscriber()));
            case DISABLE -> {
                reapply.run();
                publisher.tell(listener -> listener.onVideoDisabled(link.subscriber(), VideoChangeReason.QUALITY));
            }
            case ENABLE -> {
                reapply.run();
                publisher.tell(listener -> listener.onVideoEnabled(link.subscriber(), VideoChangeReason.QUALITY));
            }
        }
    }
}
