package dev.videosession.app.server;

import com.squareup.moshi.JsonReader;
import dev.videosession.app.option.ServerList;
import dev.videosession.protocol.Role;
import dev.videosession.protocol.SessionId;
import dev.videosession.session.ServerAddress;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import okio.Buffer;

/** The calls of a project's backend that a moderator's program needs: live sessions, closing one, and tokens. They block. */
public final class ProjectCalls {
    private static final int MOST_SESSIONS = 1000;
    private static final int LONGEST_ANSWER = 1 << 20;
    private static final int TIMEOUT_MILLIS = 5000;

    private final ServerList server;
    private final Backend backend;

    /**
     * Creates the calls to a server.
     *
     * @param server its addresses; the first node that can be reached is asked
     * @param backend of the project
     */
    public ProjectCalls(ServerList server, Backend backend) {
        this.server = server;
        this.backend = backend;
    }

    /** {@return the addresses of the server} */
    public ServerList server() {
        return server;
    }

    /** {@return the key of the project} */
    public String apiKey() {
        return backend.apiKey();
    }

    /**
     * Creates a token for the moderator.
     *
     * @param sessionId which session
     * @return a token with the role of a moderator
     */
    public String moderatorToken(String sessionId) {
        return backend.token(new SessionId(sessionId), Role.MODERATOR, "name=Moderator");
    }

    /**
     * Lists the sessions that have clients.
     *
     * @return up to 1000 of them, the oldest first
     * @throws IOException if no node can be reached or the answer is invalid; the message says which
     */
    public List<LiveSessionEntry> sessions() throws IOException {
        return parse(call("GET", "/session?count=" + MOST_SESSIONS));
    }

    /**
     * Closes a session: all clients leave it.
     *
     * @param sessionId which one
     * @param message for the clients, may be empty
     * @throws IOException if no node can be reached or the server refuses; the message says why
     */
    public void close(String sessionId, String message) throws IOException {
        String query = message.isEmpty() ? "" : "?message=" + URLEncoder.encode(message, StandardCharsets.UTF_8);
        call("DELETE", "/session/" + URLEncoder.encode(sessionId, StandardCharsets.UTF_8) + query);
    }

    private String call(String method, String path) throws IOException {
        IOException unreachable = new IOException("The server has no address.");
        for (ServerAddress node : server.nodes()) {
            try {
                return call(node, method, "/v2/project/" + backend.apiKey() + path);
            } catch (RefusedException e) {
                throw e;
            } catch (IOException e) {
                unreachable = new IOException("Cannot reach the server at " + node + ": " + e.getMessage(), e);
            }
        }
        throw unreachable;
    }

    private static final class RefusedException extends IOException {
        private static final long serialVersionUID = 1L;

        RefusedException(String message) {
            super(message);
        }
    }

    private String call(ServerAddress node, String method, String path) throws IOException {
        try (BackendCall call = new BackendCall(node, path, backend.restToken(), TIMEOUT_MILLIS)) {
            int status = call.send(method);
            String body = call.answer(LONGEST_ANSWER);
            if (status >= 300) {
                throw new RefusedException("The server refused the call with status " + status + ": " + body);
            }
            return body;
        }
    }

    /** {@return the sessions in an answer of the server} */
    static List<LiveSessionEntry> parse(String json) throws IOException {
        List<LiveSessionEntry> sessions = new ArrayList<>();
        try (JsonReader reader = JsonReader.of(new Buffer().writeUtf8(json))) {
            reader.beginObject();
            while (reader.hasNext()) {
                if (reader.nextName().equals("items")) {
                    reader.beginArray();
                    while (reader.hasNext()) {
                        sessions.add(session(reader));
                    }
                    reader.endArray();
                } else {
                    reader.skipValue();
                }
            }
            reader.endObject();
        } catch (RuntimeException e) { // Moshi reports wrong types by unchecked exceptions
            throw new IOException("The server answered something unexpected: " + e.getMessage(), e);
        }
        return sessions;
    }

    private static LiveSessionEntry session(JsonReader reader) throws IOException {
        String id = "";
        boolean routed = false;
        int connections = 0;
        int streams = 0;
        reader.beginObject();
        while (reader.hasNext()) {
            switch (reader.nextName()) {
                case "sessionId" -> id = reader.nextString();
                case "mediaMode" -> routed = reader.nextString().equals("routed");
                case "connections" -> connections = reader.nextInt();
                case "streams" -> streams = reader.nextInt();
                default -> reader.skipValue();
            }
        }
        reader.endObject();
        return new LiveSessionEntry(id, routed, connections, streams);
    }
}
