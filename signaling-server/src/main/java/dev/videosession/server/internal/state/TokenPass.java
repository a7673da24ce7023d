package dev.videosession.server.internal.state;

import java.util.List;

/**
 * What a session remembers of the token of a connection.
 *
 * @param fingerprint hash of the token's signature; identifies the token without revealing it
 * @param expiresAtSeconds when the token expires, in seconds since the epoch; {@link Long#MAX_VALUE} for never
 * @param layoutClasses the initial layout classes of the holder's streams
 */
public record TokenPass(String fingerprint, long expiresAtSeconds, List<String> layoutClasses) {
    public TokenPass {
        layoutClasses = List.copyOf(layoutClasses);
    }

    /**
     * Creates a pass without layout classes.
     *
     * @param fingerprint see {@link #fingerprint()}
     * @param expiresAtSeconds see {@link #expiresAtSeconds()}
     */
    public TokenPass(String fingerprint, long expiresAtSeconds) {
        this(fingerprint, expiresAtSeconds, List.of());
    }
}
