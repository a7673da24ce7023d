package dev.videosession.session.internal.stream;

import dev.videosession.media.stats.LinkStats;
import dev.videosession.protocol.message.Feature;
import dev.videosession.protocol.message.LinkMessage;
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
 * Turns video off on links of one publication that carry too little, so that audio gets through. Measures each link once a
 * second, while there are any. Used on the session's loop.
 */
public final class AudioFallback {
    private static final long PERIOD_MILLIS = TimeUnit.SECONDS.toMillis(1);

    private final SignalingPort signaling;
    private final LocalPublisher publisher;
    private final LinkQuality quality;
    private final Supplier<Collection<SubscriberLink>> links;
    private final Runnable reapply;
    private SessionLoop.@Nullable Timer timer;
    private boolean stopped;

    AudioFallback(
            SignalingPort signaling,
            LocalPublisher publisher,
            LinkQuality quality,
            Supplier<Collection<SubscriberLink>> links,
            Runnable reapply) {
        this.signaling = signaling;
        this.publisher = publisher;
        this.quality = quality;
        this.links = links;
        this.reapply = reapply;
    }

    /** Starts to measure, if there is a link. */
    void wake() {
        if (timer == null && !stopped) {
            timer = signaling.loop().schedule(PERIOD_MILLIS, this::ask);
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
                    .whenComplete((stats, failure) -> signaling.loop().execute(() -> {
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
        boolean poor = quality.isPoor(stats, publisher.videoLimits().maxBitrate());
        FallbackJudge.Action verdict = link.judge(signaling.loop().nowMillis(), poor);
        if (verdict != FallbackJudge.Action.NOTHING && signaling.serverUnderstands(Feature.QUALITY)) {
            signaling.send(new LinkMessage.Fallback(link.linkId(), link.fallback()));
        }
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
