package dev.videosession.server.state;

/**
 * What a session remembers of the token that a connection came with.
 *
 * @param fingerprint hash of the token's signature; tells tokens apart without being one
 * @param expiresAtSeconds when the token ends by itself, seconds since the epoch; {@link Long#MAX_VALUE} for never
 */
public record TokenPass(String fingerprint, long expiresAtSeconds) {}
