package dev.videosession.server.internal.rest.access;

import dev.videosession.server.internal.data.TokenRecord;
import dev.videosession.server.internal.data.TokenStore;
import dev.videosession.server.internal.token.ApiTokenVerifier;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Sees to it that the token of a REST call is used once, across restarts of the server: the store keeps the ids of tokens
 * that were used, or, if it forgets them, tokens of before the start are refused. Thread-safe.
 */
public final class UsedTokens {
    private final TokenStore store;
    private final InstantSource clock;
    private final long startedSeconds;
    private final Map<Integer, Map<String, Long>> loaded = new HashMap<>();

    public UsedTokens(TokenStore store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
        this.startedSeconds = clock.instant().getEpochSecond();
        for (TokenRecord record : store.loaded()) {
            int space = record.key().indexOf(' ');
            if (record.kind() == TokenRecord.Kind.USED && space > 0) {
                loaded.computeIfAbsent(Integer.valueOf(record.key().substring(0, space)), key -> new HashMap<>())
                        .put(record.key().substring(space + 1), record.endSeconds());
            }
        }
    }

    /** {@return the ids that were used before the start, with the ends of their tokens} */
    Map<String, Long> before(int apiKey) {
        return loaded.getOrDefault(apiKey, Map.of());
    }

    /** {@return why a token cannot be used although it is new to this run of the server, or null} */
    @Nullable
    String refusal(ApiTokenVerifier.ApiToken token) {
        if (store.isLasting()) {
            return null;
        }
        Long issued = token.issuedAtSeconds();
        if (issued == null) {
            long latest = startedSeconds
                    + ApiTokenVerifier.MAX_LIFETIME
                            .plus(ApiTokenVerifier.CLOCK_SKEW.multipliedBy(2))
                            .toSeconds();
            return token.id() != null && clock.instant().getEpochSecond() < latest && token.endSeconds() < latest
                    ? "The token may be older than this server's start. Add iat."
                    : null;
        }
        return issued < startedSeconds
                ? "The token was made before this server started. Make a new one, and check both clocks."
                : null;
    }

    /** Remembers a token that is being used; completed when the store has it. */
    CompletableFuture<Void> use(ApiTokenVerifier.ApiToken token) {
        return token.id() == null
                ? CompletableFuture.completedFuture(null)
                : store.append(new TokenRecord(
                        TokenRecord.Kind.USED, token.project().apiKey() + " " + token.id(), token.endSeconds()));
    }
}
