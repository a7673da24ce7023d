package dev.videosession.server.internal.state;

import java.util.List;

/**
 * What a session remembers of the token that a connection came with.
 *
 * @param fingerprint hash of the token's signature; tells tokens apart without being one
 * @param expiresAtSeconds when the token ends by itself, seconds since the epoch; {@link Long#MAX_VALUE} for never
 * @param layoutClasses which the streams of its holder have at first
 */
public record TokenPass(String fingerprint, long expiresAtSeconds, List<String> layoutClasses) {
    public TokenPass {
        layoutClasses = List.copyOf(layoutClasses);
    }

    /**
     * Makes a pass without layout classes.
     *
     * @param fingerprint see {@link #fingerprint()}
     * @param expiresAtSeconds see {@link #expiresAtSeconds()}
     */
    public TokenPass(String fingerprint, long expiresAtSeconds) {
        this(fingerprint, expiresAtSeconds, List.of());
    }
}
