package dev.videosession.session;

import dev.videosession.media.MediaEngine;
import dev.videosession.protocol.Role;
import dev.videosession.protocol.SessionId;
import dev.videosession.protocol.Timings;
import dev.videosession.server.SignalingServer;
import dev.videosession.server.SignalingServerBuilder;
import dev.videosession.server.project.Project;
import dev.videosession.server.project.SessionIds;
import dev.videosession.server.token.ClientToken;
import dev.videosession.server.token.TokenIssuer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Clock;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A real server on a free port of this machine, with one project. */
final class LiveServer implements AutoCloseable {
    static final Timings QUICK = new Timings(300, 900, 0);

    static final int API_KEY = 47000001;
    static final String SECRET = "0123456789abcdef0123456789abcdef01234567";

    SignalingServer server;
    private final UnaryOperator<SignalingServerBuilder> options;
    private final Project project = new Project(API_KEY, SECRET);
    private final SessionIds ids = new SessionIds(Clock.systemUTC());

    LiveServer(Timings timings) {
        this(timings, builder -> builder);
    }

    LiveServer(Timings timings, UnaryOperator<SignalingServerBuilder> options) {
        this.options = builder -> options.apply(builder.project(project).timings(timings));
        this.server = start(0);
    }

    private SignalingServer start(int port) {
        try {
            return options.apply(SignalingServer.builder()).port(port).start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Another server takes the place of this one, at the same address and without its memory. */
    void restart() {
        int port = server.uri().getPort();
        server.close();
        server = start(port);
    }

    SessionId newSession() {
        return ids.create(project.apiKey(), true);
    }

    SessionId newRoutedSession() {
        return ids.create(project.apiKey(), false);
    }

    String token(SessionId session, Role role, String data) {
        return new TokenIssuer(project)
                .jwt(new ClientToken(session).withRole(role).withData(data));
    }

    Participant join(SessionId session, Role role, String name) {
        return join(server.uri(), session, role, name, null);
    }

    Participant join(SessionId session, Role role, String name, MediaEngine engine) {
        return join(server.uri(), session, role, name, engine);
    }

    Participant joinThrough(FaultProxy network, SessionId session, Role role, String name, MediaEngine engine) {
        return join(network.uri(), session, role, name, engine);
    }

    Participant join(SessionId session, String token, String name) {
        Participant participant = new Participant(server.uri(), session, name, null);
        participant.session.connect(token).blockingAwait();
        return participant;
    }

    private Participant join(URI uri, SessionId session, Role role, String name, @Nullable MediaEngine engine) {
        Participant participant = new Participant(uri, session, name, engine);
        participant.session.connect(token(session, role, name)).blockingAwait();
        return participant;
    }

    @Override
    public void close() {
        server.close();
    }
}
