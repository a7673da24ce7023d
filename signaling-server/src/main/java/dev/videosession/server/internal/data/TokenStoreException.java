package dev.videosession.server.internal.data;

import java.io.IOException;

/** A shared store cannot be reached, so that it is not known whether other servers have used a token. */
public final class TokenStoreException extends IOException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param message what failed
     * @param cause why
     */
    public TokenStoreException(String message, Throwable cause) {
        super(message, cause);
    }
}
