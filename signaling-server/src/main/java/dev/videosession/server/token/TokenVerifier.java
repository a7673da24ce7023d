package dev.videosession.server.token;

import dev.videosession.protocol.ErrorCode;
import dev.videosession.protocol.Limits;
import dev.videosession.protocol.Role;
import dev.videosession.protocol.SessionId;
import dev.videosession.protocol.WellFormedText;
import dev.videosession.server.project.Project;
import dev.videosession.server.project.Projects;
import dev.videosession.server.project.SessionIds;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a token opens a session. A session is known if its id names a project of this server; there is no
 * register of sessions, because the project's secret signs the id together with the rest of the token. Thread-safe.
 */
public final class TokenVerifier {
    /** How far the clock of the one who mints may be ahead, in seconds. */
    private static final long CLOCK_SKEW_SECONDS = 300;

    private static final int MAX_LAYOUT_CLASSES = 1024;

    private final Projects projects;
    private final Clock clock;

    /**
     * Makes a verifier.
     *
     * @param projects whose tokens are accepted
     * @param clock decides whether a token has ended
     */
    public TokenVerifier(Projects projects, Clock clock) {
        this.projects = projects;
        this.clock = clock;
    }

    /**
     * The fields of either kind of token, after its signature was found good.
     *
     * @param issuedAtSeconds null if the token does not say
     */
    record Claims(
            @Nullable String sessionId,
            @Nullable String role,
            @Nullable String data,
            @Nullable String layoutClasses,
            @Nullable Long issuedAtSeconds,
            @Nullable Long expiresAtSeconds,
            String fingerprint) {}

    /**
     * Checks a token.
     *
     * @param sessionId the session to enter
     * @param token its text
     * @return what it says
     * @throws TokenException if the session is unknown, or the token forged, ended, or made for another session
     */
    public VerifiedToken verify(SessionId sessionId, String token) throws TokenException {
        Project project = SessionIds.read(sessionId)
                .flatMap(parts -> projects.find(parts.apiKey()))
                .orElseThrow(() ->
                        new TokenException(ErrorCode.INVALID_SESSION_ID, "the session does not exist on this server"));
        Claims claims = token.startsWith(T1Token.PREFIX) ? T1Token.read(token, project) : JwtToken.read(token, project);
        if (claims.sessionId() == null || !claims.sessionId().equals(sessionId.value())) {
            throw new TokenException("the token is for another session");
        }
        long now = clock.instant().getEpochSecond();
        if (claims.issuedAtSeconds() != null && claims.issuedAtSeconds() > now + CLOCK_SKEW_SECONDS) {
            throw new TokenException("the token is from the future: check the clock of the server that made it");
        }
        if (claims.expiresAtSeconds() != null && claims.expiresAtSeconds() <= now) {
            throw new TokenException("the token has expired: get a new one");
        }
        String roleName = claims.role() == null ? Role.PUBLISHER.wireName() : claims.role();
        Role role = Role.of(roleName).orElseThrow(() -> new TokenException("the token names an unknown role"));
        String data = claims.data() == null ? "" : claims.data();
        if (data.length() > Limits.CONNECTION_DATA) {
            throw new TokenException(
                    "the token's connection data is longer than " + Limits.CONNECTION_DATA + " characters");
        }
        if (!WellFormedText.isWellFormed(data)) {
            throw new TokenException(
                    "the token's connection data is not valid Unicode: half of a surrogate pair is in it");
        }
        long end = claims.expiresAtSeconds() == null ? Long.MAX_VALUE : claims.expiresAtSeconds();
        return new VerifiedToken(role, data, end, claims.fingerprint(), layoutClasses(claims.layoutClasses()));
    }

    private static List<String> layoutClasses(@Nullable String text) throws TokenException {
        if (text == null || text.isBlank()) {
            return List.of();
        }
        if (!WellFormedText.isWellFormed(text)) {
            throw new TokenException("the token's layout class list is not valid Unicode");
        }
        if (text.length() > MAX_LAYOUT_CLASSES) {
            throw new TokenException(
                    "the token's layout class list is longer than " + MAX_LAYOUT_CLASSES + " characters");
        }
        return List.of(text.strip().split("\\s+", -1));
    }
}
