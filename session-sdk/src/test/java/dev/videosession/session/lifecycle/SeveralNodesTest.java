package dev.videosession.session.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.videosession.protocol.ErrorCode;
import dev.videosession.protocol.message.ClientMessage;
import dev.videosession.protocol.message.Roster;
import dev.videosession.protocol.message.ServerMessage;
import dev.videosession.session.Session;
import dev.videosession.session.SessionState;
import dev.videosession.session.fixture.EventLog;
import dev.videosession.session.fixture.FakeServer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A session on a server of several nodes: which of them it asks, and when. */
class SeveralNodesTest {
    private static final String A = "http://a.test:1";
    private static final String B = "http://b.test:2";
    private static final String C = "http://c.test:3";

    private final FakeServer server = new FakeServer();
    private final Session session = server.session(setup -> setup.servers(String.join(",", A, B, C)));
    private final EventLog log = new EventLog(session);

    SeveralNodesTest() {
        session.addListener(log);
    }

    private static void answer(FakeServer.FakeSocket socket) {
        socket.accept();
        ClientMessage.Connect connect = socket.take(ClientMessage.Connect.class);
        socket.say(FakeServer.connected(
                connect.id(), FakeServer.SELF, new Roster(10, List.of(FakeServer.SELF), List.of(), false)));
    }

    private FakeServer.FakeSocket establish() {
        session.connect("token");
        FakeServer.FakeSocket socket = server.socket();
        answer(socket);
        log.take();
        return socket;
    }

    private static void resume(FakeServer.FakeSocket socket) {
        ClientMessage.Resume resume = socket.take(ClientMessage.Resume.class);
        assertThat(resume.resumeKey()).isEqualTo("resume-key");
        socket.say(new ServerMessage.Resumed(resume.id(), "key-2", 10, null, List.of(), List.of()));
    }

    @Test
    void nodesAreTriedInTheirOrderUntilOneAnswers() {
        session.connect("token");
        assertThat(server.socket().node).isEqualTo(A);
        server.socket().fail();
        assertThat(server.socket().node).isEqualTo(B);
        server.socket().fail();
        assertThat(server.socket().node).isEqualTo(C);
        answer(server.socket());
        assertThat(session.state()).isEqualTo(SessionState.CONNECTED);
        assertThat(server.sockets).hasSize(3);
    }

    @Test
    void connectingFailsWithWhatEachNodeAnswered() {
        var outcome = session.connect("token").test();
        for (int node = 0; node < 3; node++) {
            server.socket().fail();
        }
        server.settle();
        outcome.assertError(error -> error.getMessage().contains(A + ": cable cut; " + B + ": cable cut; " + C));
        assertThat(session.state()).isEqualTo(SessionState.DISCONNECTED);
    }

    @Test
    void nodeThatDoesNotAnswerIsLeftForTheNextOne() {
        session.connect("token");
        FakeServer.FakeSocket suspended = server.socket();
        suspended.accept();
        suspended.take(ClientMessage.Connect.class);
        server.pass(4_000);
        suspended.take(ClientMessage.Disconnect.class);
        assertThat(suspended.closed).isTrue();
        FakeServer.FakeSocket next = server.socket();
        assertThat(next.node).isEqualTo(B);
        answer(next);
        assertThat(session.state()).isEqualTo(SessionState.CONNECTED);
        next.assertNothingMoreSent();
    }

    @Test
    void busyNodeIsLeftForTheNextOneAfterTheTimeThatItNamed() {
        session.connect("token");
        FakeServer.FakeSocket busy = server.socket();
        busy.accept();
        long id = busy.take(ClientMessage.Connect.class).id();
        busy.say(ServerMessage.Failed.of(id, ErrorCode.CONNECT_FAILED, "busy", 1_000));
        server.pass(999);
        assertThat(server.sockets).hasSize(1);
        server.pass(1_000);
        assertThat(server.socket().node).isEqualTo(B);
    }

    @Test
    void lostConnectionIsResumedAtAnotherNodeAtOnce() {
        establish().fail();
        server.pass(200);
        FakeServer.FakeSocket next = server.socket();
        assertThat(next.node).isIn(B, C);
        next.accept();
        resume(next);
        assertThat(log.take()).containsExactly("sessionReconnecting", "sessionReconnected");
    }

    @Test
    void everyNodeIsTriedBeforeOneIsTriedAgain() {
        establish().fail();
        List<String> tried = new ArrayList<>();
        for (int attempt = 0; attempt < 4; attempt++) {
            FakeServer.FakeSocket socket = server.comeBack();
            tried.add(socket.node);
            socket.fail();
        }
        assertThat(tried.subList(0, 3)).containsExactlyInAnyOrder(A, B, C).endsWith(A);
    }

    @Test
    void suspendedNodeIsLeftAfterFourSeconds() {
        FakeServer.FakeSocket first = establish();
        first.fail();
        server.pass(200);
        FakeServer.FakeSocket suspended = server.socket();
        suspended.reach();
        server.pass(4_000);
        assertThat(suspended.aborted).isTrue();
        server.pass(400);
        assertThat(server.socket().node).isNotIn(A, suspended.node);
    }

    @Test
    void announcedNodesAreTriedBesideTheConfiguredOne() {
        Session alone = server.session(setup -> setup.servers(A));
        alone.connect("token");
        FakeServer.FakeSocket socket = server.socket();
        answer(socket);
        socket.say(new ServerMessage.NodesChanged(List.of("ws://b.test:2", "ftp://c.test", A)));
        socket.fail();
        FakeServer.FakeSocket next = server.comeBack();
        assertThat(next.node).isEqualTo(B);
        next.fail();
        assertThat(server.comeBack().node).isEqualTo(A);
    }

    @Test
    void addressWithoutTlsIsNotUsedInsteadOfOneWithTls() {
        Session secure = server.session(setup -> setup.servers("wss://a.test"));
        secure.connect("token");
        FakeServer.FakeSocket socket = server.socket();
        answer(socket);
        socket.say(new ServerMessage.NodesChanged(List.of("ws://b.test:2", "http://c.test")));
        socket.say(new ServerMessage.Draining(0, List.of("ws://b.test:2")));
        socket.closeWith(1001);
        for (int attempt = 0; attempt < 3; attempt++) {
            FakeServer.FakeSocket next = server.comeBack();
            assertThat(next.node).isEqualTo("https://a.test");
            next.fail();
        }
    }

    @Test
    void clientOfANodeThatStopsGoesToTheNodeThatItNamesAndSeesNoDisconnect() {
        FakeServer.FakeSocket socket = establish();
        socket.say(new ServerMessage.Draining(0, List.of(C)));
        socket.closeWith(1001);
        server.pass(200);
        FakeServer.FakeSocket next = server.socket();
        assertThat(next.node).isEqualTo(C);
        next.accept();
        resume(next);
        assertThat(log.take()).containsExactly("sessionReconnecting", "sessionReconnected");
    }

    @Test
    void busyNodeThatHasOpenedTheSocketGetsTheSilenceTimeToAnswer() {
        establish().fail();
        server.pass(200);
        FakeServer.FakeSocket busy = server.socket();
        busy.reach();
        busy.accept();
        server.pass(7_500);
        assertThat(busy.aborted).isFalse();
        resume(busy);
        assertThat(log.take()).containsExactly("sessionReconnecting", "sessionReconnected");
    }
}
