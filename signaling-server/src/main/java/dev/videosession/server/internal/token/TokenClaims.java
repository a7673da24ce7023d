package dev.videosession.server.internal.token;

import org.jspecify.annotations.Nullable;

/**
 * The fields of a client's token of either kind, after its signature was verified.
 *
 * @param issuedAtSeconds seconds since the epoch, or null if the token does not say
 * @param notBeforeSeconds seconds since the epoch, or null if the token does not say
 * @param expiresAtSeconds seconds since the epoch, or null if the token does not say
 * @param fingerprint hash of what is signed
 */
record TokenClaims(
        @Nullable String sessionId,
        @Nullable String role,
        @Nullable String data,
        @Nullable String layoutClasses,
        @Nullable Long issuedAtSeconds,
        @Nullable Long notBeforeSeconds,
        @Nullable Long expiresAtSeconds,
        String fingerprint) {}
