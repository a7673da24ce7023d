package dev.videosession.session.internal.link;

import dev.videosession.media.stats.LinkStats;
import dev.videosession.protocol.message.Feature;
import dev.videosession.protocol.message.LinkMessage;
import dev.videosession.session.PublisherListener;
import dev.videosession.session.VideoChangeReason;
import dev.videosession.session.internal.loop.SessionLoop;
import java.util.Collection;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Turns off video on the links of one publication that carry too little, so that their audio arrives. Measures each link once a second.
 * Used on the session's loop.
 */
public final class AudioFallback {
    private static final long PERIOD_MILLIS = TimeUnit.SECONDS.toMillis(1);

    private final SignalingPort signaling;
    private final LinkQuality quality;
    private final Supplier<VideoLimits> limits;
    private final Consumer<Consumer<PublisherListener>> listeners;
    private final Supplier<Collection<SubscriberLink>> links;
    private final Runnable reapply;
    private SessionLoop.@Nullable Timer timer;
    private boolean stopped;

    /**
     * Creates the fallback for the links of one publication.
     *
     * @param signaling to the server
     * @param quality tells when a link is too poor for video
     * @param limits of the video
     * @param listeners calls the listeners of the publisher
     * @param links the open links
     * @param reapply makes each link send video or not
     */
    public AudioFallback(
            SignalingPort signaling,
            LinkQuality quality,
            Supplier<VideoLimits> limits,
            Consumer<Consumer<PublisherListener>> listeners,
            Supplier<Collection<SubscriberLink>> links,
            Runnable reapply) {
        this.signaling = signaling;
        this.quality = quality;
        this.limits = limits;
        this.listeners = listeners;
        this.links = links;
        this.reapply = reapply;
    }

    /** Starts the measurements, if there is a link. */
    public void wake() {
        if (timer == null && !stopped) {
            timer = signaling.loop().schedule(PERIOD_MILLIS, this::ask);
        }
    }

    /** Ends the measurements. */
    public void stop() {
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
        boolean poor = quality.isPoor(stats, limits.get().maxBitrate());
        FallbackJudge.Action verdict = link.judge(signaling.loop().nowMillis(), poor);
        if (verdict != FallbackJudge.Action.NOTHING && signaling.serverUnderstands(Feature.QUALITY)) {
            signaling.send(new LinkMessage.Fallback(link.linkId(), link.fallback()));
        }
        switch (verdict) {
            case NOTHING -> {
                // the usual case
            }
            case WARN -> listeners.accept(listener -> listener.onVideoDisableWarning(link.subscriber()));
            case LIFT_WARNING -> listeners.accept(listener -> listener.onVideoDisableWarningLifted(link.subscriber()));
            case DISABLE -> {
                reapply.run();
                listeners.accept(listener -> listener.onVideoDisabled(link.subscriber(), VideoChangeReason.QUALITY));
            }
            case ENABLE -> {
                reapply.run();
                listeners.accept(listener -> listener.onVideoEnabled(link.subscriber(), VideoChangeReason.QUALITY));
            }
        }
    }
}
