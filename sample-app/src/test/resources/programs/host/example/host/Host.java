package example.host;

import dev.videosession.protocol.SessionId;
import dev.videosession.server.SignalingServer;
import dev.videosession.server.control.SessionControl;
import dev.videosession.server.project.SessionIds;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;

/** Embeds a server, asks for its health and prints the answer. */
public final class Host {
    private Host() {}

    /**
     * Runs the program.
     *
     * @param arguments API key, API secret
     * @throws IOException if the server cannot listen or answer
     * @throws InterruptedException if the program is interrupted
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        int key = Integer.parseInt(arguments[0]);
        try (SignalingServer server =
                SignalingServer.builder().project(key, arguments[1]).start()) {
            SessionControl control = server.control();
            SessionId id = new SessionIds(Clock.systemUTC()).create(key, true);
            int status = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create(server.uri() + "/health"))
                                    .build(),
                            HttpResponse.BodyHandlers.discarding())
                    .statusCode();
            System.out.println("health " + status + ", meters " + !server.meters().getMeters().isEmpty() + " in "
                    + (control.getClass().getModule().isNamed() && id != null ? "a module" : "no module"));
        }
    }
}
