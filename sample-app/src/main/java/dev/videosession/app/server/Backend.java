package dev.videosession.app.server;

import dev.videosession.protocol.Role;
import dev.videosession.protocol.SessionId;
import dev.videosession.server.project.Project;
import dev.videosession.server.project.SessionIds;
import dev.videosession.server.token.ClientToken;
import dev.videosession.server.token.TokenIssuer;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;

/** What an application's backend does: makes session ids and tokens of its project. */
public final class Backend {
    private static final int FIRST_DEVELOPMENT_KEY = 10_000_000;
    private static final int DEVELOPMENT_KEYS = 90_000_000;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Project project;
    private final SessionIds ids = new SessionIds(Clock.systemUTC());

    /**
     * Makes a backend.
     *
     * @param project whose sessions and tokens it makes
     */
    public Backend(Project project) {
        this.project = project;
    }

    /**
     * Makes a project that nobody knew before.
     *
     * @return a random key with a random secret
     */
    public static Project newProject() {
        byte[] secret = new byte[20];
        RANDOM.nextBytes(secret);
        int key = FIRST_DEVELOPMENT_KEY + RANDOM.nextInt(DEVELOPMENT_KEYS);
        return new Project(key, HexFormat.of().formatHex(secret));
    }

    /**
     * Makes a session. The server needs not be asked: it accepts every id that a token of the project opens.
     *
     * @param relayed true if media goes from client to client, false if through a media router
     * @return its id
     */
    public SessionId newSession(boolean relayed) {
        return ids.create(project.apiKey(), relayed);
    }

    /**
     * Makes a token.
     *
     * @param session that it opens
     * @param role what its holder may do
     * @param data about the holder, may be empty
     * @return the token
     * @throws IllegalArgumentException if the session is not one of the project
     */
    public String token(SessionId session, Role role, String data) {
        return token(session, role, data, ClientToken.DEFAULT_LIFETIME);
    }

    String token(SessionId session, Role role, String data, Duration lifetime) {
        return new TokenIssuer(project).jwt(new ClientToken(session, role, data, lifetime));
    }
}
