package dev.videosession.server.token;

import dev.videosession.protocol.Role;

/**
 * What a token that passed every check says.
 *
 * @param role what its holder may do
 * @param data about its holder
 * @param expiresAtSeconds its end, seconds since the epoch; {@link Long#MAX_VALUE} for never
 * @param fingerprint hash of its signature
 */
public record VerifiedToken(Role role, String data, long expiresAtSeconds, String fingerprint) {}
