package dev.videosession.benchmark.media;

import dev.videosession.benchmark.peer.SignalingPeer;
import dev.videosession.protocol.Role;
import dev.videosession.protocol.SessionId;
import dev.videosession.server.SignalingServer;
import dev.videosession.server.project.SessionIds;
import dev.videosession.server.settings.JanusSettings;
import dev.videosession.server.token.ClientToken;
import dev.videosession.server.token.TokenIssuer;
import dev.videosession.session.Session;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.Optional;

/** A server in this process, and clients of it. */
public final class MediaServer implements AutoCloseable {
    private final SignalingServer server;
    private final SessionIds ids = new SessionIds(Clock.systemUTC());
    private final TokenIssuer issuer = new TokenIssuer(SignalingPeer.PROJECT);

    private MediaServer(SignalingServer server) {
        this.server = server;
    }

    /**
     * Starts a server for relayed sessions.
     *
     * @return listens
     * @throws IOException if it cannot listen
     */
    public static MediaServer relayed() throws IOException {
        return new MediaServer(SignalingPeer.builder().start());
    }

    /**
     * Starts a server and its media router, if Janus is installed.
     *
     * @return listens; empty without Janus
     * @throws IOException if it cannot listen
     */
    public static Optional<MediaServer> routed() throws IOException {
        Optional<Path> janus = Arrays.stream(System.getenv("PATH").split(File.pathSeparator, -1))
                .map(directory -> Path.of(directory, "janus"))
                .filter(Files::isExecutable)
                .findFirst();
        return janus.isEmpty()
                ? Optional.empty()
                : Optional.of(new MediaServer(SignalingPeer.builder()
                        .router(new JanusSettings(janus.get()))
                        .start()));
    }

    /**
     * Creates a session.
     *
     * @param relayed whether media goes from client to client
     * @return its id
     */
    public SessionId session(boolean relayed) {
        return ids.create(SignalingPeer.PROJECT.apiKey(), relayed);
    }

    /**
     * Makes a client that has not connected yet.
     *
     * @param id the session
     * @return call {@link #connect} once it has its listeners
     */
    public Session client(SessionId id) {
        return Session.builder(server.uri(), String.valueOf(SignalingPeer.PROJECT.apiKey()), id.value())
                .build();
    }

    /**
     * Connects a client as a publisher.
     *
     * @param client not connected yet
     */
    public void connect(Session client) {
        client.connect(issuer.jwt(new ClientToken(client.id()).withRole(Role.PUBLISHER)))
                .blockingAwait();
    }

    @Override
    public void close() {
        server.close();
    }
}
