package dev.videosession.server.internal.data;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** Where a server keeps what it must remember of tokens. Thread-safe; no method waits for a disk. */
public interface TokenStore {
    /** {@return what was remembered when the server started, without the tokens that had ended} */
    List<TokenRecord> loaded();

    /**
     * Remembers something.
     *
     * @param record what
     * @return completed when it is kept; failed with an {@link java.io.IOException} if it cannot be kept. A shared store fails with
     *     {@link TokenUsedException} if another server has used the token, and with {@link TokenStoreException} if that is not known
     */
    CompletableFuture<Void> append(TokenRecord record);

    /**
     * Passes on what other servers remember from now on, if the store is shared.
     *
     * @param follower called on a thread of the store
     */
    default void follow(Consumer<TokenRecord> follower) {}

    /** {@return whether what is appended survives a restart} */
    boolean isLasting();

    /** {@return a store that keeps nothing beyond the memory of its users} */
    static TokenStore none() {
        return new TokenStore() {
            @Override
            public List<TokenRecord> loaded() {
                return List.of();
            }

            @Override
            public CompletableFuture<Void> append(TokenRecord record) {
                return CompletableFuture.completedFuture(null);
            }

            @Override
            public boolean isLasting() {
                return false;
            }
        };
    }
}
