package dev.videosession.app.cluster;

import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.SessionId;
import dev.videosession.server.project.Project;
import dev.videosession.server.token.TokenIssuer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Calls of OpenTok's REST API to any node, as a backend makes them: each with a token of its own. Thread-safe. */
final class RestCalls {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final HttpClient http = HttpClient.newHttpClient();
    private final Project project = new Project(Integer.parseInt(NodeProcesses.API_KEY), NodeProcesses.SECRET);

    /** Removes a connection; returns the status. */
    int forceDisconnect(URI node, SessionId session, ConnectionId connection, boolean ban)
            throws IOException, InterruptedException {
        return call(node, "DELETE", session, "/connection/" + connection.value() + (ban ? "?ban=true" : ""))
                .statusCode();
    }

    /** The connections of a session as a node lists them, as JSON. */
    String connections(URI node, SessionId session) throws IOException, InterruptedException {
        return call(node, "GET", session, "/connection").body();
    }

    private HttpResponse<String> call(URI node, String method, SessionId session, String path)
            throws IOException, InterruptedException {
        URI uri = URI.create(node + "/v2/project/" + project.apiKey() + "/session/" + session.value() + path);
        return http.send(
                HttpRequest.newBuilder(uri)
                        .method(method, HttpRequest.BodyPublishers.noBody())
                        .header("X-OPENTOK-AUTH", new TokenIssuer(project).rest())
                        .timeout(LIMIT)
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
