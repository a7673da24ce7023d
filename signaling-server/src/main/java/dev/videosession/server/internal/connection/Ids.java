package dev.videosession.server.internal.connection;

import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.StreamId;
import dev.videosession.protocol.message.LinkId;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.UUID;

/** Creates ids and keys that cannot be guessed. Thread-safe. */
public final class Ids {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int KEY_BYTES = 32;

    private Ids() {}

    /** {@return the id of a new connection} */
    public static ConnectionId connection() {
        return new ConnectionId(UUID.randomUUID().toString());
    }

    /** {@return the id of a new stream} */
    public static StreamId stream() {
        return new StreamId(UUID.randomUUID().toString());
    }

    /** {@return the id of a new link} */
    public static LinkId link() {
        return new LinkId(UUID.randomUUID().toString());
    }

    /** {@return a new resume key} */
    public static String resumeKey() {
        byte[] bytes = new byte[KEY_BYTES];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
