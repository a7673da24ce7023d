package dev.videosession.server.internal.session;

import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.LinkId;
import dev.videosession.protocol.StreamId;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.UUID;

/** Makes ids and keys that nobody can guess. Thread-safe. */
public final class Ids {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int KEY_BYTES = 32;

    private Ids() {}

    /**
     * Makes the id of a new connection.
     *
     * @return the id
     */
    public static ConnectionId connection() {
        return new ConnectionId(UUID.randomUUID().toString());
    }

    static StreamId stream() {
        return new StreamId(UUID.randomUUID().toString());
    }

    static LinkId link() {
        return new LinkId(UUID.randomUUID().toString());
    }

    static String resumeKey() {
        byte[] bytes = new byte[KEY_BYTES];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
