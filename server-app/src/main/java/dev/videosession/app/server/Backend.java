package dev.videosession.app.server;

import dev.videosession.app.invitation.Invitation;
import dev.videosession.app.option.ServerList;
import dev.videosession.protocol.Role;
import dev.videosession.protocol.SessionId;
import dev.videosession.server.project.Project;
import dev.videosession.server.project.SessionIds;
import dev.videosession.server.token.ClientToken;
import dev.videosession.server.token.TokenIssuer;
import dev.videosession.session.ServerAddress;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/** The backend of an application: creates session ids and tokens of its project. */
public final class Backend {
    private static final int FIRST_DEVELOPMENT_KEY = 10_000_000;
    private static final int DEVELOPMENT_KEYS = 90_000_000;
    private static final int LONGEST_ANSWER = 4096;
    private static final int TIMEOUT_MILLIS = 10_000;
    private static final Pattern SESSION_ID = Pattern.compile("\"session_id\"\\s*:\\s*\"([^\"]+)\"");
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
     * Creates a project with a random key and secret.
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
     * Creates a session id without a call to the server, which accepts every id for which a token of the project is valid.
     *
     * @param relayed true if media goes from client to client, false if through a media router
     * @return its id
     */
    public SessionId newSession(boolean relayed) {
        return ids.create(project.apiKey(), relayed);
    }

    /**
     * Creates an invitation. For a participant that may publish, the invitation also has a test session of the same kind.
     *
     * @param server address of the server
     * @param session to enter
     * @param role of the participant
     * @param token that opens the session
     * @return the invitation
     */
    Invitation invitation(ServerAddress server, SessionId session, Role role, String token) {
        if (role == Role.SUBSCRIBER) {
            return new Invitation(server, session.value(), token);
        }
        boolean relayed =
                SessionIds.read(session).map(SessionIds.Parts::relayed).orElse(true);
        SessionId test = newSession(relayed);
        Invitation.TestSession place = new Invitation.TestSession(test.value(), token(test, Role.PUBLISHER, ""));
        return new Invitation(server, session.value(), token, Optional.of(place));
    }

    /**
     * Creates a session with a REST call, as a backend does. The first node that can be reached answers.
     *
     * @param server its addresses
     * @param relayed true if media goes from client to client, false if through a media router
     * @return the session's id
     * @throws IOException if the server cannot be reached or refuses; the message says which
     */
    String createSession(ServerList server, boolean relayed) throws IOException {
        List<String> unreachable = new ArrayList<>();
        for (ServerAddress node : server.nodes()) {
            try {
                return createSession(node, relayed);
            } catch (UnreachableException e) {
                unreachable.add(node + ": " + e.getMessage());
            }
        }
        throw new IOException("cannot reach the server at " + String.join("; ", unreachable));
    }

    private static final class UnreachableException extends IOException {
        private static final long serialVersionUID = 1;

        private static @Nullable String explanation(IOException cause) {
            return cause instanceof SSLHandshakeException
                            && String.valueOf(cause.getMessage()).contains("certification path")
                    ? "its certificate is not trusted. Let the server send the whole chain, or start Java with"
                            + " -Djavax.net.ssl.trustStore=FILE (JAVA_TOOL_OPTIONS) if the authority is private"
                    : cause.getMessage();
        }

        UnreachableException(IOException cause) {
            super(explanation(cause), cause);
        }
    }

    private String createSession(ServerAddress server, boolean relayed) throws IOException {
        try (BackendCall call = new BackendCall(server, "/session/create", restToken(), TIMEOUT_MILLIS)) {
            int status;
            try {
                status = call.post("p2p.preference=" + (relayed ? "enabled" : "disabled"));
            } catch (IOException e) {
                throw new UnreachableException(e);
            }
            String body = call.answer(LONGEST_ANSWER);
            Matcher id = SESSION_ID.matcher(body);
            if (status != 200 || !id.find()) {
                throw new IOException("the server at " + server + " refused with status " + status + ": " + body);
            }
            return id.group(1);
        }
    }

    /** {@return a token for the REST calls of the project, valid for a short time} */
    String restToken() {
        return new TokenIssuer(project).rest();
    }

    /** {@return the key of the project} */
    public String apiKey() {
        return Integer.toString(project.apiKey());
    }

    /**
     * Creates a token.
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
