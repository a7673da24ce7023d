package dev.videosession.server.internal.state;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** The banned tokens of a session, by fingerprint. */
final class Bans {
    private final Map<String, TokenPass> tokens = new HashMap<>();

    void add(TokenPass banned) {
        tokens.put(banned.fingerprint(), banned);
    }

    void addAll(Bans other) {
        tokens.putAll(other.tokens);
    }

    boolean contains(TokenPass token) {
        return tokens.containsKey(token.fingerprint());
    }

    /** {@return whether a banned token has not expired at this time, in seconds since the epoch} */
    boolean hasUnexpiredAt(long nowSeconds) {
        return tokens.values().stream().anyMatch(token -> token.expiresAtSeconds() > nowSeconds);
    }

    /** {@return a live view} */
    Collection<TokenPass> all() {
        return tokens.values();
    }
}
