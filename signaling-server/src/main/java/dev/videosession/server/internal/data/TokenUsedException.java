package dev.videosession.server.internal.data;

import java.io.IOException;

/** A token that is good for one call was used before, at this server or another one. */
public final class TokenUsedException extends IOException {
    private static final long serialVersionUID = 1L;

    /** Creates the exception. */
    public TokenUsedException() {
        super("The token was used before. Make a new one, with a new jti, for each call.");
    }
}
