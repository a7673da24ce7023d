package dev.videosession.server.internal.link;

import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.StreamId;
import dev.videosession.server.internal.limit.TokenBucket;
import java.util.HashMap;
import java.util.Map;

/**
 * How often a connection may subscribe to the same stream: each time costs the publisher a peer connection. Remembers a
 * pair only until it may do so as often as at first, 20 s after its last subscription at most. Belongs to the session's loop.
 */
final class OpeningRates {
    private static final int BURST = 10;
    private static final double PER_SECOND = 0.5;
    private static final int FIRST_SWEEP = 256;

    private final Map<Pair, TokenBucket> buckets = new HashMap<>();
    private int nextSweep = FIRST_SWEEP;

    private record Pair(ConnectionId subscriber, StreamId stream) {}

    /** Returns 0 and charges the subscriber, or how long it must wait in milliseconds. */
    long take(ConnectionId subscriber, StreamId stream, long nowNanos) {
        if (buckets.size() >= nextSweep) {
            buckets.values().removeIf(bucket -> bucket.millisUntil(BURST, nowNanos) == 0);
            nextSweep = Math.max(FIRST_SWEEP, 2 * buckets.size());
        }
        TokenBucket bucket = buckets.computeIfAbsent(
                new Pair(subscriber, stream), pair -> new TokenBucket(PER_SECOND, BURST, nowNanos));
        return bucket.take(1, nowNanos) ? 0 : bucket.millisUntil(1, nowNanos);
    }

    /** {@return how many pairs are remembered} */
    int size() {
        return buckets.size();
    }
}
