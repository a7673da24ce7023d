package dev.videosession.server.token;

import dev.videosession.protocol.Limits;
import dev.videosession.protocol.Role;
import dev.videosession.protocol.SessionId;
import dev.videosession.protocol.text.WellFormedText;
import java.time.Duration;

/**
 * What a token says about its holder.
 *
 * @param sessionId the session that it opens
 * @param role what the holder may do there
 * @param data about the client, visible to every client in the session; at most {@link Limits#CONNECTION_DATA} characters,
 *     may be empty
 * @param lifetime from minting to the last moment in which it can be used to connect; at least a second, at most 30 days
 */
public record ClientToken(SessionId sessionId, Role role, String data, Duration lifetime) {
    /** Lifetime of a token unless said otherwise. */
    public static final Duration DEFAULT_LIFETIME = Duration.ofHours(24);
    /** Longest lifetime. */
    public static final Duration MAX_LIFETIME = Duration.ofDays(30);

    public ClientToken {
        if (data.length() > Limits.CONNECTION_DATA) {
            throw new IllegalArgumentException("data is longer than " + Limits.CONNECTION_DATA + " characters");
        }
        WellFormedText.require("data", data);
        if (lifetime.compareTo(Duration.ofSeconds(1)) < 0 || lifetime.compareTo(MAX_LIFETIME) > 0) {
            throw new IllegalArgumentException("lifetime must be from 1 second to 30 days, was " + lifetime);
        }
    }

    /**
     * Makes a token for a publisher without data that lives for 24 hours.
     *
     * @param sessionId the session that it opens
     */
    public ClientToken(SessionId sessionId) {
        this(sessionId, Role.PUBLISHER, "", DEFAULT_LIFETIME);
    }

    /**
     * Returns this with another role.
     *
     * @param newRole the role
     * @return a copy
     */
    public ClientToken withRole(Role newRole) {
        return new ClientToken(sessionId, newRole, data, lifetime);
    }

    /**
     * Returns this with other data.
     *
     * @param newData the data
     * @return a copy
     */
    public ClientToken withData(String newData) {
        return new ClientToken(sessionId, role, newData, lifetime);
    }

    /**
     * Returns this with another lifetime.
     *
     * @param newLifetime the lifetime
     * @return a copy
     */
    public ClientToken withLifetime(Duration newLifetime) {
        return new ClientToken(sessionId, role, data, newLifetime);
    }
}
