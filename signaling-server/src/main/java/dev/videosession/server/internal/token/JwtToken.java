package dev.videosession.server.internal.token;

import com.auth0.jwt.JWT;
import com.auth0.jwt.exceptions.JWTDecodeException;
import com.auth0.jwt.interfaces.Claim;
import com.auth0.jwt.interfaces.DecodedJWT;
import dev.videosession.server.internal.signature.Signatures;
import dev.videosession.server.project.Project;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Reads clients' JSON web tokens, of OpenTok (HS256) and of Vonage's unified API (RS256). */
final class JwtToken {
    private static final double LATEST_SECONDS = 1e12;

    private JwtToken() {}

    static TokenVerifier.Claims read(String token, Project project) throws TokenException {
        DecodedJWT jwt = decode(token);
        boolean unified = JwtSignature.isUnified(jwt);
        JwtSignature.requireOf(project, jwt);
        String scope = text(jwt.getClaim("scope"));
        if (!"session.connect".equals(scope) && (scope != null || unified)) {
            throw new TokenException("the token's scope must be session.connect");
        }
        String sessionId = text(jwt.getClaim("session_id"));
        String subject = text(jwt.getClaim("sub"));
        if (unified && subject != null && !subject.equals("video")) {
            throw new TokenException("the token is for another product: its sub must be video");
        }
        if (!jwt.getClaim("acl").isMissing()) {
            AccessList.of(jwt.getClaim("acl")).requirePermits("session", String.valueOf(sessionId));
        }
        return new TokenVerifier.Claims(
                sessionId,
                text(jwt.getClaim("role")),
                text(jwt.getClaim("connection_data")),
                layoutClasses(text(jwt.getClaim("initial_layout_class_list"))),
                seconds(jwt.getClaim("iat")),
                seconds(jwt.getClaim("nbf")),
                seconds(jwt.getClaim("exp")),
                fingerprint(jwt));
    }

    /** Hashes what is signed: the signature's own text has several valid spellings. */
    private static String fingerprint(DecodedJWT jwt) {
        return Signatures.sha256Hex(jwt.getHeader() + '.' + jwt.getPayload());
    }

    /** OpenTok's PHP library URL-encodes the list, the others do not. No class name holds a plus or a percent sign. */
    private static @Nullable String layoutClasses(@Nullable String text) {
        if (text == null || (text.indexOf('+') < 0 && text.indexOf('%') < 0)) {
            return text;
        }
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }

    /** Parses a token without verifying its signature. */
    static DecodedJWT decode(String token) throws TokenException {
        DecodedJWT jwt;
        try {
            jwt = JWT.decode(token);
        } catch (JWTDecodeException e) {
            throw new TokenException("the token is malformed", e);
        }
        if (!isObject(jwt.getHeader()) || !isObject(jwt.getPayload())) {
            throw new TokenException("the token is malformed");
        }
        if (!jwt.getHeaderClaim("crit").isMissing()) {
            throw new TokenException("the token's header has crit: this server supports no critical extension");
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
            throw new TokenException("the token is malformed: a time is not a number");
        }
        if (!(seconds >= 0 && seconds < LATEST_SECONDS)) {
            throw new TokenException("the token is malformed: a time is out of range, seconds since 1970 expected (not"
                    + " milliseconds)");
        }
        return (long) (double) seconds;
    }
}
