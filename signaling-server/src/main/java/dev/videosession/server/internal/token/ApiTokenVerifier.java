package dev.videosession.server.internal.token;

import com.auth0.jwt.interfaces.DecodedJWT;
import dev.videosession.server.project.Project;
import dev.videosession.server.project.ProjectId;
import dev.videosession.server.project.Projects;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Verifies the JSON web token of a REST call: OpenTok's, signed with a secret, or that of Vonage's unified
 * API, signed with an application's private key. A token for clients is signed with the same credentials and is refused
 * here: otherwise a client of one session could control the whole project. Thread-safe.
 */
public final class ApiTokenVerifier {
    /** How far the clocks of this server and of the backend may be apart. */
    public static final Duration CLOCK_SKEW = Duration.ofSeconds(60);
    /** How far in the future a token that a secret signed may end. The OpenTok libraries use 3 to 5 minutes. */
    public static final Duration MAX_LIFETIME = Duration.ofMinutes(10);
    /**
     * How long a token that an application signed may live after its {@code iat}; a token without {@code exp} lives as
     * long. Vonage's libraries use 3 to 15 minutes or leave {@code exp} out.
     */
    public static final Duration MAX_APPLICATION_LIFETIME = Duration.ofMinutes(15);

    private static final int MAX_LENGTH = 4096;
    private static final int MAX_ID_LENGTH = 256;

    private final Projects projects;
    private final InstantSource clock;

    /**
     * Makes a verifier.
     *
     * @param projects of the server
     * @param clock decides whether a token has expired
     */
    public ApiTokenVerifier(Projects projects, InstantSource clock) {
        this.projects = projects;
        this.clock = clock;
    }

    /**
     * A good token.
     *
     * @param project the calling project
     * @param caller the identifier that the token names the project by
     * @param id the token's own id, or null if it has none
     * @param issuedAtSeconds when it was made, seconds since the epoch, or null if it does not say
     * @param endSeconds until when it is accepted, clock skew included, seconds since the epoch
     */
    public record ApiToken(
            Project project,
            ProjectId caller,
            @Nullable String id,
            @Nullable Long issuedAtSeconds,
            long endSeconds) {}

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
            throw new TokenException("The token is malformed: it is longer than " + MAX_LENGTH + " characters.");
        }
        DecodedJWT jwt = JwtClaims.decode(token);
        boolean unified = JwtSignature.isUnified(jwt);
        ProjectId caller = unified
                ? idOf(jwt, "application_id", "no application of this server")
                : idOf(jwt, "iss", "no project of this server");
        Project project = projects.find(caller)
                .orElseThrow(() -> new TokenException(
                        unified
                                ? "The token's application_id is no application of this server."
                                : "The token's iss is no project of this server."));
        JwtSignature.requireOf(project, jwt);
        requireForBackends(jwt, unified);
        String id = JwtClaims.text(jwt.getClaim("jti"));
        if (id != null && id.length() > MAX_ID_LENGTH) {
            throw new TokenException("The token's jti is longer than " + MAX_ID_LENGTH + " characters.");
        }
        if (id == null && unified) {
            throw new TokenException("The token has no jti.");
        }
        Long issued = JwtClaims.seconds(jwt.getClaim("iat"));
        return new ApiToken(project, caller, id, issued, end(jwt, unified) + CLOCK_SKEW.toSeconds());
    }

    private static ProjectId idOf(DecodedJWT jwt, String claim, String otherwise) throws TokenException {
        return ProjectId.parse(String.valueOf(JwtClaims.text(jwt.getClaim(claim))))
                .orElseThrow(() -> new TokenException("The token's " + claim + " is " + otherwise + "."));
    }

    /** With an application's key, Vonage's backends also sign tokens for the clients of other products. */
    private static void requireForBackends(DecodedJWT jwt, boolean unified) throws TokenException {
        List<String> forClients =
                unified ? List.of("session_id", "scope", "sub", "acl") : List.of("session_id", "scope");
        for (String claim : forClients) {
            if (!jwt.getClaim(claim).isMissing()) {
                throw new TokenException(
                        "The token is one for a client: it has " + claim + ". Make a token for REST calls.");
            }
        }
    }

    /** {@return when the token ends, seconds since the epoch} */
    private long end(DecodedJWT jwt, boolean unified) throws TokenException {
        long now = clock.instant().getEpochSecond();
        long skew = CLOCK_SKEW.toSeconds();
        Long issued = JwtClaims.seconds(jwt.getClaim("iat"));
        requirePast(issued, now + skew);
        requirePast(JwtClaims.seconds(jwt.getClaim("nbf")), now + skew);
        Long end = JwtClaims.seconds(jwt.getClaim("exp"));
        long latest = now + MAX_LIFETIME.toSeconds() + skew;
        if (unified) {
            if (issued == null) {
                throw new TokenException("The token has no iat.");
            }
            latest = issued + MAX_APPLICATION_LIFETIME.toSeconds();
            end = end == null ? Long.valueOf(latest) : end;
        }
        if (end == null) {
            throw new TokenException("The token has no exp.");
        }
        if (end + skew <= now) {
            throw new TokenException("The token has expired. Make a new one for each call, and check both clocks.");
        }
        if (end > latest) {
            throw new TokenException("The token expires too late: exp may be at most "
                    + (unified
                            ? MAX_APPLICATION_LIFETIME.toMinutes() + " minutes after iat."
                            : MAX_LIFETIME.toMinutes() + " minutes ahead."));
        }
        return end;
    }

    private static void requirePast(@Nullable Long seconds, long latest) throws TokenException {
        if (seconds != null && seconds > latest) {
            throw new TokenException(
                    "The creation time of the token is in the future. Check the clock of the server that made it.");
        }
    }
}
