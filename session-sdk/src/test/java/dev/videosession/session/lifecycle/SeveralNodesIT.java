package dev.videosession.session.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.videosession.protocol.ConnectionId;
import dev.videosession.protocol.Role;
import dev.videosession.protocol.SessionId;
import dev.videosession.protocol.message.Timings;
import dev.videosession.session.ServerAddress;
import dev.videosession.session.Session;
import dev.videosession.session.SessionState;
import dev.videosession.session.fixture.FaultProxy;
import dev.videosession.session.fixture.LiveServer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** A server that clients reach at two ports, over real sockets. */
class SeveralNodesIT {
    @Test
    void clientOfAPortThatRefusesResumesAtTheOtherOne() {
        try (LiveServer server = new LiveServer(new Timings(300, 900, 10_000));
                FaultProxy first = new FaultProxy(server.server.uri());
                FaultProxy second = new FaultProxy(server.server.uri())) {
            SessionId id = server.newSession();
            List<ServerAddress> nodes = ServerAddress.listOf(first.uri() + "," + second.uri());
            try (Session session = Session.builder(nodes, Integer.toString(LiveServer.API_KEY), id.value())
                    .build()) {
                List<String> events = new CopyOnWriteArrayList<>();
                var unused = session.events()
                        .map(event -> event.getClass().getSimpleName())
                        .filter(event -> event.startsWith("Session"))
                        .subscribe(events::add);
                session.connect(server.token(id, Role.PUBLISHER, "ada")).blockingAwait();
                ConnectionId before = session.connection().orElseThrow().id();
                first.refuse(true);
                first.cut();
                await("back at the other port")
                        .untilAsserted(() -> assertThat(events)
                                .containsExactly("SessionConnected", "SessionReconnecting", "SessionReconnected"));
                second.refuse(true);
                first.refuse(false);
                second.cut();
                await("and at the first one again").until(() -> events.size() == 5);
                assertThat(session.state()).isEqualTo(SessionState.CONNECTED);
                assertThat(session.connection().orElseThrow().id()).isEqualTo(before);
            }
        }
    }

    @Test
    void portThatRefusesIsSkippedWhenConnecting() {
        try (LiveServer server = new LiveServer(LiveServer.QUICK);
                FaultProxy first = new FaultProxy(server.server.uri())) {
            first.refuse(true);
            SessionId id = server.newSession();
            List<ServerAddress> nodes = ServerAddress.listOf(first.uri() + "," + server.server.uri());
            try (Session session = Session.builder(nodes, Integer.toString(LiveServer.API_KEY), id.value())
                    .build()) {
                session.connect(server.token(id, Role.PUBLISHER, "ada")).blockingAwait();
                assertThat(session.state()).isEqualTo(SessionState.CONNECTED);
            }
        }
    }
}
