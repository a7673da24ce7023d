package dev.videosession.server.internal.redis.schema;

import dev.videosession.protocol.SessionId;
import dev.videosession.protocol.codec.MessageCodec;
import dev.videosession.server.internal.log.EventHistory;
import dev.videosession.server.internal.log.LogEntry;
import dev.videosession.server.internal.log.SessionImage;
import dev.videosession.server.internal.redis.simulated.SimulatedRedis;
import dev.videosession.server.internal.state.LoggedState;
import java.util.Arrays;
import java.util.List;

/** Reads entries as Redis holds them, for tests. */
public final class LogReader {
    private static final EventJson JSON = new EventJson(new MessageCodec());

    private LogReader() {}

    /**
     * Reads an entry.
     *
     * @param data field {@code d} of the entry
     * @return the entry
     */
    public static LogEntry read(byte[] data) {
        return StoredEntry.read(JSON, data).entry();
    }

    /**
     * Reads a session as a server does that has not read it before.
     *
     * @param redis what holds it
     * @param session the session
     * @return its state
     * @throws com.squareup.moshi.JsonDataException if no server could read it
     */
    public static LoggedState read(SimulatedRedis redis, SessionId session) {
        SessionKeys keys = SessionKeys.of(session);
        List<Object> snapshot =
                Arrays.asList(redis.field(keys.snapshot(), "sequence"), redis.field(keys.snapshot(), "data"));
        List<StoredEntry> entries = redis.stream(keys.log()).stream()
                .map(data -> StoredEntry.read(JSON, data))
                .toList();
        SessionImage image = StoredImage.read(JSON, snapshot, entries, new EventHistory(1, 1));
        LoggedState state = new LoggedState();
        image.snapshot().forEach(state::apply);
        state.continueAfter(image.snapshotSequence());
        image.later().forEach(entry -> entry.events().forEach(state::apply));
        return state;
    }

    /**
     * Lists what must not expire as long as a session has connections.
     *
     * @param session the session
     * @return keys
     */
    public static List<String> lastingKeys(SessionId session) {
        SessionKeys keys = SessionKeys.of(session);
        return List.of(keys.log(), keys.connections(), keys.nodes());
    }

    /**
     * Returns the key of a session's log.
     *
     * @param session the session
     * @return its name
     */
    public static String key(SessionId session) {
        return SessionKeys.of(session).log();
    }

    /**
     * Returns the key of the records of a session's connections.
     *
     * @param session the session
     * @return its name
     */
    public static String connectionsKey(SessionId session) {
        return SessionKeys.of(session).connections();
    }

    /**
     * Returns the key of a session's snapshot.
     *
     * @param session the session
     * @return its name
     */
    public static String snapshotKey(SessionId session) {
        return SessionKeys.of(session).snapshot();
    }
}
