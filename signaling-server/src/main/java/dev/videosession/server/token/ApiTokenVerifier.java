package dev.videosession.server.token;

import com.auth0.jwt.interfaces.DecodedJWT;
import dev.videosession.server.project.Project;
import dev.videosession.server.project.Projects;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether the JSON web token of a REST call is good. A token for clients is signed with the same secret and is
 * refused here, or everybody who may enter one session could command the whole project. Thread-safe.
 */
public final class ApiTokenVerifier {
    /** How far the clocks of this server and of the one who makes the token may be apart. */
    public static final Duration CLOCK_SKEW = Duration.ofSeconds(60);
    /** How far in the future a token may end. The OpenTok libraries use 3 to 5 minutes. */
    public static final Duration MAX_LIFETIME = Duration.ofMinutes(10);

    private static final int MAX_LENGTH = 4096;
    private static final int MAX_ID_LENGTH = 256;

    private final Projects projects;
    private final Clock clock;

    /**
     * Makes a verifier.
     *
     * @param projects whose calls are accepted
     * @param clock decides whether a token has ended
     */
    public ApiTokenVerifier(Projects projects, Clock clock) {
        this.projects = projects;
        this.clock = clock;
    }

    /**
     * A good token.
     *
     * @param project who calls
     * @param id the token's own id, or null if it has none
     * @param endSeconds until when it is accepted, clock skew included, seconds since the epoch
     */
    public record ApiToken(Project project, @Nullable String id, long endSeconds) {}

    /**
     * Checks a token.
     *
     * @param token its text
     * @return what it says
     * @throws TokenException if it is forged, not of a project of this server, ended, ends too late, or is no token for
     *     REST calls
     */
    public ApiToken verify(String token) throws TokenException {
        if (token.length() > MAX_LENGTH) {
            throw new TokenException("the token is malformed: it is longer than " + MAX_LENGTH + " characters");
        }
        DecodedJWT jwt = JwtToken.decode(token);
        Project project = projectOf(jwt);
        JwtToken.requireOf(project, jwt);
        if (!jwt.getClaim("session_id").isMissing() || !jwt.getClaim("scope").isMissing()) {
            throw new TokenException("the token is one for a client: make one for REST calls");
        }
        long now = clock.instant().getEpochSecond();
        long skew = CLOCK_SKEW.toSeconds();
        Long end = JwtToken.seconds(jwt.getClaim("exp"));
        if (end == null) {
            throw new TokenException("the token has no exp");
        }
        if (end + skew <= now) {
            throw new TokenException("the token has expired: make a new one for each call, and check both clocks");
        }
        if (end > now + MAX_LIFETIME.toSeconds() + skew) {
            throw new TokenException(
                    "the token ends too late: exp may be " + MAX_LIFETIME.toMinutes() + " minutes ahead at most");
        }
        requirePast(JwtToken.seconds(jwt.getClaim("iat")), now + skew);
        requirePast(JwtToken.seconds(jwt.getClaim("nbf")), now + skew);
        String id = JwtToken.text(jwt.getClaim("jti"));
        if (id != null && id.length() > MAX_ID_LENGTH) {
            throw new TokenException("the token's jti is longer than " + MAX_ID_LENGTH + " characters");
        }
        return new ApiToken(project, id, end + skew);
    }

    private Project projectOf(DecodedJWT jwt) throws TokenException {
        String issuer = JwtToken.text(jwt.getClaim("iss"));
        try {
            return projects.find(Integer.parseInt(String.valueOf(issuer)))
                    .orElseThrow(() -> new TokenException("the token's iss is no project of this server"));
        } catch (NumberFormatException e) {
            throw new TokenException("the token's iss is no project of this server", e);
        }
    }

    private static void requirePast(@Nullable Long seconds, long latest) throws TokenException {
        if (seconds != null && seconds > latest) {
            throw new TokenException("the token is from the future: check the clock of the server that made it");
        }
    }
}
