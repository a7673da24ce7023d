package dev.videosession.server.internal.token;

import com.auth0.jwt.algorithms.Algorithm;
import com.auth0.jwt.exceptions.SignatureVerificationException;
import com.auth0.jwt.interfaces.DecodedJWT;
import dev.videosession.server.project.Application;
import dev.videosession.server.project.Project;
import org.jspecify.annotations.Nullable;

/**
 * Verifies the signature of a JSON web token. The header's {@code alg} decides which credentials are tried, and each kind of
 * credential serves one algorithm only: secrets HS256, public keys RS256. So a public key can never be used as a secret.
 * Keys that the header names ({@code jwk}, {@code jku}, {@code x5c}) are ignored.
 */
final class JwtSignature {
    private static final String SECRET = "HS256";
    private static final String PUBLIC_KEY = "RS256";

    private JwtSignature() {}

    /** Tells whether a token claims to be one of Vonage's unified API. */
    static boolean isUnified(DecodedJWT jwt) {
        return PUBLIC_KEY.equals(jwt.getAlgorithm());
    }

    /** Throws unless the project's credentials verify the token and its claims name the project. */
    static void requireOf(Project project, DecodedJWT jwt) throws TokenException {
        String algorithm = String.valueOf(jwt.getAlgorithm());
        switch (algorithm) {
            case SECRET -> requireSecret(project, jwt);
            case PUBLIC_KEY -> requireKey(project.application(), jwt);
            default ->
                throw new TokenException(
                        "The token must be signed with HS256 and the secret, or RS256 and the application's private key.");
        }
    }

    private static void requireSecret(Project project, DecodedJWT jwt) throws TokenException {
        if (project.secrets().stream().noneMatch(secret -> isSignedWith(Algorithm.HMAC256(secret), jwt))) {
            throw new TokenException("The token's signature is wrong.");
        }
        if (!Integer.toString(project.apiKey()).equals(JwtClaims.text(jwt.getClaim("iss")))) {
            throw new TokenException("The token is for another project.");
        }
        String kind = JwtClaims.text(jwt.getClaim("ist"));
        if (!"project".equals(kind == null ? JwtClaims.text(jwt.getHeaderClaim("ist")) : kind)) {
            throw new TokenException("The token's ist must be project.");
        }
    }

    private static void requireKey(@Nullable Application application, DecodedJWT jwt) throws TokenException {
        if (application == null) {
            throw new TokenException("The project has no application. Sign the token with HS256 and the secret.");
        }
        if (application.publicKeys().stream().noneMatch(key -> isSignedWith(Algorithm.RSA256(key, null), jwt))) {
            throw new TokenException("The token's signature is wrong.");
        }
        String id = JwtClaims.text(jwt.getClaim("application_id"));
        if (!application.id().toString().equalsIgnoreCase(id)) {
            throw new TokenException("The token is for another application.");
        }
    }

    /** HMACs are compared in constant time. */
    private static boolean isSignedWith(Algorithm algorithm, DecodedJWT jwt) {
        try {
            algorithm.verify(jwt);
            return true;
        } catch (SignatureVerificationException e) {
            return false;
        }
    }
}
