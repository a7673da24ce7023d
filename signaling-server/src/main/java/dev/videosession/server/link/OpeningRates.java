package dev.videosession.server.link;

import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.StreamId;
import dev.videosession.server.limit.TokenBucket;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * How often a connection may subscribe to the same stream: each time costs the publisher a peer connection. Belongs to the
 * session's loop.
 */
final class OpeningRates {
    private static final int BURST = 10;
    private static final double PER_SECOND = 0.5;

    private final Map<StreamId, Map<ConnectionId, TokenBucket>> byStream = new HashMap<>();
    private final Map<ConnectionId, Set<StreamId>> streams = new HashMap<>();

    /** Returns 0 and charges the subscriber, or how long it must wait in milliseconds. */
    long take(ConnectionId subscriber, StreamId stream, long nowNanos) {
        streams.computeIfAbsent(subscriber, id -> new HashSet<>()).add(stream);
        TokenBucket bucket = byStream.computeIfAbsent(stream, id -> new HashMap<>())
                .computeIfAbsent(subscriber, id -> new TokenBucket(PER_SECOND, BURST, nowNanos));
        return bucket.take(1, nowNanos) ? 0 : bucket.millisUntil(1, nowNanos);
    }

    void forget(StreamId stream) {
        Map<ConnectionId, TokenBucket> subscribers = byStream.remove(stream);
        if (subscribers != null) {
            subscribers
                    .keySet()
                    .forEach(subscriber -> streams.computeIfPresent(subscriber, (id, known) -> {
                        known.remove(stream);
                        return known.isEmpty() ? null : known;
                    }));
        }
    }

    void forget(ConnectionId subscriber) {
        Set<StreamId> known = streams.remove(subscriber);
        if (known != null) {
            known.forEach(stream -> byStream.computeIfPresent(stream, (id, subscribers) -> {
                subscribers.remove(subscriber);
                return subscribers.isEmpty() ? null : subscribers;
            }));
        }
    }
}
