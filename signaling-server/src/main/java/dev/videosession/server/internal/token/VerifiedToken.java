package dev.videosession.server.internal.token;

import dev.videosession.protocol.Role;
import java.util.List;

/**
 * What a token that passed every check says.
 *
 * @param role what its holder may do
 * @param data about its holder
 * @param expiresAtSeconds its end, seconds since the epoch
 * @param fingerprint hash of what is signed
 * @param layoutClasses which its holder's streams have at first
 */
public record VerifiedToken(
        Role role, String data, long expiresAtSeconds, String fingerprint, List<String> layoutClasses) {
    public VerifiedToken {
        layoutClasses = List.copyOf(layoutClasses);
    }
}
