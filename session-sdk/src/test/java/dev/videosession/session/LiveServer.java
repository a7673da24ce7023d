package dev.videosession.session;

import dev.videosession.protocol.Role;
import dev.videosession.protocol.SessionId;
import dev.videosession.protocol.Timings;
import dev.videosession.server.SignalingServer;
import dev.videosession.server.project.Project;
import dev.videosession.server.project.SessionIds;
import dev.videosession.server.token.ClientToken;
import dev.videosession.server.token.TokenIssuer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;

/** A real server on a free port of this machine, with one project. */
final class LiveServer implements AutoCloseable {
    static final Timings QUICK = new Timings(300, 900, 0);

    final SignalingServer server;
    private final Project project = new Project(47000001, "0123456789abcdef0123456789abcdef01234567");
    private final SessionIds ids = new SessionIds(Clock.systemUTC());

    LiveServer(Timings timings) {
        try {
            server = SignalingServer.builder().project(project).timings(timings).start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    SessionId newSession() {
        return ids.create(project.apiKey(), true);
    }

    String token(SessionId session, Role role, String data) {
        return new TokenIssuer(project)
                .jwt(new ClientToken(session).withRole(role).withData(data));
    }

    Participant join(SessionId session, Role role, String name) {
        Participant participant = new Participant(this, session, role, name);
        participant.session.connect(token(session, role, name)).blockingAwait();
        return participant;
    }

    @Override
    public void close() {
        server.close();
    }
}
