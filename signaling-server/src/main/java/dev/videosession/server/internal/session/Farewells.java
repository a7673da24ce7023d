package dev.videosession.server.internal.session;

import dev.videosession.protocol.CloseCode;
import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.DisconnectReason;
import dev.videosession.protocol.ServerMessage;
import dev.videosession.server.internal.connection.ResumeKeys;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * How connections ended other than by their own wish, kept for as long as their clients may try to resume: the last message
 * may have been written to a socket that was dead already, or to none. Who is told of his end does not take this server for
 * one that has lost its memory, and so does not start over. Bounded: the oldest go first, and the removed stay longer than
 * the lost. Thread-safe.
 */
final class Farewells {
    static final int CAPACITY = 10_000;

    private final Map<ConnectionId, Entry> removed = new LinkedHashMap<>();
    private final Map<ConnectionId, Entry> lost = new LinkedHashMap<>();
    private final LongSupplier nanoClock;
    private final long keepNanos;

    /**
     * What a client is told that wants to resume.
     *
     * @param message its last message
     * @param code with which its socket is closed
     */
    record Farewell(ServerMessage.Disconnected message, CloseCode code) {}

    private record Entry(ResumeKeys keys, Farewell farewell, long endNanos) {}

    Farewells(LongSupplier nanoClock, long keepNanos) {
        this.nanoClock = nanoClock;
        this.keepNanos = keepNanos;
    }

    synchronized void put(ConnectionId id, ResumeKeys keys, Farewell farewell) {
        boolean force = farewell.message().reason() == DisconnectReason.FORCE_DISCONNECTED;
        Map<ConnectionId, Entry> entries = force ? removed : lost;
        long now = nanoClock.getAsLong();
        Iterator<Entry> oldest = entries.values().iterator();
        while (oldest.hasNext()) {
            boolean ended = oldest.next().endNanos() - now <= 0;
            if (!ended && entries.size() < CAPACITY) {
                break;
            }
            oldest.remove();
        }
        entries.put(id, new Entry(keys, farewell, now + keepNanos));
    }

    synchronized Optional<Farewell> find(ConnectionId id, String key) {
        Entry entry = removed.containsKey(id) ? removed.get(id) : lost.get(id);
        return entry != null
                        && entry.endNanos() - nanoClock.getAsLong() > 0
                        && entry.keys().open(key)
                ? Optional.of(entry.farewell())
                : Optional.empty();
    }

    synchronized int size() {
        return removed.size() + lost.size();
    }
}
