package dev.videosession.server.internal.link.routed;

import dev.videosession.protocol.SessionId;
import dev.videosession.protocol.StreamId;
import dev.videosession.protocol.message.FallbackState;
import dev.videosession.protocol.message.LinkId;
import dev.videosession.protocol.message.StreamInfo;
import dev.videosession.protocol.message.Subscription;
import dev.videosession.protocol.time.TimeSource;
import dev.videosession.server.internal.quality.Ladder;
import dev.videosession.server.internal.quality.LayerChoice;
import dev.videosession.server.internal.quality.NeededEncodings;
import dev.videosession.server.internal.quality.SubscriberQuality;
import dev.videosession.server.internal.router.Layers;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A stream that goes through a media router. Belongs to the session's loop. */
final class RoutedStream {
    /** The link of a publisher is replaced three times at once, then after waits of 5 s to a minute. */
    private static final int RENEWALS_AT_ONCE = 3;

    private static final long FIRST_RENEWAL_MILLIS = 5_000;
    private static final long SLOWEST_RENEWAL_MILLIS = 60_000;

    /** A publisher that was connected for this long starts again without a wait. */
    private static final long STABLE_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final SessionId session;
    private final TimeSource time;
    private final LinkTimer timer;
    private final RetryDelays renewals =
            new RetryDelays(RENEWALS_AT_ONCE, FIRST_RENEWAL_MILLIS, SLOWEST_RENEWAL_MILLIS);
    private StreamInfo info;
    private @Nullable Ladder ladder;
    private boolean temporal = true;
    private FallbackState fallback = FallbackState.VIDEO;
    private final NeededEncodings needed = new NeededEncodings();
    private long connectedAtNanos;
    private boolean connected;

    RoutedStream(SessionId session, StreamInfo info, TimeSource time, LinkTimer timer) {
        this.session = session;
        this.info = info;
        this.time = time;
        this.timer = timer;
    }

    SessionId session() {
        return session;
    }

    StreamId id() {
        return info.streamId();
    }

    StreamInfo info() {
        return info;
    }

    void setInfo(StreamInfo newInfo) {
        info = newInfo;
        ladder = null;
    }

    void setEncodings(int offered, boolean hasTemporalLayers) {
        needed.offered(offered, time.nanos());
        temporal = hasTemporalLayers;
        ladder = null;
    }

    /** {@return the layers that serve a subscription} */
    Layers layers(Subscription wanted) {
        Layers layers = LayerChoice.of(wanted, info.dimensions(), needed.encodings());
        return info.hasVideo() ? layers : layers.withoutVideo();
    }

    /** {@return the levels at which the video can be sent} */
    Ladder ladder() {
        Ladder current = ladder;
        if (current == null) {
            current = new Ladder(info.dimensions(), needed.encodings(), temporal);
            ladder = current;
        }
        return current;
    }

    SubscriberQuality newQuality() {
        return new SubscriberQuality(time, ladder());
    }

    /** {@return whether the publisher has turned its video off because its own path carries too little} */
    FallbackState fallback() {
        return fallback;
    }

    void setFallback(FallbackState state) {
        fallback = state;
    }

    /** A subscriber receives these layers from now on. */
    void selected(LinkId linkId, Layers layers) {
        needed.select(linkId, layers, time.nanos());
    }

    /** A subscriber has left. */
    void unsubscribed(LinkId linkId) {
        needed.remove(linkId, time.nanos());
    }

    /** {@return all encodings that the publisher offers} */
    List<Integer> offeredEncodings() {
        return IntStream.range(0, needed.encodings()).boxed().toList();
    }

    /** {@return the encodings that subscribers need, none of a stream without video} */
    List<Integer> neededEncodings() {
        return info.hasVideo() ? needed.needed(time.nanos()) : List.of();
    }

    /** The router receives from the publisher. */
    void publisherConnected() {
        connected = true;
        connectedAtNanos = time.nanos();
    }

    /** {@return the milliseconds to wait before the link of the publisher is replaced} */
    long nextRenewalMillis() {
        if (connected && time.nanos() - connectedAtNanos >= STABLE_NANOS) {
            renewals.reset();
        }
        connected = false;
        return renewals.next();
    }

    /** Runs a task now, or later if it has to wait. */
    void after(long millis, Runnable task) {
        if (millis == 0) {
            task.run();
        } else {
            timer.schedule(task, TimeUnit.MILLISECONDS.toNanos(millis));
        }
    }
}
