package dev.videosession.server.token;

import com.auth0.jwt.JWT;
import com.auth0.jwt.algorithms.Algorithm;
import dev.videosession.server.internal.signature.Signatures;
import dev.videosession.server.project.Project;
import dev.videosession.server.project.SessionIds;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.UUID;

/** Mints tokens of one project, which must have a secret. Thread-safe. */
public final class TokenIssuer {
    private static final String T1_PREFIX = "T1==";
    private static final Duration REST_LIFETIME = Duration.ofMinutes(3);

    private final Project project;
    private final InstantSource clock;

    /**
     * Makes an issuer that signs with the project's first secret.
     *
     * @param project the project
     */
    public TokenIssuer(Project project) {
        this(project, InstantSource.system());
    }

    /**
     * Makes an issuer with its own clock.
     *
     * @param project the project
     * @param clock gives the time of minting
     */
    public TokenIssuer(Project project, InstantSource clock) {
        this.project = project;
        this.clock = clock;
    }

    /**
     * Mints a token in today's form, a JSON web token.
     *
     * @param token what it says
     * @return its text; a secret until it ends
     * @throws IllegalArgumentException if the session belongs to another project
     */
    public String jwt(ClientToken token) {
        requireOwn(token);
        Instant now = clock.instant();
        return JWT.create()
                .withIssuer(Integer.toString(project.apiKey()))
                .withClaim("ist", "project")
                .withIssuedAt(now)
                .withExpiresAt(now.plus(token.lifetime()))
                .withJWTId(UUID.randomUUID().toString())
                .withClaim("nonce", UUID.randomUUID().toString())
                .withClaim("session_id", token.sessionId().value())
                .withClaim("role", token.role().wireName())
                .withClaim("scope", "session.connect")
                .withClaim("connection_data", token.data())
                .sign(Algorithm.HMAC256(project.signingSecret()));
    }

    /**
     * Mints what the REST API wants in its header {@code X-OPENTOK-AUTH}: good for one call within three minutes.
     *
     * @return its text; a secret until it ends
     */
    public String rest() {
        Instant now = clock.instant();
        return JWT.create()
                .withIssuer(Integer.toString(project.apiKey()))
                .withClaim("ist", "project")
                .withIssuedAt(now)
                .withExpiresAt(now.plus(REST_LIFETIME))
                .withJWTId(UUID.randomUUID().toString())
                .sign(Algorithm.HMAC256(project.signingSecret()));
    }

    /**
     * Mints a token in the older form, {@code T1==...}.
     *
     * @param token what it says
     * @return its text; a secret until it ends
     * @throws IllegalArgumentException if the session belongs to another project
     */
    public String t1(ClientToken token) {
        requireOwn(token);
        long now = clock.instant().getEpochSecond();
        String fields = "session_id=" + token.sessionId().value()
                + "&create_time=" + now
                + "&nonce=" + UUID.randomUUID()
                + "&role=" + token.role().wireName()
                + "&expire_time=" + (now + token.lifetime().toSeconds())
                + "&connection_data=" + URLEncoder.encode(token.data(), StandardCharsets.UTF_8);
        String signed = "partner_id=" + project.apiKey()
                + "&sig=" + Signatures.hmacSha1Hex(project.signingSecret(), fields)
                + ":" + fields;
        return T1_PREFIX + Base64.getEncoder().encodeToString(signed.getBytes(StandardCharsets.UTF_8));
    }

    private void requireOwn(ClientToken token) {
        boolean own = SessionIds.read(token.sessionId())
                .filter(parts -> project.has(parts.project()))
                .isPresent();
        if (!own) {
            throw new IllegalArgumentException("the session is not one of project " + project.apiKey());
        }
    }
}
