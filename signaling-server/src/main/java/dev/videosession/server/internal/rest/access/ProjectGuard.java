package dev.videosession.server.internal.rest.access;

import dev.videosession.server.internal.limit.TokenBucket;
import dev.videosession.server.settings.RestRate;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What is remembered of the calls of one project: how many there were lately, and the ids of the tokens they came with
 * until these tokens end. So an eavesdropper cannot use a token again. There is room for
 * {@value #MAX_IDS} ids, more than the default rate fills in a token's life; beyond that the oldest is forgotten. A
 * token without an id (one of the libraries makes such) can be used again until it ends. Thread-safe.
 */
final class ProjectGuard {
    static final int MAX_IDS = 131_072;

    private final TokenBucket bucket;
    private final Map<String, Long> endById = new LinkedHashMap<>();

    ProjectGuard(RestRate rate, long nowNanos) {
        this(rate, nowNanos, Map.of());
    }

    /** The ids were used before, until their tokens end. */
    ProjectGuard(RestRate rate, long nowNanos, Map<String, Long> used) {
        this.bucket = new TokenBucket(rate.perSecond(), rate.burst(), nowNanos);
        endById.putAll(used);
    }

    synchronized boolean permits(long nowNanos) {
        return bucket.take(1, nowNanos);
    }

    /** Remembers the id. */
    synchronized boolean isNew(String id, long endSeconds, long nowSeconds) {
        Long end = endById.get(id);
        if (end != null && end > nowSeconds) {
            return false;
        }
        Iterator<Long> oldest = endById.values().iterator();
        while (oldest.hasNext() && (oldest.next() <= nowSeconds || endById.size() >= MAX_IDS)) {
            oldest.remove();
        }
        endById.put(id, endSeconds);
        return true;
    }
}
