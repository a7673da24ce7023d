package dev.videosession.app.server;

import dev.videosession.protocol.Role;
import dev.videosession.protocol.SessionId;
import dev.videosession.server.project.Project;
import dev.videosession.server.project.SessionIds;
import dev.videosession.server.token.ClientToken;
import dev.videosession.server.token.TokenIssuer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What an application's backend does: makes session ids and tokens of its project. */
public final class Backend {
    private static final int FIRST_DEVELOPMENT_KEY = 10_000_000;
    private static final int DEVELOPMENT_KEYS = 90_000_000;
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
     * Asks a server for a session, as a backend does.
     *
     * @param server its address
     * @param relayed true if media goes from client to client, false if through a media router
     * @return the session's id
     * @throws IOException if the server cannot be reached or refuses; the message says which
     */
    String createSession(URI server, boolean relayed) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(server.resolve("/session/create"))
                .timeout(Duration.ofSeconds(10))
                .header("X-OPENTOK-AUTH", new TokenIssuer(project).rest())
                .header("Accept", "application/json")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString("p2p.preference=" + (relayed ? "enabled" : "disabled")))
                .build();
        HttpResponse<String> response;
        try {
            response = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IOException("cannot reach the server at " + server + ": " + e, e);
        }
        Matcher id = SESSION_ID.matcher(response.body());
        if (response.statusCode() != 200 || !id.find()) {
            throw new IOException("the server refused with status " + response.statusCode() + ": " + response.body());
        }
        return id.group(1);
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
