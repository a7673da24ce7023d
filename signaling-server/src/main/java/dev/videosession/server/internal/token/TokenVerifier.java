package dev.videosession.server.internal.token;

import dev.videosession.protocol.ErrorCode;
import dev.videosession.protocol.Limits;
import dev.videosession.protocol.Role;
import dev.videosession.protocol.SessionId;
import dev.videosession.protocol.text.WellFormedText;
import dev.videosession.server.project.Project;
import dev.videosession.server.project.Projects;
import dev.videosession.server.token.ClientToken;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Verifies that a token opens a session. A session is known if its id names a project of this server; there is no
 * register of sessions, because the project's credentials sign the id together with the rest of the token. Thread-safe.
 */
public final class TokenVerifier {
    /** How far a token's {@code iat}, {@code create_time} or {@code nbf} may be ahead of this server's clock. */
    public static final Duration CLOCK_SKEW = Duration.ofMinutes(5);

    private static final long SKEW_SECONDS = CLOCK_SKEW.toSeconds();
    private static final int MAX_LAYOUT_CLASSES = 1024;

    private final Projects projects;
    private final InstantSource clock;
    private final Duration maxLifetime;

    /**
     * Makes a verifier that accepts tokens with a lifetime of up to {@link ClientToken#MAX_LIFETIME}.
     *
     * @param projects of the server
     * @param clock decides whether a token has expired
     */
    public TokenVerifier(Projects projects, InstantSource clock) {
        this(projects, clock, ClientToken.MAX_LIFETIME);
    }

    /**
     * Makes a verifier.
     *
     * @param projects of the server
     * @param clock decides whether a token has expired
     * @param maxLifetime the longest accepted lifetime, from the token's creation (from now, if the token does not say)
     *     to its end
     */
    public TokenVerifier(Projects projects, InstantSource clock, Duration maxLifetime) {
        this.projects = projects;
        this.clock = clock;
        this.maxLifetime = maxLifetime;
    }

    /**
     * Checks a token.
     *
     * @param sessionId the session to enter
     * @param token its text
     * @return what it says
     * @throws TokenException if the session is unknown, or the token forged, ended, or made for another session
     */
    public VerifiedToken verify(SessionId sessionId, String token) throws TokenException {
        Project project = projects.of(sessionId)
                .orElseThrow(() -> new TokenException(
                        ErrorCode.INVALID_SESSION_ID,
                        "The session id names no project of this server. Create the session with this server."));
        TokenClaims claims =
                token.startsWith(T1Token.PREFIX) ? T1Token.read(token, project) : JwtToken.read(token, project);
        if (claims.sessionId() == null || !claims.sessionId().equals(sessionId.value())) {
            throw new TokenException("The token is for another session.");
        }
        long end = end(claims);
        String roleName = claims.role() == null ? Role.PUBLISHER.wireName() : claims.role();
        Role role = Role.of(roleName).orElseThrow(() -> new TokenException("The token names an unknown role."));
        String data = claims.data() == null ? "" : claims.data();
        if (data.length() > Limits.CONNECTION_DATA) {
            throw new TokenException(
                    "The token's connection data is longer than " + Limits.CONNECTION_DATA + " characters.");
        }
        if (!WellFormedText.isWellFormed(data)) {
            throw new TokenException(
                    "The token's connection data is not valid Unicode: it contains half of a surrogate pair.");
        }
        return new VerifiedToken(role, data, end, claims.fingerprint(), layoutClasses(claims.layoutClasses()));
    }

    /** A token that names no end lives for a day, as OpenTok has it. */
    private long end(TokenClaims claims) throws TokenException {
        long now = clock.instant().getEpochSecond();
        Long created = claims.issuedAtSeconds();
        if (created != null && created > now + SKEW_SECONDS) {
            throw new TokenException(
                    "The creation time of the token is in the future. Check the clock of the server that made it.");
        }
        Long start = claims.notBeforeSeconds();
        if (start != null && start > now + SKEW_SECONDS) {
            throw new TokenException("The token is not valid yet: its nbf is in the future.");
        }
        Long end = claims.expiresAtSeconds();
        if (end == null) {
            if (created == null) {
                throw new TokenException("The token has neither a creation time nor an expiry.");
            }
            end = created + Math.min(ClientToken.DEFAULT_LIFETIME.toSeconds(), maxLifetime.toSeconds());
        }
        if (end <= now) {
            throw new TokenException("The token has expired. Get a new one.");
        }
        if (end - (created == null ? now : created) > maxLifetime.toSeconds()) {
            throw new TokenException("The token's lifetime is too long. This server accepts at most "
                    + maxLifetime.toSeconds() + " seconds.");
        }
        return end;
    }

    private static List<String> layoutClasses(@Nullable String text) throws TokenException {
        if (text == null || text.isBlank()) {
            return List.of();
        }
        if (!WellFormedText.isWellFormed(text)) {
            throw new TokenException("The token's layout class list is not valid Unicode.");
        }
        if (text.length() > MAX_LAYOUT_CLASSES) {
            throw new TokenException(
                    "The token's layout class list is longer than " + MAX_LAYOUT_CLASSES + " characters.");
        }
        return List.of(text.strip().split("\\s+", -1));
    }
}
