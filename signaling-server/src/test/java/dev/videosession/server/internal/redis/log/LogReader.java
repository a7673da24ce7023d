package dev.videosession.server.internal.redis.log;

import dev.videosession.protocol.SessionId;
import dev.videosession.protocol.codec.MessageCodec;
import dev.videosession.server.internal.log.LogEntry;

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
     * Returns the key of a session's log.
     *
     * @param session the session
     * @return its name
     */
    public static String key(SessionId session) {
        return SessionKeys.of(session).log();
    }
}
