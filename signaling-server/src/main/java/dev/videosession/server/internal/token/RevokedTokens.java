package dev.videosession.server.internal.token;

import dev.videosession.server.internal.data.TokenRecord;
import dev.videosession.server.internal.data.TokenStore;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Tokens that open nothing any more although they have not ended: those that were revoked, and those of banned connections
 * of an earlier run of the server, or of another server with the same store. Bans of this run are in the sessions. Survives a
 * restart if its {@link TokenStore} does.
 * Thread-safe.
 */
public final class RevokedTokens {
    private final Map<String, Long> endByFingerprint = new ConcurrentHashMap<>();
    private final InstantSource clock;
    private final TokenStore store;

    /**
     * Makes an empty set that a restart forgets.
     *
     * @param clock decides which tokens have ended by themselves
     */
    public RevokedTokens(InstantSource clock) {
        this(clock, TokenStore.none());
    }

    /**
     * Makes a set of what a store remembers.
     *
     * @param clock decides which tokens have ended by themselves
     * @param store keeps the tokens
     */
    public RevokedTokens(InstantSource clock, TokenStore store) {
        this.clock = clock;
        this.store = store;
        store.loaded().forEach(this::learn);
        store.follow(this::learn);
    }

    private void learn(TokenRecord record) {
        if (record.kind() != TokenRecord.Kind.USED) {
            endByFingerprint.put(record.key(), record.endSeconds());
        }
    }

    /**
     * Adds a token, which opens nothing from now on.
     *
     * @param token what it says
     * @return completed when the store has it; failed if the store cannot keep it
     */
    public CompletableFuture<Void> add(VerifiedToken token) {
        long now = clock.instant().getEpochSecond();
        endByFingerprint.values().removeIf(end -> end <= now);
        endByFingerprint.put(token.fingerprint(), token.expiresAtSeconds());
        return store.append(new TokenRecord(TokenRecord.Kind.REVOKED, token.fingerprint(), token.expiresAtSeconds()));
    }

    /**
     * Keeps the token of a banned connection for the next run of the server.
     *
     * @param fingerprint of the token
     * @param endSeconds when the token ends by itself, seconds since the epoch
     * @return completed when the store has it; failed if the store cannot keep it
     */
    public CompletableFuture<Void> keepBanned(String fingerprint, long endSeconds) {
        return store.append(new TokenRecord(TokenRecord.Kind.BANNED, fingerprint, endSeconds));
    }

    /**
     * Tells whether a token was revoked, or its holder banned in an earlier run of the server.
     *
     * @param fingerprint of the token
     * @return true if it must not open a session
     */
    public boolean contains(String fingerprint) {
        return endByFingerprint.containsKey(fingerprint);
    }
}
