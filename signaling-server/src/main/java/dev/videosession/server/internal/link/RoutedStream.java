package dev.videosession.server.internal.link;

import dev.videosession.protocol.StreamId;
import dev.videosession.protocol.message.LinkId;
import dev.videosession.protocol.message.StreamInfo;
import dev.videosession.protocol.message.Subscription;
import dev.videosession.protocol.time.TimeSource;
import dev.videosession.server.internal.limit.TokenBucket;
import dev.videosession.server.internal.router.Layers;
import java.util.List;
import java.util.stream.IntStream;

/** A stream that goes through a media router. Belongs to the session's loop. */
final class RoutedStream {
    /** How often the link of the publisher may be replaced after a failure: three times at once, then every 5 s. */
    private static final int RENEWALS = 3;

    private static final double RENEWALS_PER_SECOND = 0.2;

    private final TimeSource time;
    private final TokenBucket renewals;
    private StreamInfo info;
    private final NeededEncodings needed = new NeededEncodings();

    RoutedStream(StreamInfo info, TimeSource time) {
        this.info = info;
        this.time = time;
        this.renewals = new TokenBucket(RENEWALS_PER_SECOND, RENEWALS, time.nanos());
    }

    StreamId id() {
        return info.streamId();
    }

    StreamInfo info() {
        return info;
    }

    void setInfo(StreamInfo newInfo) {
        info = newInfo;
    }

    void setEncodings(int offered) {
        needed.offered(offered, time.nanos());
    }

    /** {@return the layers that serve a subscription} */
    Layers layers(Subscription wanted) {
        Layers layers = LayerChoice.of(wanted, info.dimensions(), needed.encodings());
        return info.hasVideo() ? layers : layers.withoutVideo();
    }

    /** A subscriber receives these layers from now on. */
    void selected(LinkId linkId, Layers layers) {
        needed.select(linkId, layers, time.nanos());
    }

    /** A subscriber is gone. */
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

    /** {@return whether the link of the publisher may be replaced once more now} */
    boolean takeRenewal() {
        return renewals.take(1, time.nanos());
    }
}
