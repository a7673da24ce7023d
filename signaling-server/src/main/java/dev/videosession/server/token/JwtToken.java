package dev.videosession.server.token;

import com.auth0.jwt.JWT;
import com.auth0.jwt.algorithms.Algorithm;
import com.auth0.jwt.exceptions.JWTDecodeException;
import com.auth0.jwt.exceptions.SignatureVerificationException;
import com.auth0.jwt.interfaces.Claim;
import com.auth0.jwt.interfaces.DecodedJWT;
import dev.videosession.server.project.Project;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Today's kind of token: a JSON web token, HS256 with a secret of the project. */
final class JwtToken {
    private JwtToken() {}

    static TokenVerifier.Claims read(String token, Project project) throws TokenException {
        DecodedJWT jwt = decode(token);
        requireOf(project, jwt);
        String scope = text(jwt.getClaim("scope"));
        if (scope != null && !scope.equals("session.connect")) {
            throw new TokenException("the token's scope must be session.connect");
        }
        return new TokenVerifier.Claims(
                text(jwt.getClaim("session_id")),
                text(jwt.getClaim("role")),
                text(jwt.getClaim("connection_data")),
                text(jwt.getClaim("initial_layout_class_list")),
                seconds(jwt.getClaim("iat")),
                seconds(jwt.getClaim("exp")),
                fingerprint(jwt));
    }

    /** Of what is signed: the signature's own text can be varied without making it wrong. */
    static String fingerprint(DecodedJWT jwt) {
        return Signatures.sha256Hex(jwt.getHeader() + '.' + jwt.getPayload());
    }

    static void requireOf(Project project, DecodedJWT jwt) throws TokenException {
        if (!"HS256".equals(jwt.getAlgorithm())) {
            throw new TokenException("the token must be signed with HS256");
        }
        if (!isSignedBy(project, jwt)) {
            throw new TokenException("the token's signature is wrong");
        }
        if (!Integer.toString(project.apiKey()).equals(text(jwt.getClaim("iss")))) {
            throw new TokenException("the token is of another project");
        }
        String kind = text(jwt.getClaim("ist"));
        if (!"project".equals(kind == null ? text(jwt.getHeaderClaim("ist")) : kind)) {
            throw new TokenException("the token's ist must be project");
        }
    }

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
        return jwt;
    }

    /** The library takes {@code null} for JSON, and fails on the first question about it. */
    private static boolean isObject(String base64) {
        return new String(Base64.getUrlDecoder().decode(base64), StandardCharsets.UTF_8)
                .strip()
                .startsWith("{");
    }

    private static boolean isSignedBy(Project project, DecodedJWT jwt) {
        return project.secrets().stream().anyMatch(secret -> isSignedWith(secret, jwt));
    }

    /** The comparison inside takes constant time. */
    private static boolean isSignedWith(String secret, DecodedJWT jwt) {
        try {
            Algorithm.HMAC256(secret).verify(jwt);
            return true;
        } catch (SignatureVerificationException e) {
            return false;
        }
    }

    /** The library's own reader turns numbers into no text at all. */
    static @Nullable String text(Claim claim) {
        if (claim.isMissing() || claim.isNull()) {
            return null;
        }
        String text = claim.asString();
        return text != null ? text : claim.toString();
    }

    static @Nullable Long seconds(Claim claim) throws TokenException {
        if (claim.isMissing() || claim.isNull()) {
            return null;
        }
        try {
            Instant instant = claim.asInstant();
            if (instant == null) {
                throw new TokenException("the token is malformed: a time is not a number");
            }
            return instant.getEpochSecond();
        } catch (JWTDecodeException e) {
            throw new TokenException("the token is malformed: a time is not a number", e);
        }
    }
}
