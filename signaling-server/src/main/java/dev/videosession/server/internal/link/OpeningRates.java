package dev.videosession.server.internal.link;

import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.StreamId;
import dev.videosession.server.internal.limit.TokenBucket;
import java.util.HashMap;
import java.util.Map;

/**
 * How often a connection may subscribe to the same stream: each time costs the publisher a peer connection in a relayed session, and
 * the media router one in a routed session. Remembers a pair only until it may do so as often as at first, 20 s after its last
 * subscription at most. Belongs to the session's loop.
 */
final class OpeningRates {
    private static final int FIRST_SWEEP = 256;

    private final int burst;
    private final double perSecond;

    private final Map<Pair, TokenBucket> buckets = new HashMap<>();
    private int nextSweep = FIRST_SWEEP;

    private OpeningRates(int burst, double perSecond) {
        this.burst = burst;
        this.perSecond = perSecond;
    }

    /** For links whose other end is a publisher. */
    static OpeningRates relayed() {
        return new OpeningRates(10, 0.5);
    }

    /** For links whose other end is a media router. */
    static OpeningRates routed() {
        return new OpeningRates(50, 10);
    }

    private record Pair(ConnectionId subscriber, StreamId stream) {}

    /** Returns 0 and charges the subscriber, or how long it must wait in milliseconds. */
    long take(ConnectionId subscriber, StreamId stream, long nowNanos) {
        if (buckets.size() >= nextSweep) {
            buckets.values().removeIf(bucket -> bucket.millisUntil(burst, nowNanos) == 0);
            nextSweep = Math.max(FIRST_SWEEP, 2 * buckets.size());
        }
        TokenBucket bucket = buckets.computeIfAbsent(
                new Pair(subscriber, stream), pair -> new TokenBucket(perSecond, burst, nowNanos));
        return bucket.take(1, nowNanos) ? 0 : bucket.millisUntil(1, nowNanos);
    }

    /** {@return how many pairs are remembered} */
    int size() {
        return buckets.size();
    }
}
