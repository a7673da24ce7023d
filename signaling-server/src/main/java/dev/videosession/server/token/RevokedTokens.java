package dev.videosession.server.token;

import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Tokens that were taken back before their end. Kept in memory until that end, so that a restart of the server forgets
 * them. Thread-safe.
 */
public final class RevokedTokens {
    private final Map<String, Long> endByFingerprint = new ConcurrentHashMap<>();
    private final Clock clock;

    /**
     * Makes an empty set.
     *
     * @param clock decides which tokens have ended by themselves
     */
    public RevokedTokens(Clock clock) {
        this.clock = clock;
    }

    /**
     * Adds a token.
     *
     * @param token what it says
     */
    public void add(VerifiedToken token) {
        long now = clock.instant().getEpochSecond();
        endByFingerprint.values().removeIf(end -> end <= now);
        endByFingerprint.put(token.fingerprint(), token.expiresAtSeconds());
    }

    /**
     * Tells whether a token was revoked.
     *
     * @param fingerprint of the token
     * @return true if it must not open a session
     */
    public boolean contains(String fingerprint) {
        return endByFingerprint.containsKey(fingerprint);
    }
}
