package dev.videosession.server.internal.token;

import com.auth0.jwt.JWT;
import com.auth0.jwt.exceptions.JWTDecodeException;
import com.auth0.jwt.interfaces.Claim;
import com.auth0.jwt.interfaces.DecodedJWT;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Parses JSON web tokens and reads their claims. */
final class JwtClaims {
    private static final double LATEST_SECONDS = 1e12;

    private JwtClaims() {}

    /** Parses a token without verifying its signature. */
    static DecodedJWT decode(String token) throws TokenException {
        DecodedJWT jwt;
        try {
            jwt = JWT.decode(token);
        } catch (JWTDecodeException e) {
            throw new TokenException("The token is malformed.", e);
        }
        if (!isObject(jwt.getHeader()) || !isObject(jwt.getPayload())) {
            throw new TokenException("The token is malformed.");
        }
        if (!jwt.getHeaderClaim("crit").isMissing()) {
            throw new TokenException("The token's header has crit. This server supports no critical extension.");
        }
        return jwt;
    }

    /** The library accepts {@code null} as a header or payload, and fails on the first question about it. */
    private static boolean isObject(String base64) {
        return new String(Base64.getUrlDecoder().decode(base64), StandardCharsets.UTF_8)
                .strip()
                .startsWith("{");
    }

    /** The library's own reader turns numbers into no text at all. */
    static @Nullable String text(Claim claim) {
        if (claim.isMissing() || claim.isNull()) {
            return null;
        }
        String text = claim.asString();
        return text != null ? text : claim.toString();
    }

    /** Reads a NumericDate. Milliseconds, a common mistake, would otherwise be a date thousands of years ahead. */
    static @Nullable Long seconds(Claim claim) throws TokenException {
        if (claim.isMissing() || claim.isNull()) {
            return null;
        }
        Double seconds = claim.asDouble();
        if (seconds == null) {
            throw new TokenException("The token is malformed: a time is not a number.");
        }
        if (!(seconds >= 0 && seconds < LATEST_SECONDS)) {
            throw new TokenException("The token is malformed: a time is out of range. Times are seconds since 1970 (not"
                    + " milliseconds).");
        }
        return (long) (double) seconds;
    }
}
