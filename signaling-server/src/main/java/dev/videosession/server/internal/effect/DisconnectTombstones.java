package dev.videosession.server.internal.effect;

import dev.videosession.protocol.CloseCode;
import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.DisconnectReason;
import dev.videosession.protocol.message.ServerMessage;
import dev.videosession.protocol.time.TimeSource;
import dev.videosession.server.internal.connection.ResumeKeys;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How connections ended, kept for as long as their clients may try to resume: the last message may have been written to a
 * dead socket, or to none. A client that gets this answer knows that the server has not lost its memory, and does not start
 * over. Connections that their clients ended are not kept. Bounded: the oldest entries go first, and removed connections stay
 * longer than lost ones. Thread-safe.
 */
public final class DisconnectTombstones {
    static final int CAPACITY = 10_000;

    private final Map<ConnectionId, Entry> removed = new LinkedHashMap<>();
    private final Map<ConnectionId, Entry> lost = new LinkedHashMap<>();
    private final TimeSource time;
    private final long keepNanos;

    /**
     * The answer to a client that tries to resume an ended connection.
     *
     * @param message the last message
     * @param code with which the socket is closed
     */
    public record Tombstone(ServerMessage.Disconnected message, CloseCode code) {}

    private record Entry(ResumeKeys keys, Tombstone tombstone, long endNanos) {}

    /**
     * Creates an empty set.
     *
     * @param time the monotonic clock
     * @param keepNanos how long to keep a tombstone, in nanoseconds
     */
    public DisconnectTombstones(TimeSource time, long keepNanos) {
        this.time = time;
        this.keepNanos = keepNanos;
    }

    synchronized void put(ConnectionId id, ResumeKeys keys, Tombstone tombstone) {
        boolean force = tombstone.message().reason() == DisconnectReason.FORCE_DISCONNECTED;
        Map<ConnectionId, Entry> entries = force ? removed : lost;
        long now = time.nanos();
        Iterator<Entry> oldest = entries.values().iterator();
        while (oldest.hasNext()) {
            boolean ended = oldest.next().endNanos() - now <= 0;
            if (!ended && entries.size() < CAPACITY) {
                break;
            }
            oldest.remove();
        }
        entries.put(id, new Entry(keys, tombstone, now + keepNanos));
    }

    /**
     * Finds how a connection ended.
     *
     * @param id the connection
     * @param key a resume key that the client presents
     * @return the answer, or empty if none is kept or the key does not fit
     */
    public synchronized Optional<Tombstone> find(ConnectionId id, String key) {
        Entry entry = removed.containsKey(id) ? removed.get(id) : lost.get(id);
        return entry != null
                        && entry.endNanos() - time.nanos() > 0
                        && entry.keys().open(key)
                ? Optional.of(entry.tombstone())
                : Optional.empty();
    }
}
