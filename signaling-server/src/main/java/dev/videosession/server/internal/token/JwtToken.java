package dev.videosession.server.internal.token;

import com.auth0.jwt.interfaces.DecodedJWT;
import dev.videosession.server.internal.signature.Signatures;
import dev.videosession.server.project.Project;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Reads clients' JSON web tokens, of OpenTok (HS256) and of Vonage's unified API (RS256). */
final class JwtToken {
    private JwtToken() {}

    static TokenClaims read(String token, Project project) throws TokenException {
        DecodedJWT jwt = JwtClaims.decode(token);
        boolean unified = JwtSignature.isUnified(jwt);
        JwtSignature.requireOf(project, jwt);
        String scope = JwtClaims.text(jwt.getClaim("scope"));
        if (!"session.connect".equals(scope) && (scope != null || unified)) {
            throw new TokenException("The token's scope must be session.connect.");
        }
        String sessionId = JwtClaims.text(jwt.getClaim("session_id"));
        String subject = JwtClaims.text(jwt.getClaim("sub"));
        if (unified && subject != null && !subject.equals("video")) {
            throw new TokenException("The token is for another product. Its sub must be video.");
        }
        if (!jwt.getClaim("acl").isMissing()) {
            AccessList.of(jwt.getClaim("acl")).requirePermits("session", String.valueOf(sessionId));
        }
        return new TokenClaims(
                sessionId,
                JwtClaims.text(jwt.getClaim("role")),
                JwtClaims.text(jwt.getClaim("connection_data")),
                layoutClasses(JwtClaims.text(jwt.getClaim("initial_layout_class_list"))),
                JwtClaims.seconds(jwt.getClaim("iat")),
                JwtClaims.seconds(jwt.getClaim("nbf")),
                JwtClaims.seconds(jwt.getClaim("exp")),
                fingerprint(jwt));
    }

    /** Hashes what is signed: the signature's own text has several valid spellings. */
    private static String fingerprint(DecodedJWT jwt) {
        return Signatures.sha256Hex(jwt.getHeader() + '.' + jwt.getPayload());
    }

    /** OpenTok's PHP library URL-encodes the list, its other libraries do not. No class name holds a plus or a percent sign. */
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
}
